"""The story as data: what a film maker writes in `media/story/`, read and checked."""

from __future__ import annotations

import re
from math import ceil
from pathlib import Path  # noqa: TC003 - msgspec reads the annotation
from typing import Annotated, Any, Literal, TypeVar

import msgspec
import yaml

from discriminator import shipped
from discriminator.film.words import Part, Text, Words

Address = Annotated[
    str,
    msgspec.Meta(
        pattern="^https?://([\\w.~-]+@)?[A-Za-z0-9.-]+(:[0-9]{1,5})?([/?#][^\\s<>\"']*)?$"
    ),
]
Seconds = Annotated[float, msgspec.Meta(ge=0)]
Reach = Annotated[float, msgspec.Meta(ge=-1, le=2)]
"""A share of the picture's width or height that may lie a little outside of it."""
Corner = tuple[Reach, Reach]
Slug = Annotated[str, msgspec.Meta(pattern="^[a-z0-9][a-z0-9-]*$")]
Language = Annotated[str, msgspec.Meta(pattern="^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$")]
"""A code of BCP 47, such as `en` or `pt-BR`; the files of that language carry it in their names."""
Share = Annotated[float, msgspec.Meta(ge=0, le=1)]
Shown = Literal[
    "frame", "wireframe", "picture", "confidence", "age", "gender", "emotions", "second reading"
]
"""What a page can show of the face in front of the camera."""


class StoryError(ValueError):
    """The story cannot be told as it is written; the message says where and why."""


class Area(Part, frozen=True):
    """A rectangle of the picture, as shares of the picture's width and height."""

    left: Share
    top: Share
    width: Share
    height: Share

    def __post_init__(self) -> None:
        """Refuse a rectangle that leaves the picture."""
        if self.left + self.width > 1 or self.top + self.height > 1:
            message = "an area must lie within the picture"
            raise ValueError(message)


class Step(Part, frozen=True, omit_defaults=True):
    """What is shown from a cue on, until the next step."""

    at: Text
    shows: list[Shown]
    face: Area | None = None
    """Where the face stands meanwhile, if not where the stage says."""
    table: Area | None = None


class Stage(Part, frozen=True):
    """Where and when the page lays its reading of the viewer's face over a chapter's picture."""

    face: Area
    table: Area
    """Where the answers stand."""
    second: Area
    """Where the second reading's face stands."""
    steps: list[Step]


class Standing(Part, frozen=True):
    """Where a screen's corners are at a time, or a picture's from a time on."""

    at: Seconds
    corners: tuple[Corner, Corner, Corner, Corner]
    """Top left, top right, bottom right, bottom left, as shares of the picture; (x, y) each."""

    def __post_init__(self) -> None:
        """Refuse corners between which no picture can hang."""
        if min(_turns(self.corners)) <= 0:
            message = (
                "corners must go round: top left, top right, bottom right, bottom left; "
                f"these do not: {[list(corner) for corner in self.corners]}"
            )
            raise ValueError(message)


class Monitor(Part, frozen=True):
    """A screen in the chapter's picture, on which the viewer's clip is shown."""

    name: Slug
    clip: Seconds
    """When the clip begins, also if the screen is seen later than that."""
    start: Seconds = msgspec.field(name="from")
    end: Seconds = msgspec.field(name="to")
    """Before and after, the screen rests: it shows nothing."""
    path: Annotated[list[Standing], msgspec.Meta(min_length=1)]
    """From each standing the corners glide to the next; before the first and after the last they
    stay where they are."""
    aspect: Annotated[float, msgspec.Meta(gt=0)] = 1.0
    """Width by height of the screen seen from the front; the clip is cut to it."""
    still: Standing | None = None
    """Where the picture stands that the clip was made of, until the screen rests."""

    def __post_init__(self) -> None:
        """Refuse times that do not follow each other."""
        if self.start >= self.end:
            message = f"monitor {self.name} must be seen `from` a time `to` a later one"
            raise ValueError(message)
        times = [standing.at for standing in self.path]
        if times != sorted(set(times)):
            message = f"the path of monitor {self.name} must go on in time, but goes {times}"
            raise ValueError(message)


def _turns(corners: tuple[Corner, ...]) -> list[float]:
    """Return for each corner by how much the outline turns there; clockwise above 0."""
    around = [*corners[-1:], *corners, *corners[:1]]
    return [
        (b[0] - a[0]) * (c[1] - b[1]) - (b[1] - a[1]) * (c[0] - b[0])
        for a, b, c in zip(around, around[1:], around[2:], strict=False)
    ]


class Chapter(Part, frozen=True):
    """One chapter of the film and the cover before it."""

    number: Annotated[int, msgspec.Meta(ge=1, le=9)]
    stream: Slug
    """Folder in `media/dist` that holds the chapter's stream."""
    cover: bool = False
    camera: bool = False
    """Whether the chapter has something to do with a face."""
    screens: Literal["downloaders"] | None = None
    """What the page draws where the chapter's stream has sound and no picture."""
    cues: dict[str, Seconds] = msgspec.field(default_factory=dict)
    """Named moments, in seconds of the chapter's own clock."""
    stage: Stage | None = None
    """What is laid over the picture where the chapter reads the viewer's face."""
    monitors: list[Monitor] = msgspec.field(default_factory=list)
    """Where the viewer's clip appears in the picture."""

    def __post_init__(self) -> None:
        """Refuse a stage whose steps wait for moments that never come, or come too early."""
        steps = [step.at for step in self.stage.steps] if self.stage else []
        missing = [cue for cue in steps if cue not in self.cues]
        if missing:
            message = f"the stage waits for {', '.join(missing)}, which the cues do not name"
            raise ValueError(message)
        times = [self.cues[cue] for cue in steps]
        if times != sorted(set(times)):
            message = f"the steps of the stage must follow each other, but wait for {steps}"
            raise ValueError(message)


