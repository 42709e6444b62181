"""Makes the tables of chapter 3 from the public record: `python media/make/tables.py`.

Reads `media/data/requests.raw.tsv` and the reviewed tables beside it (`names.tsv`: one name for all
spellings of an organisation; `notable.tsv`; `countries.tsv`; `datasets.tsv`), and writes
`requests.csv` for people, `downloads.json` and `figures.json` for the browser, `call.json` for the
voices of the first screen.
"""

from __future__ import annotations

import base64
import csv
import json
import re
import subprocess
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import imageio_ffmpeg
import msgspec
import numpy as np

from discriminator.film import story
from discriminator.film.downloads import figures, tables

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

MEDIA = Path(__file__).parents[1]
DATA = MEDIA / "data"
KINDS: dict[str, tables.Kind] = {
    "academic/research": "academic",
    "company/other": "company",
    "government/defence": "government",
    "none": "none",
    "withheld": "withheld",
}
NAMELESS = {"none", "withheld"}
MILESTONES = {
    2015: {"Tsinghua University": "university,", "GosNIIAS": "state", "Alibaba Group": "Alibaba."},
    2016: {"United States Army Research Laboratory": "United", "Megvii Inc": "Megvii,"},
    2017: {"Danish National Police": "Danish", "In-Q-Tel": ""},
    2018: {
        "Amazon": "Amazon.", "Huawei": "Huawei.", "ByteDance": "ByteDance.",
        "Panasonic": "Panasonic.",
    },
    2019: {
        "Google": "Google.", "Facebook": "Facebook.", "Estee Lauder": "Estée",
        "The New York Times": "New",
    },
}  # fmt: skip
"""What is typed in each year, and the spoken word at which it begins."""
BARS, RATE = 48, 16_000
UNSAID = 1.15
"""Seconds after which a name that is not spoken follows one that is."""
FRAMES = 20
"""Columns of the spectrum a second."""


class Name(tables.Row, frozen=True):
    """A reviewed rule: whatever matches the pattern is this organisation."""

    organisation: str
    pattern: str
    kind: tables.Kind | None
    """Where the record's inference contradicts itself."""
    country: str | None

    def fits(self, entered: str) -> bool:
        """Whether what somebody typed means this organisation."""
        return re.search(self.pattern, entered, re.IGNORECASE) is not None


class Notable(tables.Row, frozen=True):
    """An organisation that the film points at."""

    slug: str
    organisation: str
    seat: str
    country: str
    latitude: float
    longitude: float
    statement: str | None
    source: str | None


class Known(NamedTuple):
    """The reviewed tables."""

    names: list[Name]
    notable: dict[str, Notable]
    countries: dict[str, tables.Country]
    sources: dict[str, story.Source]

    @classmethod
    def read(cls) -> Known:
        """Read them."""
        notable = tables.read(DATA / "notable.tsv", Notable)
        return cls(
            tables.read(DATA / "names.tsv", Name),
            {one.organisation: one for one in notable},
            tables.countries(),
            story.load(MEDIA).sources,
        )


def main() -> None:
    """Write all tables anew."""
    known = Known.read()
    asked = [tidy(row, known) for row in raw()]
    write_csv(asked)
    write_json("downloads.json", for_browser(asked, known))
    write_json(
        "figures.json",
        {
            "world": json.loads(figures.world(asked).to_json()),
            "years": json.loads(figures.years(asked).to_json()),
            "timeline": json.loads(figures.timeline(tables.datasets()).to_json()),
        },
    )
    write_json("call.json", call())
    print(f"{len(asked)} requests of {len({one.organisation for one in asked})} organisations")


def raw() -> Iterator[dict[str, str]]:
    """Rows of the public record; its first line is a remark."""
    lines = (DATA / "requests.raw.tsv").read_text(encoding="utf-8").splitlines()
    return csv.DictReader(lines[1:], delimiter="\t", quoting=csv.QUOTE_NONE)


def tidy(row: dict[str, str], known: Known) -> tables.Request:
    """One row of the record with its organisation, kind and place."""
    entered = row["name_as_entered"].strip()
    kind = KINDS[row["type_inferred"]]
    # A company's laboratory abroad counts where it is, which is written second.
    country = row["country_iso2_inferred"].rpartition("/")[2] or None
    organisation = None
    if kind not in NAMELESS and not entered.startswith("["):
        rule = next((one for one in known.names if one.fits(entered)), None)
        organisation = rule.organisation if rule else entered.strip(" .,")
        kind = (rule and rule.kind) or kind
        country = (rule and rule.country) or country
    notable = known.notable.get(organisation or "")
    seat = notable if notable and notable.country == country else None
    where = seat or known.countries.get(country or "")
    return tables.Request(
        year=int(row["year"]),
        order=int(row["order_in_year"]),
        as_entered=entered,
        organisation=organisation,
        kind=kind,
        country=country,
        latitude=where.latitude if where else None,
        longitude=where.longitude if where else None,
        seat=seat.seat if seat else None,
        notable=notable.slug if notable else None,
    )


