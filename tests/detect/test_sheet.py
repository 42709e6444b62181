"""A sheet of pictures says which are real, and has no empty places that it could do without."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image

from discriminator.detect import sheet
from discriminator.detect.splits import FAKE, REAL

if TYPE_CHECKING:
    from pathlib import Path

    from discriminator.faces import Picture

SIDE, HEAD = 20, 32


def grey(shade: int) -> Picture:
    return np.full((SIDE, SIDE, 3), shade, np.uint8)


@pytest.mark.parametrize(
    ("reals", "fakes", "rows"), [(4, 30, 1 + 2), (9, 8, 2 + 2), (3, 0, 1), (0, 1, 1)]
)
def test_rows_are_full_where_they_can_be(tmp_path: Path, reals: int, fakes: int, rows: int) -> None:
    kinds = {REAL: [60] * reals, FAKE: [200] * fakes}
    sheet.write(tmp_path / "sheet.png", kinds, grey, across=4)
    with Image.open(tmp_path / "sheet.png") as shown:
        pixels = np.asarray(shown)
    heads = (reals > 0) + (fakes > 0)
    assert pixels.shape == (HEAD * heads + SIDE * rows, 4 * SIDE, 3)
    if reals >= 4:
        assert (pixels[HEAD : HEAD + SIDE] == 60).all()


def test_reals_stand_above_fakes_each_under_its_name(tmp_path: Path) -> None:
    sheet.write(tmp_path / "sheet.png", {REAL: [60] * 4, FAKE: [200] * 4}, grey, across=4)
    with Image.open(tmp_path / "sheet.png") as shown:
        pixels = np.asarray(shown).astype(int)
    assert (pixels[-SIDE:] == 200).all()
    upper, lower = pixels[:HEAD], pixels[HEAD + SIDE : 2 * HEAD + SIDE]
    assert (upper[..., 2] - upper[..., 0]).max() > 100  # blue letters
    assert (lower[..., 0] - lower[..., 2]).max() > 100  # orange ones


def test_of_nothing_there_is_no_sheet(tmp_path: Path) -> None:
    sheet.write(tmp_path / "sheet.png", {REAL: [], FAKE: []}, grey, across=4)
    assert not (tmp_path / "sheet.png").exists()
