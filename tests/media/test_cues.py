"""The film's cues are the narration's: a voice recorded anew brings its moments with it."""

import json
from pathlib import Path

import narrate

from discriminator.film import story


def test_the_cues_of_each_chapter_are_those_of_its_narration() -> None:
    told = story.load()
    language = told.film.language
    for chapter in told.film.chapters:
        path = told.media / "voice" / f"chapter-{chapter.number}.{language}.json"
        spoken = json.loads(Path(path).read_text(encoding="utf-8"))
        assert chapter.cues == spoken["cues"]


def test_a_chapter_that_is_spoken_anew_says_which_cues_it_wants() -> None:
    spoken = {"shutter": 0.0, "album": 6.5}
    page = {"chapter": 1, "cues": spoken}
    assert not list(narrate.left_to_do(page, {"chapters": [{"number": 1, "cues": spoken}]}))
    film = {"chapters": [{"number": 1, "cues": spoken | {"album": 5.312}}]}
    said = "\n".join(narrate.left_to_do(page, film))
    assert "    cues:\n      shutter: 0.0\n      album: 6.5\n" in said
    assert "make masters CHAPTER=chapter-1" in said
    heard = narrate.left_to_do({"chapter": 3, "cues": {"call": 1.0}}, film)
    assert list(heard)[-1].startswith("\nThen discriminator encode media/mix/chapter-3.en.opus")
