"""Nobody: a face that a tracker takes for one, and always the same."""

import nobody
import numpy as np
import pytest
from numpy.typing import NDArray


@pytest.mark.soak  # renders many faces
def test_nobody_has_a_face_that_a_tracker_finds() -> None:
    who = nobody.Identity.of(3)
    shut = nobody.landmarks(nobody.portrait(who, nobody.Expression(), size=256))
    wide = nobody.landmarks(nobody.portrait(who, nobody.Expression(jaw=0.9), size=256))
    asleep = nobody.landmarks(nobody.portrait(who, nobody.ASLEEP, size=256))
    assert shut is not None
    assert wide is not None
    assert asleep is not None
    assert shut.shape == (478, 3)

    def gap(points: NDArray[np.float32], upper: int, lower: int) -> float:
        return float(np.linalg.norm(points[upper] - points[lower]))

    assert gap(wide, 13, 14) > 3 * max(gap(shut, 13, 14), 1)
    assert gap(asleep, 159, 145) < 0.7 * gap(shut, 159, 145)


def test_nobody_is_always_the_same_nobody() -> None:
    assert nobody.Identity.of(5) == nobody.Identity.of(5)
    assert nobody.Identity.of(5) != nobody.Identity.of(6)
    once, again = (nobody.portrait(nobody.Identity.of(5), size=48) for _ in range(2))
    assert (once == again).all()
    assert once[..., 3].max() == 255
    assert once[0, 0, 3] == 0
