"""What a film maker can choose."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from discriminator.streaming.errors import EncodeError
from discriminator.streaming.ladder import RUNGS, Rung

if TYPE_CHECKING:
    from pathlib import Path

Codec = Literal["h264", "av1"]
_QUALITY: dict[Codec, int] = {"h264": 23, "av1": 34}
_WORST = {"h264": 51, "av1": 63}


@dataclass(frozen=True)
class Options:
    """How a master is encoded; the defaults suit the film."""

    codec: Codec = "h264"
    """`av1` is smaller, slower to play on old machines, and only near, not under, its ceilings."""
    two_pass: bool = False
    """A constant rate, three quarters of the ceiling, instead of a constant quality."""
    quality: int | None = None
    """The encoder's CRF: lower is better and larger. None takes the codec's own default."""
    rungs: tuple[Rung, ...] = RUNGS
    language: str | None = None
    """Of audio and captions that do not state theirs."""
    captions: tuple[Path, ...] = ()
    """WebVTT files; `name.en.vtt` states its language. Those near the master are found."""
    transparency: bool = True
    """Also write `alpha.webm` and `alpha.mp4` where the master has an alpha channel."""

    def __post_init__(self) -> None:
        """Refuse what no encoder understands."""
        if self.codec not in _QUALITY:
            message = f"There is no codec {self.codec!r} here: choose {' or '.join(_QUALITY)}."
            raise EncodeError(message)
        if self.two_pass and self.codec != "h264":
            message = "Two passes are for h264: leave them out, or choose that codec."
            raise EncodeError(message)
        if self.quality is not None and not 0 <= self.quality <= _WORST[self.codec]:
            message = f"Quality goes from 0 (best) to {_WORST[self.codec]} for {self.codec}."
            raise EncodeError(message)
        if not self.rungs:
            message = "A ladder needs at least one rung."
            raise EncodeError(message)

    @property
    def crf(self) -> int:
        """The quality that is asked of the encoder."""
        return _QUALITY[self.codec] if self.quality is None else self.quality
