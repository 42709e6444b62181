"""What is seen in an open mouth: teeth, tongue, and the dark behind them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from discriminator.lipsync.columns import ease

if TYPE_CHECKING:
    from discriminator.faces import Picture
    from discriminator.lipsync.columns import Columns, Curve
    from discriminator.lipsync.mouth import Gap
    from discriminator.lipsync.plate import Field

_DARK = np.array([46, 16, 16], np.float32)
_TONGUE = np.array([150, 72, 68], np.float32)
_TOOTH = np.array([214, 200, 182], np.float32)
_LIT = 165
"""Brightness of skin in the light that these colours are for."""
_LONG, _BROAD = 0.17, 0.21
"""Of the upper teeth under the line where the lips meet, and of one tooth, in half mouths."""
_BACK = 0.8
"""Where along the mouth the teeth are lost in the dark, in half mouths."""
_SOFT = 1.4
"""Pixels over which lip becomes inside."""
_OWN = 2.5
"""Pixels that the lips of the photo are apart, at least, for its own teeth to be seen."""


class Inside:
    """The inside of one photo's mouth. The upper teeth stay with the head; the tongue follows."""

    def __init__(
        self, photo: Picture, columns: Columns, lips: tuple[Curve, Curve, Curve], half: float
    ) -> None:
        self._photo, self._places, self._half = photo, columns.places, np.float32(half)
        self._upper, self._meeting, self._lower = lips
        self._shows_teeth = float((self._lower - self._upper).max()) > _OWN
        self._light = np.float32(np.clip(_skin(photo, columns, half) / _LIT, 0.25, 1.1))

    def paint(self, gap: Gap, x: Field, y: Field, colours: Picture) -> None:
        """Paint over `colours`, (h, w, 4) uint8, where the gap is; x and y are of the head."""
        cover = np.minimum(gap.across - gap.upper, gap.lower - gap.across) / _SOFT
        seen = cover > 0
        if not seen.any():
            return
        shown = type(gap)(*(values[seen] for values in gap))
        painted = self._drawn(shown)
        if self._shows_teeth:
            painted = self._with_own(painted, shown, x[seen], y[seen])
        part = np.minimum(cover[seen], 1)[:, None]
        skin = colours[seen][:, :3]
        colours[seen, :3] = skin + (painted - skin) * part

    def _drawn(self, gap: Gap) -> Field:
        along = gap.along / self._half
        deep = (gap.across - gap.upper) / self._half
        side = np.clip(1 - along**2, 0, 1)[:, None] ** 0.7
        colour = np.broadcast_to(_DARK, (len(along), 3))
        tongue = ease((gap.across - gap.lower) / (0.28 * self._half) + 1) * ease(deep * 4 - 0.8)
        colour = colour + (_TONGUE - colour) * (0.75 * tongue * side[:, 0])[:, None]
        end = _LONG * (1 - 0.55 * along**2) - 0.008 * np.cos(2 * np.pi * along / _BROAD) ** 2
        from_rest = (gap.across - np.interp(gap.along, self._places, self._meeting)) / self._half
        tooth = np.clip((end - from_rest) * self._half / _SOFT, 0, 1) * (np.abs(along) < _BACK)
        between = 1 - 0.06 * np.cos(np.pi * along / _BROAD) ** 16
        colour = colour + (_TOOTH * between[:, None] * side - colour) * tooth[:, None]
        shadow = 0.45 + 0.55 * ease(deep / 0.16)
        return np.asarray(colour * self._light * shadow[:, None], np.float32)

    def _with_own(self, drawn: Field, gap: Gap, x: Field, y: Field) -> Field:
        upper = np.interp(gap.along, self._places, self._upper)
        lower = np.interp(gap.along, self._places, self._lower)
        own = np.minimum(gap.across - upper, lower - gap.across)
        height, width = self._photo.shape[:2]
        rows = np.clip(y + 0.5, 0, height - 1).astype(int)
        photo = self._photo[rows, np.clip(x + 0.5, 0, width - 1).astype(int)]
        part = np.clip((own - 0.5) / 2, 0, 1)[:, None]
        return np.asarray(drawn + (photo - drawn) * part, np.float32)


def _skin(photo: Picture, columns: Columns, half: float) -> float:
    """Return how bright the skin around the mouth is, 0 to 255."""
    reach = 1.6 * half
    height, width = photo.shape[:2]
    top, bottom = np.clip([columns.y - reach, columns.y + reach], 0, height - 1).astype(int)
    left, right = np.clip([columns.x - reach, columns.x + reach], 0, width - 1).astype(int)
    return float(np.percentile(photo[top : bottom + 1, left : right + 1].mean(2), 60))
