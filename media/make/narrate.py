"""Make all that follows from `narration.en.yaml`: voice, mix, captions, and what is left to do."""

import json
from collections.abc import Iterator
from typing import Any

import captions
import sound
import storyboard
import streams
import voice
import voice_script
import yaml
from voice_script import MEDIA

FILM = MEDIA / "story" / "film.yaml"


def main() -> None:
    """Speak what has changed, lay the sounds under it and cut its captions."""
    voice.main()
    sound.main()
    captions.main()
    film = yaml.safe_load(FILM.read_text("utf-8"))
    for chapter in voice_script.read().chapters:
        page = json.loads((voice.VOICE / f"{chapter.stem}.json").read_text("utf-8"))
        for line in left_to_do(page, film):
            print(line)


def left_to_do(page: dict[str, Any], film: dict[str, Any]) -> Iterator[str]:
    """Say what else a chapter wants whose moments are no longer those that the film knows."""
    number = page["chapter"]
    known = [chapter["cues"] for chapter in film["chapters"] if chapter["number"] == number]
    if known == [page["cues"]]:
        return
    yield f"\nChapter {number} was spoken anew. In film.yaml its cues are now:\n"
    yield "    cues:"
    yield from (f"      {cue}: {second}" for cue, second in page["cues"].items())
    if number in storyboard.drawn():
        yield f"\nThen `make masters CHAPTER=chapter-{number}`, which draws it to these moments."
    else:
        yield f"\nThen {streams.command(number)}"


if __name__ == "__main__":
    main()
