"""How a voice moves a face: jaw, lips, lids and head for every picture."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from discriminator.lipsync.hearing import Curve, hear, smooth
from discriminator.lipsync.voice import FRAMES

if TYPE_CHECKING:
    from discriminator.lipsync.hearing import Hearing
    from discriminator.lipsync.voice import Voice


class Viseme(NamedTuple):
    """What the mouth does for a sound."""

    jaw: float
    """0 (shut) to 1."""
    wide: float
    """-1 (lips rounded) to 1 (drawn apart)."""


SHUT, TEETH = Viseme(0.0, 0.0), Viseme(0.13, 0.1)
VISEMES = {
    **dict.fromkeys(["p", "b", "m", "pau"], SHUT),
    **dict.fromkeys(["f", "v"], TEETH),
    **dict.fromkeys(["t", "d", "n", "l"], Viseme(0.32, 0.15)),
    **dict.fromkeys(["th", "dh"], Viseme(0.30, 0.1)),
    **dict.fromkeys(["s", "z"], Viseme(0.18, 0.35)),
    **dict.fromkeys(["sh", "zh", "ch", "jh"], Viseme(0.24, -0.5)),
    **dict.fromkeys(["k", "g", "ng", "hh"], Viseme(0.38, 0.05)),
    **dict.fromkeys(["aa", "ay"], Viseme(1.0, 0.05)),
    **dict.fromkeys(["ao", "aw", "oy"], Viseme(0.85, -0.45)),
    **dict.fromkeys(["uh", "er", "r"], Viseme(0.42, -0.45)),
    **dict.fromkeys(["ih", "y"], Viseme(0.45, 0.4)),
    "ae": Viseme(0.9, 0.35),
    "ah": Viseme(0.7, 0.05),
    "ax": Viseme(0.5, 0.0),
    "eh": Viseme(0.7, 0.35),
    "ey": Viseme(0.6, 0.5),
    "iy": Viseme(0.38, 0.75),
    "ow": Viseme(0.65, -0.7),
    "uw": Viseme(0.32, -0.95),
    "w": Viseme(0.25, -1.0),
}
"""By ARPAbet's names."""

LETTERS = {
    **{letter: VISEMES[letter] for letter in "pbmfvtdnlszkgrwy"},
    **dict.fromkeys("cqx", VISEMES["k"]),
    "a": VISEMES["ae"],
    "e": VISEMES["eh"],
    "h": VISEMES["hh"],
    "i": VISEMES["ih"],
    "j": VISEMES["jh"],
    "o": VISEMES["ow"],
    "u": VISEMES["uw"],
}
"""Where only the words are known; of letters that are not spoken alone, the likeliest sound."""

_SETTLE = 0.4
"""Seconds in which the head begins to move and comes to rest again."""
_EDGE = (0.0, 0.45, 0.85)
"""How far a mouth may open so many pictures from a pause: it shuts before the silence begins."""
_BLINK = (0.45, 1.0, 0.95, 0.6, 0.25)
"""How far the lids are down in the pictures of one blink."""
_BETWEEN = (2.2, 4.6)
"""Seconds between two blinks."""


@dataclass(frozen=True)
class Act:
    """The curves of a face; each (frames,)."""

    jaw: Curve
    """0 (shut) to 1."""
    wide: Curve
    """-1 to 1."""
    lids: Curve
    """0 (as in the photo) to 1 (shut)."""
    aside: Curve
    """The head's way to the right, down, and its lean; about -1 to 1."""
    down: Curve
    lean: Curve
    breath: Curve
    """0 to 1."""


