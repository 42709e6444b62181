"""One video or picture, read only as far as the detectors want, and only once for all of them."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from discriminator.detect.errors import Abstention
from discriminator.detect.watching import LONGEST, watch
from discriminator.video import reading, sound

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy as np
    from numpy.typing import NDArray

    from discriminator.detect.watching import Scene, Watched

SOUND_RATE = 16_000


class Clip:
    """What detectors are given."""

    def __init__(self, path: str | Path) -> None:
        self.path = Path(path)

    def frames(
        self, sampling: reading.Sampling, *, longest: int | None = None
    ) -> Iterator[reading.Frame]:
        """Yield frames anew, for detectors that look at pictures."""
        return reading.frames(self.path, sampling, longest=longest)

    @cached_property
    def scene(self) -> Scene:
        """What was seen of whom in the clip's first half minute."""
        return watch(self.path)

    @cached_property
    def sound(self) -> NDArray[np.float32]:
        """Its sound, 16,000 numbers a second from -1 to 1, as long as `scene`; empty without."""
        return sound.alongside(self.path, SOUND_RATE, seconds=LONGEST)

    def people(self) -> tuple[Watched, ...]:
        """Return those who are seen, or abstain."""
        if not self.scene.people:
            message = "No face was found."
            raise Abstention(message)
        return self.scene.people