class Source(Part, frozen=True):
    """Where a figure comes from."""

    title: Text
    publisher: str
    year: int
    url: Address
    fact: Text


class Film(Part, frozen=True):
    """The structure: `film.yaml`."""

    language: Language
    chapters: list[Chapter]
    allies: dict[str, Address]

    def __post_init__(self) -> None:
        """Refuse chapters that a viewer could not walk in order."""
        numbers = [chapter.number for chapter in self.chapters]
        if numbers != sorted(set(numbers)):
            message = f"chapters must be numbered upwards, each once, but are {numbers}"
            raise ValueError(message)


class Story(Part, frozen=True):
    """All that the pages are made from."""

    film: Film
    words: Words
    sources: dict[str, Source]
    minutes: int
    """How long the chapters' streams play, rounded up; 0 before any is encoded."""
    media: Path
    """The folder that the story came from; streams, captions and sounds lie beside it."""
    said: list[str]
    """The sentences that a viewer's own face says, if the film has a voice for it."""

    @property
    def speech(self) -> Path:
        """The sound of what a viewer's own face says."""
        return self.media / "voice" / f"speech.{self.film.language}.opus"


def load(media: Path | None = None) -> Story:
    """Read and check the story.

    Args:
        media: the folder that holds `story/`; the film's own if not given.

    Raises:
        StoryError: in one sentence that names the file, the place in it and what is wrong.
    """
    media = media or shipped.folder("media")
    scripts = media / "story"
    film = read(scripts / "film.yaml", Film)
    words = read(scripts / f"{film.language}.yaml", Words)
    sources_file = scripts / "sources.yaml"
    sources = read(sources_file, dict[str, Source]) if sources_file.exists() else {}
    _check_named(film, words)
    minutes = ceil(sum(seconds_of(media, chapter) for chapter in film.chapters) / 60)
    said = _sentences(media / "voice" / f"speech.{film.language}.json")
    return Story(film=film, words=words, sources=sources, minutes=minutes, media=media, said=said)


def _sentences(script: Path) -> list[str]:
    """What is said in a voice's script; nothing where there is none."""
    return [line.text for line in _decoded(script, _Script).lines] if script.exists() else []


def missing_streams(story: Story) -> list[Path]:
    """The chapters' folders that hold no stream yet."""
    folders = [stream_folder(story.media, chapter) for chapter in story.film.chapters]
    return [folder for folder in folders if not (folder / "manifest.mpd").exists()]


def stream_folder(media: Path, chapter: Chapter) -> Path:
    """Where a chapter's stream is."""
    return media / "dist" / chapter.stream


def seconds_of(media: Path, chapter: Chapter) -> float:
    """How long a chapter's stream plays; 0 before it is encoded."""
    index = stream_folder(media, chapter) / "stream.json"
    return _decoded(index, _Stream).seconds if index.exists() else 0.0


class PlainLoader(yaml.SafeLoader):
    """YAML in which only `true` and `false` are truth values: `Off` and `No` are words."""


PlainLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:bool"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
PlainLoader.add_implicit_resolver(
    "tag:yaml.org,2002:bool", re.compile("^(?:true|false)$"), list("tf")
)

T = TypeVar("T")


class _Line(msgspec.Struct):
    text: Text


class _Script(msgspec.Struct):
    """What is read of a voice's script."""

    lines: list[_Line]


class _Stream(msgspec.Struct):
    """What is read of a stream's index."""

    seconds: Seconds


def read(path: Path, kind: type[T]) -> T:
    """Read a YAML file as `kind`, or say in one sentence what keeps it from being one."""
    try:
        return msgspec.convert(_parse(path), kind, str_keys=False)
    except msgspec.ValidationError as error:
        message = f"{path}: {error}."
        raise StoryError(message) from error


def _parse(path: Path) -> Any:  # noqa: ANN401 - YAML can hold anything; `read` decides what it is
    try:
        text = path.read_text(encoding="utf-8")
        return yaml.load(text, Loader=PlainLoader)  # noqa: S506 - PlainLoader is a SafeLoader
    except FileNotFoundError as error:
        message = f"{path} is missing; a film needs it."
        raise StoryError(message) from error
    except (OSError, UnicodeDecodeError) as error:
        message = f"{path} cannot be read: {error}."
        raise StoryError(message) from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:  # such as a 30 February
        message = f"{path} is not valid YAML: {' '.join(str(error).split())}."
        raise StoryError(message) from error


def _decoded(path: Path, kind: type[T]) -> T:
    """Read a JSON file that a program has made, or say in one sentence that it is damaged."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=kind)
    except msgspec.MsgspecError as error:
        message = f"{path} is damaged: {error}; make it again."
        raise StoryError(message) from error


def _check_named(film: Film, words: Words) -> None:
    """Every chapter and ally of the structure has its words."""
    unnamed = [chapter.number for chapter in film.chapters if chapter.number not in words.chapters]
    if unnamed:
        message = f"{film.language}.yaml: chapters {unnamed} have no title under `chapters`."
        raise StoryError(message)
    drawn = {chapter.screens for chapter in film.chapters if chapter.screens}
    silent = [name for name in drawn if getattr(words.screens, name) is None]
    if silent:
        message = f"{film.language}.yaml: {', '.join(silent)} has no words under `screens`."
        raise StoryError(message)
    strangers = [ally for ally in film.allies if ally not in words.allies]
    if strangers:
        message = f"{film.language}.yaml: {', '.join(strangers)} have no words under `allies`."
        raise StoryError(message)
