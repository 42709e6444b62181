"""Write what is heard and seen as text: `media/captions/` is made from `media/voice/*.json`.

Captions (WebVTT) cut the narration at the ends of its phrases, never faster than it can be read;
descriptions say what is only shown; the transcript is a page to read, with every source.
"""

import html
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import storyboard
import voice_script
import yaml
from storyboard import Scene, Voice
from voice_script import MEDIA, SOURCES, Script

VOICE = MEDIA / "voice"
CAPTIONS = MEDIA / "captions"

NARRATOR = "narrator"  # needs no name

ROW = 42  # characters
ROWS = 2
READING_SPEED = 20  # characters a second
LINGER = 0.6  # seconds a caption may stay after its last word
SHORTEST = 1.0  # seconds, where the next caption allows it
GLANCE = 24  # characters, too few to be shown for themselves
SMALL = 3  # letters
CLOSING = "\u2019\u201d"  # quotation marks

# A phrase seldom ends on a word of three letters, and never on one of these.
LEANING = frozenset(
    {"from", "with", "that", "this", "these", "more", "than", "which", "every", "about", "into"}
)


@dataclass(frozen=True)
class Word:
    """A written word and when it is heard, in seconds."""

    text: str
    start: float
    end: float


@dataclass(frozen=True)
class Caption:
    """One or two rows and when they are shown, in seconds."""

    rows: tuple[str, ...]
    start: float
    end: float


def main() -> None:
    """Write captions, descriptions and the transcript."""
    script = voice_script.read()
    sources = yaml.safe_load(SOURCES.read_text("utf-8"))
    CAPTIONS.mkdir(parents=True, exist_ok=True)
    pages = []
    for chapter in script.chapters:
        page = json.loads((VOICE / f"{chapter.stem}.json").read_text("utf-8"))
        _write(f"{chapter.stem}.vtt", webvtt(captions(page)))
        _write(f"{chapter.stem}.descriptions.vtt", webvtt(descriptions(page)))
        pages.append(page)
    _write(f"transcript.{script.language}.html", transcript(script, pages, sources))


def captions(page: dict[str, Any]) -> list[Caption]:
    """Cut a chapter into captions."""
    groups = [group for line in page["lines"] for group in phrases(_words(line))]
    starts = [group[0].start for group in groups[1:]]
    return [
        Caption(rows(group), group[0].start, _end(group, following))
        for group, following in zip(groups, [*starts, page["duration"]], strict=True)
    ]


def descriptions(page: dict[str, Any]) -> list[Caption]:
    """Say what is to be seen, each picture until the next one."""
    return [Caption((scene.sees,), scene.start, scene.end) for scene in pictures(page)]


def pictures(page: dict[str, Any]) -> list[Scene]:
    """Return what is seen and when: the shots, or what the script wishes for, if not drawn."""
    if page["chapter"] in storyboard.drawn():
        voice = Voice.read(VOICE / f"chapter-{page['chapter']}.{page['language']}.json")
        return storyboard.scenes(page["chapter"], voice)
    wished = [line for line in page["lines"] if line["shot"]]
    ends = [line["start"] for line in wished[1:]] + [page["duration"]]
    return [
        Scene("", line["shot"], line["start"], end) for line, end in zip(wished, ends, strict=True)
    ]


def phrases(words: tuple[Word, ...]) -> list[tuple[Word, ...]]:
    """Cut a line's words into captions that fit, at the cheapest breaks."""

    @cache
    def cheapest(start: int) -> tuple[float, tuple[int, ...]]:
        """The cost of cutting everything after `start`, and where to cut."""
        if start == len(words):
            return 0, ()
        options = []
        for end in range(start + 1, len(words) + 1):
            rest, cuts = cheapest(end)
            options.append((_cost(words, start, end) + rest, (end, *cuts)))
        return min(options)

    _, cuts = cheapest(0)
    return [words[start:end] for start, end in zip((0, *cuts), cuts, strict=False)]


def rows(words: tuple[Word, ...]) -> tuple[str, ...]:
    """Lay a caption out in one row, or in two as even as their phrases allow."""
    texts = [word.text for word in words]
    whole = " ".join(texts)
    if len(whole) <= ROW:
        return (whole,)
    cuts = [(_row_cost(texts, cut), cut) for cut in range(1, len(texts))]
    cut = min(cuts)[1]
    return " ".join(texts[:cut]), " ".join(texts[cut:])


def webvtt(cues: list[Caption]) -> str:
    """Write cues as a WebVTT file."""
    blocks = ["WEBVTT"]
    for cue in cues:
        text = html.escape("\n".join(cue.rows), quote=False)
        blocks.append(f"{_clock(cue.start)} --> {_clock(cue.end)}\n{text}")
    return "\n\n".join(blocks) + "\n"


