"""The tables are what their maker makes of the public record."""

from __future__ import annotations

import json
from base64 import b64decode
from collections import Counter

import pytest
import tables

from discriminator.film import downloads

MEDIA = tables.MEDIA
DATA = MEDIA / "data"


@pytest.fixture(scope="module")
def known() -> tables.Known:
    return tables.Known.read()


def test_the_table_is_made_from_the_record(known: tables.Known) -> None:
    assert [tables.tidy(row, known) for row in tables.raw()] == downloads.requests()


def test_the_browser_gets_the_same_rows(known: tables.Known) -> None:
    made = tables.for_browser(downloads.requests(), known)
    kept = json.loads((DATA / "downloads.json").read_text(encoding="utf-8"))
    assert kept == json.loads(json.dumps(made))
    assert Counter(row[0] for row in kept["rows"])[2019] == 368


def test_every_reviewed_rule_fits_something(known: tables.Known) -> None:
    entered = [row["name_as_entered"] for row in tables.raw()]
    unused = [one.pattern for one in known.names if not any(map(one.fits, entered))]
    assert unused == []
    organisations = {one.organisation for one in downloads.requests()}
    assert [
        one.slug for one in known.notable.values() if one.organisation not in organisations
    ] == []


def test_a_note_says_what_the_record_says(known: tables.Known) -> None:
    asked = downloads.requests()
    assert tables.note(known.notable["Amazon"], asked) == "Amazon asked for the data once, in 2018."
    smartcheckr = tables.note(known.notable["Smartcheckr"], asked)
    assert smartcheckr.endswith("in 2018. It became Clearview AI.")


def test_a_statement_beyond_the_record_has_a_source_of_its_own(known: tables.Known) -> None:
    for one in known.notable.values():
        assert (one.statement is None) == (one.source is None)


def test_the_bars_of_the_call_move_with_the_voices() -> None:
    call = json.loads((DATA / "call.json").read_text(encoding="utf-8"))
    bars = b64decode(call["bars"])
    told = json.loads((MEDIA / "voice" / "chapter-3.en.json").read_text(encoding="utf-8"))
    assert len(bars) % call["bands"] == 0
    assert len(bars) / call["bands"] / call["rate"] == pytest.approx(told["cues"]["album"], abs=0.2)

    def loudness(start: float, end: float) -> float:
        first, last = (round(second * call["rate"]) * call["bands"] for second in (start, end))
        return float(sum(bars[first:last]) / max(last - first, 1))

    spoken = [line for line in call["lines"] if line["end"] < told["cues"]["album"]]
    assert all(loudness(line["start"], line["end"]) > 30 for line in spoken[:-1])
    assert loudness(3.1, 3.9) < 5


def test_every_notable_name_can_be_heard(known: tables.Known) -> None:
    spoken = {file.stem for file in (MEDIA / "notes").glob("*.opus")}
    assert spoken == {one.slug for one in known.notable.values()}


def test_every_print_of_the_album_is_drawn_and_small() -> None:
    album = json.loads((DATA / "album.json").read_text(encoding="utf-8"))
    drawn = list((MEDIA / "album").glob("*.webp"))
    assert {file.stem for file in drawn} == {photo["name"] for photo in album["photos"]}
    assert sum(file.stat().st_size for file in drawn) < 1_500_000
    faces = [face for photo in album["photos"] for face in photo["people"]]
    assert all(len(face["points"]) == 68 for face in faces)
    told = {photo["cue"] for photo in album["photos"] if "cue" in photo}
    assert told == {f"photo_{number}" for number in range(1, 7)}
