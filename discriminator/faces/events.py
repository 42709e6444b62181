"""Moments in a measure that goes up and down: a blink, a mouth that opens.

`web/src/geometry.ts` counts the same; both are held to `tests/faces/vectors.json`. One threshold
would count every tremble around it, so each edge has two.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp

MOUTH_OPENS, MOUTH_SHUTS = 0.50, 0.35
"""`mouth_openness` above which a mouth is open, and below which it is shut again."""
EYES_OPEN, EYES_SHUT = 0.78, 0.55
"""The same for eyes, in parts of how far this viewer's eyes are open mostly."""
USUAL, LEAST = 0.28, 0.15
"""Mean `eye_openness` of open eyes before a viewer is known, and the least that is believed."""
LEARNING = 2.0
"""Seconds in which most of a change of the usual openness is learnt."""


@dataclass
class Switch:
    """Something that is on above one threshold and off below a lower one; between, it stays."""

    on_above: float
    off_below: float
    on: bool | None = None
    """None until the measure was once outside the two thresholds."""

    def see(self, value: float | None) -> bool:
        """Take the next value; return whether it was switched on by it, having been off.

        None (no face) forgets the state: what comes next is a first sight, and no edge.
        """
        was = self.on
        if value is None:
            self.on = None
        elif value > self.on_above:
            self.on = True
        elif value < self.off_below:
            self.on = False
        return was is False and self.on is True


def mouth_switch() -> Switch:
    """Return the switch that mouth openings are counted with."""
    return Switch(on_above=MOUTH_OPENS, off_below=MOUTH_SHUTS)


class Blinks:
    """Blinks, counted when the eyes reopen.

    Narrow eyes, wide eyes and eyes behind glasses are open to different degrees, so openness is
    judged against `usual`, which follows what is seen: at once upwards, slowly downwards, and not
    while the eyes are shut. The first sight of open eyes is no blink, nor is one after the face was
    gone, nor eyes that were shut at first: they have to have been open before.

    For each value: None sets the state and what was seen before back, keeping `usual`. Otherwise
    `usual` becomes the value if that is larger; else, unless shut, it goes from u towards
    max(value, 0.15) by the part 1 - exp(-dt / 2 s), dt the seconds since the value before, at most
    1 and 0 for the first. Then the parts value / usual are judged by a `Switch` (0.78, 0.55).
    """

    def __init__(self) -> None:
        self.usual = USUAL
        self.eyes = Switch(on_above=EYES_OPEN, off_below=EYES_SHUT)
        self._were_open = False
        self._last: float | None = None

    def see(self, openness: float | None, at: float) -> bool:
        """Take the mean `eye_openness` at a time in seconds; return whether a blink just ended."""
        if openness is None:
            self._were_open, self._last = False, None
            return self.eyes.see(None)
        self._learn(openness, at)
        reopened = self.eyes.see(openness / self.usual) and self._were_open
        self._were_open = self._were_open or self.eyes.on is True
        return reopened

    def _learn(self, openness: float, at: float) -> None:
        passed = min(max(at - self._last, 0.0), 1.0) if self._last is not None else 0.0
        self._last = at
        if openness > self.usual:
            self.usual = openness
        elif self.eyes.on is not False:
            wanted = max(openness, LEAST)
            self.usual += (wanted - self.usual) * (1 - exp(-passed / LEARNING))