def transcript(script: Script, pages: list[dict[str, Any]], sources: dict[str, Any]) -> str:
    """Write the whole film as an HTML fragment with its sources."""
    told = [part for page in pages for part in _in_order(page)]
    keys = (key for part in told for key in _sources(part))
    cited = list(dict.fromkeys(keys))
    chapters = "\n".join(_transcribed(page, cited) for page in pages)
    items = "\n".join(_source(key, sources[key]) for key in cited)
    return (
        f'<article class="transcript" lang="{script.language}">\n{chapters}\n'
        f"<section>\n<h2>Sources</h2>\n<ol>\n{items}\n</ol>\n</section>\n</article>\n"
    )


def _transcribed(page: dict[str, Any], cited: list[str]) -> str:
    parts = [f"<section>\n<h2>Chapter {page['chapter']}: {html.escape(page['title'])}</h2>"]
    parts += [
        _seen(part, cited) if isinstance(part, Scene) else _said(part, cited)
        for part in _in_order(page)
    ]
    return "\n".join([*parts, "</section>"])


def _in_order(page: dict[str, Any]) -> list[Scene | dict[str, Any]]:
    """What is seen and said in a chapter; what is seen stays before its words."""
    said = [line for line in page["lines"] if line["text"]]
    return sorted([*pictures(page), *said], key=_start)


def _start(part: Scene | dict[str, Any]) -> float:
    return part.start if isinstance(part, Scene) else float(part["start"])


def _sources(part: Scene | dict[str, Any]) -> Sequence[str]:
    return part.source if isinstance(part, Scene) else part["source"]


def _seen(scene: Scene, cited: list[str]) -> str:
    sees = html.escape(scene.sees, quote=False)
    return f'<p class="seen">{sees}{_marks(scene.source, cited)}</p>'


def _said(line: dict[str, Any], cited: list[str]) -> str:
    name = _name(line)
    who = f"<b>{name}</b> " if name else ""
    marks = _marks(line["source"], cited)
    return f"<p>{who}{html.escape(line['text'], quote=False)}{marks}</p>"


def _marks(keys: Sequence[str], cited: list[str]) -> str:
    return "".join(_mark(key, cited.index(key) + 1) for key in keys)


def _mark(key: str, number: int) -> str:
    return f'<sup><a href="#source-{key}" aria-label="Source {number}">{number}</a></sup>'


def _source(key: str, source: dict[str, Any]) -> str:
    title, publisher = html.escape(source["title"]), html.escape(source["publisher"])
    link = f'<a href="{html.escape(source["url"])}">{title}</a>'
    fact = html.escape(source["fact"].strip(), quote=False)
    return f'<li id="source-{key}">{link}, {publisher}, {source["year"]}. {fact}</li>'


def _cost(words: tuple[Word, ...], start: int, end: int) -> float:
    """How badly words[start:end] would do as one caption."""
    group = words[start:end]
    room = rows(group)
    if max(map(len, room)) > ROW:
        return float("inf")
    until = words[end].start if end < len(words) else group[-1].end + LINGER
    hurried = sum(map(len, room)) > READING_SPEED * (until - group[0].start)
    alone = len(group) == 1 and len(words) > 1
    brief = len(" ".join(room)) < GLANCE and len(words) > len(group)
    awkward = _break_cost(room[0]) * 0.7 if len(room) > 1 else 0
    return 4 + _break_cost(group[-1].text) + awkward + 100 * hurried + 8 * alone + 6 * brief


def _row_cost(texts: list[str], cut: int) -> float:
    upper, lower = " ".join(texts[:cut]), " ".join(texts[cut:])
    over = max(len(upper), len(lower)) > ROW
    alone = cut == 1 or cut == len(texts) - 1
    return 1000 * over + 8 * alone + _break_cost(upper) + abs(len(upper) - len(lower)) / 8


def _break_cost(text: str) -> float:
    """How badly a reader takes a break after this text."""
    last = text.rsplit(" ", 1)[-1].rstrip(CLOSING)
    if last[-1] in ".?!":
        return 0
    if last[-1] in ",;:":
        return 3
    leaning = len(last) <= SMALL or last.lower() in LEANING
    return 14 if leaning else 7


def _end(group: tuple[Word, ...], following: float) -> float:
    """Stay for a slow reader, but make room for what follows."""
    length = sum(map(len, rows(group)))
    wanted = max(group[-1].end + LINGER, group[0].start + max(SHORTEST, length / READING_SPEED))
    return min(wanted, following)


def _words(line: dict[str, Any]) -> tuple[Word, ...]:
    """The words of a line, after the name of whoever says it, if it is not the narrator."""
    words = [Word(word["word"], word["start"], word["end"]) for word in line["words"]]
    names = [Word(name, words[0].start, words[0].start) for name in [_name(line)] if name]
    return (*names, *words)


def _name(line: dict[str, Any]) -> str:
    return "" if line["speaker"] == NARRATOR else f"{line['speaker'].capitalize()}:"


def _clock(seconds: float) -> str:
    minutes, rest = divmod(round(seconds * 1000), 60_000)
    return f"{minutes // 60:02}:{minutes % 60:02}:{rest // 1000:02}.{rest % 1000:03}"


def _write(name: str, text: str) -> None:
    (CAPTIONS / name).write_text(text, "utf-8")


if __name__ == "__main__":
    main()
