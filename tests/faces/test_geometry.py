"""Measures and moments, against the vectors that the browser's twin is held to as well."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from discriminator import faces

VECTORS = json.loads((Path(__file__).with_name("vectors.json")).read_text(encoding="utf-8"))


def named(case: dict[str, Any]) -> str:
    return str(case.get("name", case.get("box")))


def points_of(case: dict[str, Any]) -> faces.Points:
    points = np.zeros((478, 3), np.float32)
    for index, place in case["points"].items():
        points[int(index)] = place
    return points


@pytest.mark.parametrize("case", VECTORS["faces"], ids=named)
def test_a_face_is_measured(case: dict[str, Any]) -> None:
    points = points_of(case)
    assert faces.eye_openness(points) == pytest.approx(case["eyes"], abs=1e-3)
    assert faces.mouth_openness(points) == pytest.approx(case["mouth"], abs=1e-3)
    assert faces.head_pose(points) == pytest.approx(case["head"], abs=0.05)


@pytest.mark.parametrize("case", VECTORS["crops"], ids=named)
def test_a_crop_is_a_square_within_the_picture(case: dict[str, Any]) -> None:
    box = faces.Box(*case["box"])
    found = faces.crop(box, case["margin"], case["width"], case["height"])
    assert list(found) == case["crop"]


@pytest.mark.parametrize("case", VECTORS["alignments"], ids=named)
def test_a_face_is_aligned(case: dict[str, Any]) -> None:
    (face,) = (one for one in VECTORS["faces"] if one["name"] == case["name"])
    matrix = faces.align(points_of(face), case["size"])
    assert matrix == pytest.approx(np.array(case["matrix"]), abs=1e-2)


@pytest.mark.parametrize("case", VECTORS["blinks"], ids=named)
def test_blinks_are_counted(case: dict[str, Any]) -> None:
    blinks = faces.Blinks()
    seen = [blinks.see(value, n / case["a_second"]) for n, value in enumerate(case["values"])]
    assert [n for n, blinked in enumerate(seen) if blinked] == case["blinks"]


@pytest.mark.parametrize("case", VECTORS["mouths"], ids=named)
def test_openings_of_the_mouth_are_counted(case: dict[str, Any]) -> None:
    mouth = faces.mouth_switch()
    seen = [mouth.see(value) for value in case["values"]]
    assert [n for n, opened in enumerate(seen) if opened] == case["openings"]


def test_a_point_of_no_size_measures_nothing() -> None:
    points = np.zeros((478, 3), np.float32)
    assert faces.eye_openness(points) == (0, 0)
    assert faces.mouth_openness(points) == 0
    assert np.isfinite(faces.head_pose(points)).all()
    assert np.isfinite(faces.align(points, 100)).all()


SIDES = st.integers(1, 4000)
EDGES = st.floats(-5000, 5000)


@given(EDGES, EDGES, st.floats(0, 3000), st.floats(0, 3000), st.floats(0, 2), SIDES, SIDES)
def test_every_crop_holds_a_pixel_of_the_picture(  # noqa: PLR0913, PLR0917 - a box in a picture
    left: float, top: float, wide: float, tall: float, margin: float, width: int, height: int
) -> None:
    box = faces.Box(left, top, left + wide, top + tall)
    x0, y0, x1, y1 = faces.crop(box, margin, width, height)
    assert 0 <= x0 < x1 <= width
    assert 0 <= y0 < y1 <= height
