from __future__ import annotations

import numpy as np
import pytest
from skimage.data import astronaut

from discriminator.faces import warp

PHOTO = astronaut()
CORNERS = np.array([[0, 0], [511, 0], [0, 511], [511, 511]], float)
NOSE = np.array([[225.0, 128.0]])


def test_the_plate_takes_every_place_where_it_should() -> None:
    before = np.vstack([CORNERS, NOSE])
    after = np.vstack([CORNERS, NOSE + np.array([12, -7])])
    assert warp.thin_plate(before, after)(before) == pytest.approx(after, abs=1e-6)


def test_a_stiff_plate_gives_way_less() -> None:
    before = np.vstack([CORNERS, NOSE])
    after = np.vstack([CORNERS, NOSE + np.array([12, 0])])
    loose, stiff = (warp.thin_plate(before, after, stiffness=s)(NOSE)[0, 0] for s in (0, 1e4))
    assert loose - 225 == pytest.approx(12)
    assert 0 < stiff - 225 < 12


def test_triangles_are_affine_inside_and_still_outside() -> None:
    corner = np.array([[0, 0], [10, 0], [0, 10]], float)
    field = warp.triangles(corner, corner * 2.0 + 5.0)
    assert field(np.array([[2.0, 3.0], [30.0, 30.0]])) == pytest.approx(
        np.array([[9.0, 11.0], [30.0, 30.0]])
    )


def test_a_place_that_stays_leaves_the_picture_as_it_is() -> None:
    before = np.vstack([CORNERS, NOSE])
    assert np.array_equal(warp.piecewise(PHOTO, before, before), PHOTO)


def test_a_mark_moves_with_its_place() -> None:
    picture = np.zeros((101, 101, 3), np.uint8)
    picture[48:53, 48:53] = 255
    frame = np.array([[0, 0], [100, 0], [0, 100], [100, 100]], float)
    moved = warp.piecewise(picture, np.vstack([frame, [[50, 50]]]), np.vstack([frame, [[62, 41]]]))
    weight = moved[..., 0].astype(float)
    rows, columns = np.indices(weight.shape)
    centre = (columns * weight).sum() / weight.sum(), (rows * weight).sum() / weight.sum()
    assert centre == pytest.approx((62, 41), abs=1.0)


def test_colours_between_pixels_are_mixed() -> None:
    picture = np.array([[[0, 0, 0], [100, 200, 50]]], np.uint8)
    assert warp.resample(picture, np.array([[[0.5, 0.0]]])).tolist() == [[[50, 100, 25]]]
