"""The requests for the MegaFace data: what the tables promise and the figures show."""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter, defaultdict
from difflib import SequenceMatcher
from itertools import combinations
from typing import TYPE_CHECKING, Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from discriminator import shipped
from discriminator.film import downloads, story
from discriminator.film.downloads import figures, look, tables

if TYPE_CHECKING:
    from pathlib import Path

ASKED = downloads.requests()
DATA = shipped.folder("media") / "data"
NEAR = 0.92
"""How alike two names are, of 1, from which on somebody has to look."""
DISTINCT = "Islamabad|Uruguay|Kingston|initials|Beijing laboratories|LIST"
"""What a name says in brackets, since others bear the same name."""
HEADER = "year,order,as_entered,organisation,kind,country,latitude,longitude,seat,notable"


def request(year: int = 2018, **different: object) -> tables.Request:
    told = {"order": 1, "as_entered": "X", "organisation": "X", "kind": "company", **different}
    return tables.Request(year=year, **told)  # type: ignore[arg-type]


# --- tables -----------------------------------------------------------------------------------


def test_every_request_of_the_record_is_there() -> None:
    assert Counter(one.year for one in ASKED) == {
        2015: 7,
        2016: 269,
        2017: 367,
        2018: 442,
        2019: 368,
    }
    for year in tables.YEARS:
        orders = [one.order for one in ASKED if one.year == year]
        assert orders == list(range(1, len(orders) + 1))


def test_one_organisation_has_one_name_and_is_of_one_kind() -> None:
    kinds, spellings = defaultdict(set), defaultdict(set)
    for one in ASKED:
        if one.organisation:
            kinds[one.organisation].add(one.kind)
            spellings[one.organisation.casefold()].add(one.organisation)
    assert [name for name, found in kinds.items() if len(found) > 1] == []
    assert [names for names in spellings.values() if len(names) > 1] == []


ALIKE = {
    (
        "Beijing University of Posts and Telecommunications",
        "Nanjing University of Posts and Telecommunications",
    ),
    ("Beijing University of Technology", "Zhejiang University of Technology"),
    (
        "Chongqing University of Posts and Telecommunications",
        "Nanjing University of Posts and Telecommunications",
    ),
    ("Hanoi University of Science and Technology", "Hunan University of Science and Technology"),
    ("Hanoi University of Science and Technology", "Jiangxi University of Science and Technology"),
    ("Hanoi University of Science and Technology", "Nanjing University of Science and Technology"),
    ("Hunan University of Science and Technology", "Nanjing University of Science and Technology"),
    ("IIIT Delhi", "IIT Delhi"),
    ("IIIT Guwahati", "IIT Guwahati"),
    (
        "Nanjing University of Science and Technology",
        "National University of Science and Technology",
    ),
    (
        "National Taiwan University of Science and Technology",
        "National University of Science and Technology",
    ),
    ("Northeastern University", "Northwestern University"),
    ("Southeast University", "Southwest University"),
    ("University of Toronto", "University of Trento"),
}
"""Names that are nearly the same, and of different organisations: reviewed."""


def test_nearly_the_same_name_is_of_another_organisation_only_where_it_was_reviewed() -> None:
    names = {_letters(one.organisation): one.organisation for one in ASKED if one.organisation}
    found = set()
    matcher = SequenceMatcher(autojunk=False)
    seen = ""
    for one, other in combinations(sorted(names), 2):
        if one != seen:  # it looks more closely at the second, and remembers
            matcher.set_seq2(seen := one)
        matcher.set_seq1(other)
        # From the quickest bound to the ratio itself.
        if all(
            ratio() >= NEAR
            for ratio in (matcher.real_quick_ratio, matcher.quick_ratio, matcher.ratio)
        ):
            found.add((names[one], names[other]))
    assert found == ALIKE


