from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from discriminator.video import light

if TYPE_CHECKING:
    from numpy.typing import NDArray


def room(level: int) -> NDArray[np.uint8]:
    return np.full((64, 64, 3), level, np.uint8)


def test_a_dark_clip_is_lifted_to_the_top_of_the_scale() -> None:
    factor = light.gain([room(100), room(100)])
    assert factor == pytest.approx(2.55)
    assert light.brightened(room(100), factor).max() == 255


def test_a_lamp_does_not_hide_that_a_clip_is_dark() -> None:
    with_lamp = room(100)
    with_lamp[0, 0] = 255
    assert light.gain([with_lamp] + [room(100)] * 3) == pytest.approx(2.55)


def test_a_bright_clip_is_left_as_it_is() -> None:
    picture = room(180)
    assert light.gain([picture]) == 1.0
    assert light.brightened(picture, 1.0) is picture


def test_black_is_not_lifted_without_end() -> None:
    assert light.gain([room(0)]) == 4.0


def test_the_whole_clip_is_judged_at_once() -> None:
    assert light.gain([room(90), room(200)]) == 1.0
