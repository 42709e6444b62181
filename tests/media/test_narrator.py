"""The voice as it is committed: the right words, at the right time, at the right loudness."""

import json
from functools import cache
from itertools import pairwise
from typing import Any

import pytest
import sound_level
import voice
import voice_script

SCRIPT = voice_script.read()
PARTS = (SCRIPT.speech, *SCRIPT.chapters)

parts = pytest.mark.parametrize("chapter", PARTS, ids=lambda chapter: chapter.stem)


@cache
def notes(chapter: voice_script.Chapter) -> Any:  # noqa: ANN401  a page of JSON
    return json.loads((voice.VOICE / f"{chapter.stem}.json").read_text("utf-8"))


@parts
def test_what_is_heard_is_what_is_written(chapter: voice_script.Chapter) -> None:
    assert notes(chapter)["made_from"] == voice.made_from(SCRIPT, chapter)
    assert [line["text"] for line in notes(chapter)["lines"]] == [
        line.text for line in chapter.lines
    ]


@parts
def test_words_follow_each_other(chapter: voice_script.Chapter) -> None:
    now = 0.0
    for line in notes(chapter)["lines"]:
        assert line["start"] >= now
        assert [word["word"] for word in line["words"]] == line["text"].split()
        for word in line["words"]:
            assert now <= word["start"] < word["end"] <= line["end"]
            now = word["end"]
        now = line["end"]
    assert now <= notes(chapter)["duration"]


@parts
def test_cues_come_in_the_order_of_the_script(chapter: voice_script.Chapter) -> None:
    cues = notes(chapter)["cues"]
    assert list(cues) == [line.cue for line in chapter.lines if line.cue]
    assert list(cues.values()) == sorted(cues.values())


@parts
def test_the_voice_is_as_loud_as_the_film(chapter: voice_script.Chapter) -> None:
    loudness = sound_level.measure(voice.VOICE / f"{chapter.stem}.opus")
    assert loudness.integrated == pytest.approx(-16, abs=1)
    assert loudness.peak <= -1


def test_the_film_takes_eight_to_twelve_minutes() -> None:
    assert 8 * 60 <= sum(notes(chapter)["duration"] for chapter in SCRIPT.chapters) <= 12 * 60


def test_the_speech_is_as_long_as_its_clip() -> None:
    assert 15.5 <= notes(SCRIPT.speech)["duration"] <= 16.2


def test_chapter_two_says_the_speech_without_a_break() -> None:
    page, speech = notes(SCRIPT.chapters[1]), notes(SCRIPT.speech)
    start = page["cues"]["monitor"]
    words = [w for line in page["lines"] for w in line["words"] if w["start"] >= start]
    alone = [w for line in speech["lines"] for w in line["words"]]
    for here, there in zip(words, alone, strict=False):
        assert here["word"] == there["word"]
        assert here["start"] - start == pytest.approx(there["start"], abs=0.002)
    gaps = [after["start"] - before["end"] for before, after in pairwise(alone)]
    assert max(gaps) < 1
    assert page["cues"]["film"] - start == pytest.approx(speech["duration"], abs=0.05)


def test_the_speech_knows_the_shapes_of_its_mouth() -> None:
    phones = notes(SCRIPT.speech)["phones"]
    assert {"ax", "m", "iy", "pau"} <= {phone["phone"] for phone in phones}
    assert all(a["end"] <= b["start"] + 0.002 for a, b in pairwise(phones))


def test_a_line_is_cut_into_sentences_and_words() -> None:
    assert voice.sentences("Age. It is 34.7 years.") == [["Age."], ["It", "is", "34.7", "years."]]


def test_punctuation_stays_around_what_is_spelled_out() -> None:
    assert voice.reading("(16.1),", {"16.1": "sixteen point one"}) == ["(sixteen", "point", "one),"]
    assert voice.reading("lighter-skinned", {}) == ["lighter", "skinned"]
    assert voice.reading("nobody\u2019s", {}) == ["nobody's"]