def act(voice: Voice) -> Act:
    """Return what a face does while it says this; the same voice moves it the same way."""
    heard = hear(voice)
    jaw, wide = _speak(voice, heard)
    seconds = np.arange(voice.frames) / FRAMES
    calm = _calm(voice.frames)
    stress = smooth(heard.loud, 4) * calm
    return Act(
        jaw=jaw,
        wide=wide,
        lids=_blinks(voice.frames),
        aside=calm * _sway(seconds, 0.21, 0.13),
        down=calm * (0.5 * _sway(seconds, 0.17, 0.29)) + 0.8 * stress,
        lean=calm * _sway(seconds, 0.15, 0.11),
        breath=calm * (0.5 - 0.5 * np.cos(2 * np.pi * seconds / 3.8)),
    )


def _speak(voice: Voice, heard: Hearing) -> tuple[Curve, Curve]:
    known = _shapes(voice)
    open_, wide = heard.loud * (1 - 0.5 * heard.hiss), 0.5 * heard.bright
    if known is not None:
        open_ = heard.loud**0.8 * (0.22 + 0.78 * known[0])
        open_[known[0] == 0] = 0
        wide = 0.8 * known[1] + 0.2 * heard.bright
    jaw = smooth(open_, 0.8) * lips_rest(heard)
    return np.clip(jaw / max(np.percentile(jaw, 98), 1e-6), 0, 1), smooth(wide * heard.loud, 1.5)


def _shapes(voice: Voice) -> tuple[Curve, Curve] | None:
    """Return jaw and wide of what is said at the middle of every picture, if that is known."""
    spans = [(phone.phone, phone.start, phone.end) for phone in voice.phones]
    shapes = [(VISEMES.get(name, VISEMES["ax"]), a, b) for name, a, b in spans] or _spelt(voice)
    if not shapes:
        return None
    middles = (np.arange(voice.frames) + 0.5) / FRAMES
    jaw, wide = np.full(voice.frames, VISEMES["ax"].jaw), np.zeros(voice.frames)
    for viseme, start, end in shapes:
        now = (middles >= start) & (middles < end)
        if not now.any():  # shorter than a picture, but lips that meet have to be seen
            now[np.abs(middles - (start + end) / 2).argmin()] = True
        jaw[now], wide[now] = viseme
    return jaw, wide


def _spelt(voice: Voice) -> list[tuple[Viseme, float, float]]:
    shapes = []
    for word in voice.words:
        letters = [LETTERS[letter] for letter in word.word.lower() if letter in LETTERS]
        edges = np.linspace(word.start, word.end, len(letters) + 1).tolist()
        shapes += list(zip(letters, edges[:-1], edges[1:], strict=True))
    return shapes


def lips_rest(heard: Hearing) -> Curve:
    """Return how far the mouth may open: shut in pauses, and at both ends."""
    silent = np.concatenate([[True], heard.pause, [True]])
    places, pauses = np.arange(len(silent)), np.flatnonzero(silent)
    # Both ends are silent, so that each place has a pause before and after it, or is in one.
    after = pauses[np.searchsorted(pauses, places)]
    before = pauses[np.searchsorted(pauses, places, "right") - 1]
    away = np.minimum(after - places, places - before)[1:-1]
    allowed: Curve = np.array([*_EDGE, 1.0])[np.minimum(away, len(_EDGE))]
    return allowed


def _calm(frames: int) -> Curve:
    """Return 0 at both ends and 1 in between: the face begins and ends as in the photo."""
    near = np.minimum(np.arange(frames), np.arange(frames)[::-1]) / (_SETTLE * FRAMES)
    eased = np.clip(near, 0, 1)
    return np.asarray(eased * eased * (3 - 2 * eased))


def _sway(seconds: Curve, slow: float, slower: float) -> Curve:
    two = np.sin(2 * np.pi * slow * seconds) + np.sin(2 * np.pi * slower * seconds + 1.3)
    return np.asarray(two / 2)


def _blinks(frames: int) -> Curve:
    dice = np.random.default_rng(7)
    lids = np.zeros(frames)
    start = int(1.3 * FRAMES)
    while start + len(_BLINK) < frames - FRAMES // 2:
        lids[start : start + len(_BLINK)] = _BLINK
        start += int(dice.uniform(*_BETWEEN) * FRAMES)
    return lids