def _letters(name: str) -> str:
    """A name as it is compared: small letters without their marks."""
    plain = unicodedata.normalize("NFD", name.casefold())
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def test_a_name_says_neither_country_nor_department_nor_address() -> None:
    nations = "|".join(re.escape(one.name) for one in tables.countries().values())
    part = re.compile(
        rf"(,|\bin|-) ?({nations})$|\((?!{DISTINCT})"
        r"|\b(dep(artmen)?t\b|faculty|school of|laboratory of|student|thesis|research lab\b)"
        r"|\d{4}|\bstreet\b|\bbox\b|https?:|www\.",
        re.IGNORECASE,
    )
    named = {one.organisation for one in ASKED if one.organisation}
    assert {name for name in named if part.search(name)} == {
        "CCIA(capital copyright industry alliance)",
        "Department of Foreign Affairs and Trade",
        "European University Viadrina Frankfurt (Oder)",
        "Higher School of Economics",
        "State Key Laboratory of CAD&CG",
    }


def test_spellings_of_one_organisation_are_merged() -> None:
    by_name = {one.as_entered: one.organisation for one in ASKED}
    assert by_name["THU"] == by_name["Tsingha University"] == "Tsinghua University"
    assert by_name["厦门大学"] == by_name["xmu"] == "Xiamen University"
    assert by_name["XJTLU"] != by_name["xjtu"]
    assert by_name["National Tsing Hua University"] != by_name["tsinghua"]


def test_whoever_named_nothing_gets_no_name() -> None:
    nameless = {one.organisation for one in ASKED if one.kind in {"none", "withheld"}}
    assert nameless == {None}


def test_no_person_number_or_mailbox_is_in_any_table() -> None:
    for file in DATA.iterdir():
        text = file.read_text(encoding="utf-8")
        assert not re.search(r"[\w.+-]+@[\w-]+\.\w", text), file
        assert not re.search(r"(?<![\d.])\+?\d[\d ()-]{9,}\d", _without_numbers(file, text)), file
    assert not any("satoh" in one.as_entered.casefold() for one in ASKED)
    assert not any("柴田" in one.as_entered for one in ASKED)


def _without_numbers(file: Path, text: str) -> str:
    """What people typed; the other tables hold numbers of their own."""
    return text if file.name.startswith("requests") else ""


def test_places_are_on_the_earth_and_known() -> None:
    known = tables.countries()
    for one in ASKED:
        assert (one.latitude is None) == (one.longitude is None) == (one.country is None)
        assert one.country is None or one.country in known
    assert {one.seat for one in ASKED if one.notable == "huawei"} == {"Shenzhen"}


def test_every_collection_of_faces_has_its_source() -> None:
    found = downloads.datasets()
    assert [one.year for one in found] == sorted(one.year for one in found)
    megaface = next(one for one in found if one.name.startswith("MegaFace"))
    assert (megaface.images, megaface.people) == (4_753_320, 672_057)
    assert {one.source for one in found} <= story.load().sources.keys()


def test_the_screens_speak_of_requests_and_of_no_users() -> None:
    shown = [*_words().values()]
    shown += [one["note"] for one in _for_page("notable").values()]
    assert not [text for text in shown if re.search(r"\busers?\b|downloaded by", text)]
    assert all(" asked for the data " in one["note"] for one in _for_page("notable").values())


def test_what_is_inferred_says_so() -> None:
    words = _words()
    labels = ["kind", "kind_all", "country", "country_all", "column_place", "note_inferred"]
    sources = ["source_world", "source_years", "table_world", "table_years"]
    assert all("nferred" in words[name] for name in [*labels, *sources])


def _words() -> dict[str, str]:
    return msgspec.to_builtins(story.load().words.screens.downloaders)  # type: ignore[no-any-return]


def _for_page(name: str) -> dict[str, dict[str, str]]:
    told = json.loads((DATA / "downloads.json").read_text(encoding="utf-8"))
    return told[name]  # type: ignore[no-any-return]


def test_a_table_becomes_a_data_frame() -> None:
    frame = downloads.frame(ASKED)
    assert list(frame.columns) == HEADER.split(",")
    assert frame.groupby("year").size()[2018] == 442


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "holds no rows"),
        (HEADER, "holds no rows"),
        (f"{HEADER}\n1999,1,X,X,company,,,,,", "line 2: Expected `int` >= 2015"),
        (f"{HEADER}\n2018,1,X,X,company,,,,,\n2018,x,X,X,company,,,,,", "line 3"),
        (f"{HEADER}\n2018,1,X,X,spy,,,,,", "Invalid enum value 'spy'"),
        (f"{HEADER}\n2018,1,X,X,company,US,91,0,,", "latitude"),
        (f"{HEADER}\n2018,1,X,X,company,,,,,,one too many", "line 2"),
        ("year,order\n2018,1", "missing required field"),
    ],
)
def test_a_malformed_table_is_refused_in_one_sentence(tmp_path: Path, text: str, said: str) -> None:
    table = tmp_path / "requests.csv"
    table.write_text(text, encoding="utf-8")
    with pytest.raises(downloads.TableError, match=re.escape(said)) as refused:
        downloads.requests(table)
    assert str(table) in str(refused.value)


