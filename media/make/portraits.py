"""Draws the portraits of nobody that `discriminator dataset make` turns into practice clips.

    python media/make/portraits.py

They are kept in the package, so that nobody needs OpenGL to practise.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import nobody
import numpy as np
from nobody import Expression, Identity, Pose
from PIL import Image, ImageFilter

if TYPE_CHECKING:
    from numpy.typing import NDArray

FOLDER = Path(__file__).parents[2] / "discriminator/detect/nobodies"
PEOPLE = 12
SIDE = 512
QUALITY = 90
ADULT = 0.0
HIGHEST = 255


def main() -> None:
    """Draw them all."""
    FOLDER.mkdir(exist_ok=True)
    for number in range(PEOPLE):
        path = FOLDER / f"nobody-{number + 1:02}.jpg"
        Image.fromarray(drawn(number)).save(path, quality=QUALITY)
        print(path.name)


def drawn(number: int) -> NDArray[np.uint8]:
    """Return the portrait of one nobody before a blurred wall, (512, 512, 3)."""
    dice = np.random.default_rng([number, SIDE])
    yaw, pitch, roll = dice.normal(0, (0.10, 0.05, 0.03)).tolist()
    does = Expression(smile=float(dice.uniform(0, 0.4)), brows=float(dice.normal(0, 0.2)))
    side = float(dice.choice([-1, 1]))
    light = (0.7 * side, float(dice.uniform(0.4, 0.8)), 0.66)
    who = Identity.of(100 + number, young=ADULT)
    head = nobody.portrait(who, does, Pose(yaw, pitch, roll), size=SIDE, light=light, fineness=3)
    cover = head[..., 3:].astype(np.float32) / HIGHEST
    mixed = head[..., :3] * cover + wall(dice) * (1 - cover)
    return np.asarray(mixed.round(), np.uint8)


def wall(dice: np.random.Generator) -> NDArray[np.float32]:
    """Return something out of focus, (512, 512, 3)."""
    patches = dice.uniform(60, 190, (5, 5, 1)) + dice.uniform(-18, 18, (5, 5, 3))
    small = Image.fromarray(patches.astype(np.uint8))
    large = small.resize((SIDE, SIDE), Image.Resampling.BICUBIC)
    return np.asarray(large.filter(ImageFilter.GaussianBlur(24)), np.float32)


if __name__ == "__main__":
    main()
