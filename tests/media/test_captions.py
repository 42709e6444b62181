"""Captions, descriptions and transcript of the film, and how a line is cut."""

import html
import json
import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Any
from xml.etree import ElementTree as ET

import captions
import pytest
import storyboard
import voice_script
import yaml

SCRIPT = voice_script.read()
CITING = [shot for shots in storyboard.drawn().values() for shot in shots if shot.get("source")]
TRANSCRIPT = (captions.CAPTIONS / "transcript.en.html").read_text("utf-8")

chapters = pytest.mark.parametrize("chapter", SCRIPT.chapters, ids=lambda chapter: chapter.stem)


@dataclass(frozen=True)
class Cue:
    start: float
    end: float
    rows: tuple[str, ...]


def cues(name: str) -> list[Cue]:
    blocks = (captions.CAPTIONS / name).read_text("utf-8").strip().split("\n\n")
    assert blocks[0] == "WEBVTT"
    found = []
    for block in blocks[1:]:
        timing, *rows = html.unescape(block).split("\n")
        start, end = (seconds(clock) for clock in timing.split(" --> "))
        found.append(Cue(start, end, tuple(rows)))
    return found


def seconds(clock: str) -> float:
    hours, minutes, rest = clock.split(":")
    return round(int(hours) * 3600 + int(minutes) * 60 + float(rest), 3)


def seen(chapter: voice_script.Chapter) -> list[str]:
    """What a chapter shows: its shots, or what the script wishes for while it is not drawn."""
    if shots := storyboard.drawn().get(chapter.number):
        return [shot["sees"] for shot in shots]
    return [line.shot for line in chapter.lines if line.shot]


@chapters
def test_captions_fit_the_screen(chapter: voice_script.Chapter) -> None:
    for cue in cues(f"{chapter.stem}.vtt"):
        assert len(cue.rows) <= 2
        assert all(len(row) <= 42 for row in cue.rows), cue


@chapters
def test_captions_can_be_read_in_time(chapter: voice_script.Chapter) -> None:
    for cue in cues(f"{chapter.stem}.vtt"):
        assert sum(map(len, cue.rows)) <= 20 * (cue.end - cue.start) + 0.1, cue


@chapters
def test_captions_follow_each_other(chapter: voice_script.Chapter) -> None:
    shown = cues(f"{chapter.stem}.vtt")
    assert all(cue.start < cue.end for cue in shown)
    assert all(a.end <= b.start for a, b in pairwise(shown))


@chapters
def test_captions_leave_no_word_alone(chapter: voice_script.Chapter) -> None:
    for cue in cues(f"{chapter.stem}.vtt"):
        for row in cue.rows:
            sentence = row[-1] in ".?!" and (row[0].isupper() or row[0].isdigit())
            assert " " in row or sentence, cue


@chapters
def test_captions_break_at_the_ends_of_phrases(chapter: voice_script.Chapter) -> None:
    for cue in cues(f"{chapter.stem}.vtt"):
        for row in cue.rows:
            assert row.rsplit(" ", 1)[-1].lower() not in {"the", "a", "an", "of", "and", "to"}, cue


@chapters
def test_captions_hold_every_word(chapter: voice_script.Chapter) -> None:
    shown = " ".join(" ".join(cue.rows) for cue in cues(f"{chapter.stem}.vtt"))
    spoken = " ".join(line.text for line in chapter.lines if line.text)
    assert shown.replace("Friend: ", "") == spoken


@chapters
def test_captions_appear_with_the_first_word(chapter: voice_script.Chapter) -> None:
    page = json.loads((captions.VOICE / f"{chapter.stem}.json").read_text("utf-8"))
    starts = {word["start"] for line in page["lines"] for word in line["words"]}
    assert {cue.start for cue in cues(f"{chapter.stem}.vtt")} <= starts


@chapters
def test_descriptions_say_what_is_seen(chapter: voice_script.Chapter) -> None:
    described = cues(f"{chapter.stem}.descriptions.vtt")
    assert [cue.rows[0] for cue in described] == seen(chapter)
    assert all(a.end == b.start for a, b in pairwise(described))


@chapters
def test_the_transcript_holds_every_line(chapter: voice_script.Chapter) -> None:
    assert f"<h2>Chapter {chapter.number}: {chapter.title}</h2>" in TRANSCRIPT
    for line in chapter.lines:
        assert html.escape(line.text, quote=False) in TRANSCRIPT
    for sees in seen(chapter):
        assert html.escape(sees, quote=False) in TRANSCRIPT


def test_the_transcript_is_well_formed_and_links_its_sources() -> None:
    page = ET.fromstring(TRANSCRIPT)  # noqa: S314  our own file
    marks = {link.get("href", "") for link in page.iter("a") if link.get("aria-label")}
    sources = {f"#{item.get('id')}" for item in page.iter("li")}
    links = {link.get("href") for item in page.iter("li") for link in item.iter("a")}
    known = yaml.safe_load(voice_script.SOURCES.read_text("utf-8"))
    assert marks == sources
    told = {key for chapter in SCRIPT.chapters for line in chapter.lines for key in line.source}
    told |= {key for shot in CITING for key in shot["source"]}
    assert links == {known[key]["url"] for key in told}


@pytest.mark.parametrize("shot", CITING, ids=lambda shot: shot["name"])
def test_what_is_written_in_a_picture_has_its_marks(shot: dict[str, Any]) -> None:
    sees = html.escape(shot["sees"], quote=False)
    [line] = [line for line in TRANSCRIPT.split("\n") if sees in line]
    assert re.findall('href="#source-([^"]+)"', line) == shot["source"]


def words(text: str, pace: float) -> tuple[captions.Word, ...]:
    return tuple(
        captions.Word(word, place * pace, (place + 1) * pace)
        for place, word in enumerate(text.split())
    )


@pytest.mark.parametrize(
    "text",
    [
        "Listen.",
        "A beach. A birthday. A cousin, asleep, with cake on her sleeve.",
        "word " * 60,
        "It is, so to say, one very long sentence, which goes on, and on, and does not end at all.",
    ],
)
def test_cutting_a_line_loses_nothing(text: str) -> None:
    line = words(text, 0.4)
    cut = captions.phrases(line)
    assert tuple(word for group in cut for word in group) == line
    assert all(len(row) <= captions.ROW for group in cut for row in captions.rows(group))


def test_a_sentence_ends_a_caption_rather_than_a_comma() -> None:
    line = words(
        "We kept it, and hung it up. Nobody in the whole town had ever asked to see it there.", 0.4
    )
    first, second = captions.phrases(line)
    assert [first[-1].text, second[-1].text] == ["up.", "there."]


def test_what_browsers_would_take_for_markup_is_escaped() -> None:
    cue = captions.Caption(("a < b & c",), 0, 61.5)
    assert "00:00:00.000 --> 00:01:01.500\na &lt; b &amp; c" in captions.webvtt([cue])
    assert not re.search(r"&(?!amp;|lt;|gt;)", captions.webvtt([cue]))