def test_a_missing_table_is_said_with_what_makes_it(tmp_path: Path) -> None:
    with pytest.raises(downloads.TableError, match=r"is missing; `python media/make/tables.py`"):
        downloads.requests(tmp_path / "requests.csv")


# --- figures ----------------------------------------------------------------------------------


def test_the_map_has_a_bubble_for_each_country_and_a_point_for_each_city() -> None:
    shenzhen: dict[str, Any] = {
        "country": "CN",
        "latitude": 22.5,
        "longitude": 114.1,
        "seat": "Shenzhen",
    }
    asked = [
        request(country="US", latitude=47.6, longitude=-122.3, seat="Seattle", notable="amazon"),
        request(country="US", latitude=39, longitude=-98),
        request(country="JP", latitude=36, longitude=138),
        request(notable="tencent", organisation="Tencent", **shenzhen),
        request(notable="huawei", organisation="Huawei", **shenzhen),
        request(notable="huawei", organisation="Huawei", **shenzhen),
        request(country=None),
    ]
    bubbles, seats = figures.world(asked).data
    assert [list(point) for point in bubbles.customdata] == [["CN", 3], ["US", 2], ["JP", 1]]
    assert list(bubbles.marker.size) == [figures.diameter(count) for count in (3, 2, 1)]
    assert [(list(point), lat) for point, lat in zip(seats.customdata, seats.lat, strict=True)] == [
        (["amazon", 1], 47.6),
        (["huawei,tencent", 3], 22.5),
    ]
    assert seats.text[1] == "Huawei, Tencent, Shenzhen"
    assert all("inferred" in trace.hovertemplate for trace in (bubbles, seats))


def test_the_years_are_stacked_to_what_was_asked() -> None:
    traces = figures.years(ASKED).data
    assert [trace.name for trace in traces] == [look.KIND_NAMES[kind] for kind in tables.KINDS]
    assert [sum(trace.y[n] for trace in traces) for n in range(1, 6)] == [7, 269, 367, 442, 368]
    assert len({trace.fillcolor for trace in traces}) == len(traces)


def test_the_timeline_puts_pictures_on_a_logarithmic_scale() -> None:
    figure = figures.timeline(downloads.datasets())
    kept, gone = figure.data
    assert figure.layout.yaxis.type == "log"
    assert "MS-Celeb-1M" in gone.text
    assert "MS-Celeb-1M" not in kept.text
    assert len(kept.x) + len(gone.x) == len(downloads.datasets())


def test_figures_of_nothing_are_empty_and_not_an_error() -> None:
    assert [len(trace.lat) for trace in figures.world([]).data] == [0, 0]
    assert all(sum(trace.y) == 0 for trace in figures.years([]).data)
    assert [len(trace.x) for trace in figures.timeline([]).data] == [0, 0]


def test_a_country_without_a_place_is_refused_in_one_sentence() -> None:
    with pytest.raises(downloads.TableError, match=r"No place is known for QQ; add it to countri"):
        figures.world([request(country="QQ")])


@given(st.integers(0, 5000))
def test_bubbles_grow_with_what_they_count(count: int) -> None:
    assert figures.diameter(count) <= figures.diameter(count + 1) <= figures.WIDEST
    assert (figures.diameter(count) == 0) == (count == 0)


def test_the_film_shows_the_very_figures_that_the_functions_make() -> None:
    shown = json.loads((DATA / "figures.json").read_text(encoding="utf-8"))
    made = {
        "world": figures.world(ASKED),
        "years": figures.years(ASKED),
        "timeline": figures.timeline(downloads.datasets()),
    }
    assert shown == {name: json.loads(figure.to_json()) for name, figure in made.items()}
