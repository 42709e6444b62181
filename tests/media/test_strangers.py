"""The detectors without weights on people by whom nothing was chosen, fitted or looked at.

That they tell made clips apart is a check of themselves, and no claim about the world. What a file
says of itself is not asked: made clips say nothing.
"""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import astuple
from typing import TYPE_CHECKING

import portraits
import pytest
from PIL import Image

from discriminator.detect import practice
from discriminator.detect.folders import Folder
from discriminator.detect.registry import SelfCheck, load
from discriminator.detect.scoring import score_all
from discriminator.detect.together import PHYSICAL

if TYPE_CHECKING:
    from pathlib import Path

    from discriminator.detect.scoring import Line

STRANGERS = range(300, 316)
SEED = 11
TRUE = {
    "pulse": {"real": "real", "dub": "real", "mouth": "real", "puppet": "fake", "swap": "fake"},
    "noise": {"real": "real", "dub": "real", "mouth": "fake", "puppet": "fake", "swap": "fake"},
    "sync": {"real": "real", "swap": "real", "blend": "real", "dub": "fake", "mouth": "fake"},
}
"""What each can see of each kind; the others leave a trace or not."""


NEAR = 2
"""Clips that lie so near a threshold that another processor may see them on its other side."""


@pytest.mark.soak
def test_a_card_tells_what_becomes_of_strangers(tmp_path: Path) -> None:
    """Clips are made, and looked at, for minutes."""
    (tmp_path / "people").mkdir()
    for number in STRANGERS:
        drawn = Image.fromarray(portraits.drawn(number))
        drawn.save(tmp_path / "people" / f"nobody-{number}.jpg", quality=portraits.QUALITY)
    tasks, _ = practice.plan(tmp_path / "people", tmp_path / "set", seconds=7.0, seed=SEED)
    names = [done.path.name for done in practice.carry_out(tasks)]
    lines = list(score_all(Folder(str(tmp_path / "set")), names, PHYSICAL, tmp_path / "lines"))
    assert len(lines) == len(STRANGERS) * 6 * len(PHYSICAL)
    for name, told in judged(lines).items():
        sys.stderr.write(f"{name}: {told}\n")
        card = load(name).card.self_check
        assert card is not None
        assert astuple(told) == pytest.approx(astuple(card), abs=NEAR), name


def judged(lines: list[Line]) -> dict[str, SelfCheck]:
    """Return what each detector said of the clips of which it can know the truth."""
    return {name: check([line for line in lines if line.detector == name]) for name in PHYSICAL}


def check(lines: list[Line]) -> SelfCheck:
    """Count what one detector said."""
    counts: Counter[tuple[str, str]] = Counter()
    for line in lines:
        truth = TRUE[line.detector].get(line.file.split("-")[-2])
        if truth:
            counts[truth, said(line)] += 1
    return SelfCheck(
        reals=counts["real", "real"] + counts["real", "fake"],
        accused=counts["real", "fake"],
        fakes=counts["fake", "real"] + counts["fake", "fake"],
        missed=counts["fake", "real"],
        abstained=counts["real", "nothing"] + counts["fake", "nothing"],
    )


def said(line: Line) -> str:
    if line.fake is None:
        return "nothing"
    return "fake" if line.fake >= load(line.detector).card.threshold else "real"