def write_csv(asked: list[tables.Request]) -> None:
    """Write the tidy table."""
    with (DATA / "requests.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, tables.Request.__struct_fields__, lineterminator="\n")
        writer.writeheader()
        writer.writerows(msgspec.to_builtins(one) for one in asked)


def for_browser(asked: list[tables.Request], known: Known) -> dict[str, Any]:
    """What the screens need, without repeating field names 1,453 times."""
    fields = ("year", "as_entered", "organisation", "kind", "country", "notable")
    return {
        "fields": fields,
        "rows": [[getattr(one, field) for field in fields] for one in asked],
        "countries": {code: country.name for code, country in known.countries.items()},
        "notable": {
            one.slug: {
                "organisation": one.organisation,
                "seat": one.seat,
                "note": note(one, asked),
                "source": one.source or "requests",
            }
            for one in known.notable.values()
        },
        "datasets": [
            msgspec.to_builtins(one) | {"source": cited(known.sources[one.source])}
            for one in tables.datasets()
        ],
    }


def cited(source: story.Source) -> dict[str, str]:
    """A source as it stands in a table: what it is called, and where it is."""
    return {"text": f"{source.title}, {source.publisher}, {source.year}", "url": source.url}


def note(one: Notable, asked: list[tables.Request]) -> str:
    """What the record says of an organisation, and no more."""
    mine = [request for request in asked if request.notable == one.slug]
    years = sorted({request.year for request in mine})
    listed = " and ".join(filter(None, [", ".join(map(str, years[:-1])), str(years[-1])]))
    times = {1: "once", 2: "twice"}.get(len(mine), f"{len(mine)} times")
    said = f"{one.organisation} asked for the data {times}, in {listed}."
    return f"{said} {one.statement}" if one.statement else said


def call() -> dict[str, Any]:
    """Who says what and when in the chapter, and the loudness of its first part in 48 bands."""
    told = json.loads((MEDIA / "voice" / "chapter-3.en.json").read_text(encoding="utf-8"))
    lines = [
        {key: line[key] for key in ("start", "end", "speaker", "text")}
        for line in told["lines"]
        if line["text"]
    ]
    bars = spectrum(MEDIA / "voice" / "chapter-3.en.opus", told["cues"]["album"])
    return {
        "lines": lines,
        "names": list(milestones(told)),
        "bands": BARS,
        "rate": FRAMES,
        "bars": base64.b64encode(bars.tobytes()).decode(),
    }


def milestones(told: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Each name and the second at which it is said; the unsaid follow the last that is."""
    words = [word for line in told["lines"] for word in line["words"]]
    for year, names in MILESTONES.items():
        second = told["cues"][f"year_{year}"]
        for name, spoken in names.items():
            said = [w["start"] for w in words if w["word"] == spoken and w["start"] > second]
            second = said[0] if said else second + UNSAID
            yield {"year": year, "name": name, "at": second}


def spectrum(voice: Path, seconds: float) -> NDArray[np.uint8]:
    """Loudness of each moment in 48 bands of 80 to 6,000 Hz, (frames, bands), 0 to 255."""
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-i", str(voice), "-t", str(seconds)]
    done = subprocess.run(
        [*command, "-f", "f32le", "-ac", "1", "-ar", str(RATE), "-"],
        capture_output=True,
        check=True,
    )
    sound = np.frombuffer(done.stdout, np.float32)
    hop, window = RATE // FRAMES, np.hanning(RATE // FRAMES * 2)
    starts = range(0, len(sound) - len(window), hop)
    power = np.stack([np.abs(np.fft.rfft(sound[s : s + len(window)] * window)) for s in starts])
    edges = np.geomspace(80, 6000, BARS + 1) / (RATE / len(window))
    bands = [
        power[:, int(low) : max(int(high), int(low) + 1)].mean(axis=1)
        for low, high in pairwise(edges)
    ]
    decibels = 20 * np.log10(np.stack(bands, axis=1) + 1e-4)
    top = np.percentile(decibels, 99.5)
    shares: NDArray[np.float64] = np.clip((decibels - top + 48) / 48, 0, 1)
    return (shares * 255).astype(np.uint8)


def write_json(name: str, content: dict[str, Any]) -> None:
    """Write what the browser fetches, small."""
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    (DATA / name).write_text(text + "\n", encoding="utf-8")
    print(f"{name} {len(text) / 1024:.0f} kB")


if __name__ == "__main__":
    main()
