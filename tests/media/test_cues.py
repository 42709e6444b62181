"""The film's cues are the narration's: a voice recorded anew brings its moments with it."""

import json
from pathlib import Path

from discriminator.film import story


def test_the_cues_of_each_chapter_are_those_of_its_narration() -> None:
    told = story.load()
    language = told.film.language
    for chapter in told.film.chapters:
        path = told.media / "voice" / f"chapter-{chapter.number}.{language}.json"
        spoken = json.loads(Path(path).read_text(encoding="utf-8"))
        assert chapter.cues == spoken["cues"]
