"""What every engine is, so that one front serves them all.

An engine is a class that takes the `Options`, in a module of its own that only `engines` names.
Making it may be slow (weights, compilation): it happens once. `prepare` hears the voice once.
`frames` then draws one photo after the other, and must be a generator: pictures leave for the
encoder as they come, so nothing may grow with the length of the voice. The narrator itself asks for
consent, finds the face, limits the size, marks each picture, adds the sound, and signs.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any, Literal, Protocol, cast, get_args

from discriminator.lipsync.errors import NoEngineError

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator
    from pathlib import Path

    from discriminator.faces import Picture, Points
    from discriminator.lipsync.sitting import Sitter
    from discriminator.lipsync.voice import Voice

ENGINES = {
    "puppet": "discriminator.lipsync.puppet:Puppet",
    "wav2lip": "discriminator.lipsync.still:Still",
}
"""Every engine, and the class that draws with it."""

Precision = Literal["fp32", "bf16", "int8"]
PRECISIONS: tuple[Precision, ...] = get_args(Precision)


@dataclass(frozen=True)
class Options:
    """What an engine is made with; `weights` and `precision` are for those that have a network."""

    weights: Path | None = None
    precision: Precision = "int8"


class Engine(Protocol):
    """Draws a photo that speaks."""

    def __init__(self, options: Options) -> None:
        """Load what is slow to load."""

    def prepare(self, voice: Voice) -> None:
        """Hear the voice, once for all photos; the last one prepared is the one spoken."""

    def frames(self, photo: Picture, points: Points) -> Generator[Picture]:
        """Yield `voice.frames` pictures as large as the photo, 25 a second.

        `photo` is (height, width, 3) uint8 RGB with even sides, `points` the (478, 3) of its face
        in px of it. A picture is (height, width, 3) RGB, or has a fourth byte that nobody looks at.
        It may be the same array each time: it is copied before the next is asked for.
        """

    def moving(self, sitters: Iterator[Sitter]) -> Generator[Picture]:
        """Yield a picture for each of `voice.frames` photos, which are the frames of a video."""


def make(name: str, options: Options) -> Engine:
    """Return a new engine.

    Raises:
        NoEngineError: there is none of that name, or what it needs is not installed.
    """
    if name not in ENGINES:
        message = f"There is no engine {name!r} here: choose {' or '.join(ENGINES)}."
        raise NoEngineError(message)
    module, _, kind = ENGINES[name].partition(":")
    with needs_lab(f"The {name} engine"):
        maker: Any = getattr(import_module(module), kind)
        return cast("Engine", maker(options))


@contextmanager
def needs_lab(what: str) -> Iterator[None]:
    """Say in a sentence that a module of the extra `lab` is not installed.

    Raises:
        NoEngineError: it is not.
    """
    try:
        yield
    except ImportError as missing:
        message = f"{what} needs {missing.name}: `pip install 'discriminator[lab]'`."
        raise NoEngineError(message) from missing
