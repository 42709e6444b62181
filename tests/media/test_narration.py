"""What the film says, before anyone says it."""

import re
from typing import Any

import pytest
import voice_script
import yaml

SCRIPT = voice_script.read()
SOURCES = yaml.safe_load(voice_script.SOURCES.read_text("utf-8"))
SPOKEN = [line for chapter in SCRIPT.chapters for line in chapter.lines if line.text]

BOARD = yaml.safe_load((voice_script.SOURCES.parent / "storyboard.yaml").read_text("utf-8"))
DATA = voice_script.SOURCES.parents[1] / "data"
TABLES = [DATA / "notable.tsv", DATA / "datasets.tsv"]
SHOTS = [shot for chapter in BOARD["chapters"] for shot in chapter["shots"]]

FIGURE = re.compile(r"(?<!-)\d(?:[\d,.]*\d)?")  # not the one in MS-Celeb-1M
EXACT = re.compile(r"\d(?:[\d,.]*\d){2,}")


def stated(keys: tuple[str, ...]) -> set[str]:
    return {figure for key in keys for figure in FIGURE.findall(SOURCES[key]["fact"])}


def test_the_film_has_four_chapters() -> None:
    assert [chapter.number for chapter in SCRIPT.chapters] == [1, 2, 3, 4]


@pytest.mark.parametrize("line", SPOKEN, ids=lambda line: line.text[:40])
def test_every_figure_that_is_spoken_has_a_source_that_states_it(line: voice_script.Line) -> None:
    assert set(FIGURE.findall(line.text)) <= stated(line.source)


def test_every_exact_figure_that_is_shown_has_a_source_that_states_it() -> None:
    for chapter in SCRIPT.chapters:
        for line in chapter.lines:
            assert set(EXACT.findall(line.shot)) <= stated(line.source), line.shot


@pytest.mark.parametrize("shot", SHOTS, ids=lambda shot: shot["name"])
def test_every_figure_in_a_picture_has_a_source_that_states_it(shot: dict[str, Any]) -> None:
    assert set(FIGURE.findall(shot["sees"])) <= stated(shot.get("source", ()))


def test_every_source_is_cited_and_complete() -> None:
    cited = {key for line in SPOKEN for key in line.source}
    cited |= {key for shot in SHOTS for key in shot.get("source", [])}
    for table in TABLES:
        rows = table.read_text("utf-8").splitlines()[1:]
        cited |= {key for row in rows if (key := row.split("\t")[-1])}
    assert cited == set(SOURCES)
    for key, source in SOURCES.items():
        assert set(source) == {"title", "publisher", "year", "url", "fact"}, key
        assert source["url"].startswith(("https://", "http://festvox.org/")), key


def test_the_speech_claims_nothing_about_the_viewer() -> None:
    words = {word for line in SCRIPT.speech.lines for word in re.findall(r"\w+", line.text.lower())}
    assert not words & {"you", "your", "yours", "i", "me", "my", "mine"}


def test_the_speech_is_part_of_chapter_two() -> None:
    lines = SCRIPT.chapters[1].lines
    first = lines.index(SCRIPT.speech.lines[0])
    assert lines[first : first + len(SCRIPT.speech.lines)] == SCRIPT.speech.lines


@pytest.mark.parametrize("chapter", SCRIPT.chapters, ids=lambda chapter: chapter.title)
def test_a_chapter_says_what_is_seen(chapter: voice_script.Chapter) -> None:
    shots = {line.shot for line in chapter.lines}
    assert len(shots) >= 12
    assert all(shots)


@pytest.mark.parametrize("chapter", SCRIPT.chapters, ids=lambda chapter: chapter.title)
def test_a_cue_is_named_once(chapter: voice_script.Chapter) -> None:
    cues = [line.cue for line in chapter.lines if line.cue]
    assert len(cues) == len(set(cues))


@pytest.mark.parametrize(
    ("number", "cues"),
    [
        (1, "shutter count faces end"),
        (2, "mask_points mask_nobody mask_still mask_own monitor panel film"),
        (3, "call album explore_album rain year_2015 list map explore_list piles explore_piles"),
        (3, "piles pile_wedding pile_party pile_family billions"),
        (4, "reading_wireframe reading_image reading_age reading_gender reading_emotions"),
        (4, "reading_emotions reading_twice film coda"),
    ],
)
def test_the_page_finds_its_cues_in_order(number: int, cues: str) -> None:
    heard = [line.cue for line in SCRIPT.chapters[number - 1].lines if line.cue]
    assert [cue for cue in heard if cue in cues.split()] == cues.split()
