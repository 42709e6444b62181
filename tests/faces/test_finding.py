"""Faces are found however the picture comes."""

from __future__ import annotations

import io
import subprocess
import sys
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image
from scipy.spatial import Delaunay
from skimage.data import astronaut

from discriminator import faces

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

PHOTO: faces.Picture = astronaut()
TURNED = 0x0112
"""The EXIF tag of how a camera was held."""
FACE = faces.Box(179, 70, 271, 177)
"""Where the astronaut's is."""


def placed(picture: faces.Picture, left: int, top: int, width: int, height: int) -> faces.Picture:
    canvas = np.full((height, width, 3), 110, np.uint8)
    canvas[top : top + picture.shape[0], left : left + picture.shape[1]] = picture
    return canvas


def smaller(times: int) -> faces.Picture:
    return np.asarray(Image.fromarray(PHOTO).reduce(times))


def turned(degrees: float) -> faces.Picture:
    """The astronaut's face alone, seen from aside: its mesh, turned and painted back to front."""
    [face] = faces.find(PHOTO)
    flat, (x, y, z) = face.points[:468, :2], (face.points[:468] - face.points[:468].mean(0)).T
    c, s = np.cos(np.radians(degrees)), np.sin(np.radians(degrees))
    places, depth = 256 + 3 * np.column_stack([x * c + z * s, y]), z * c - x * s
    picture = np.full_like(PHOTO, 110)
    triangles = Delaunay(flat).simplices
    for corners in triangles[np.argsort(-depth[triangles].mean(1))]:
        basis = np.vstack([places[corners].T, np.ones(3)])
        if abs(np.linalg.det(basis)) < 1:
            continue  # seen edge on
        (left, top), (right, bottom) = places[corners].min(0), places[corners].max(0)
        columns, rows = np.meshgrid(
            np.arange(int(left), right + 1), np.arange(int(top), bottom + 1)
        )
        pixels = np.stack([columns, rows, np.ones_like(rows)]).reshape(3, -1)
        shares = np.linalg.solve(basis, pixels)
        inside = (shares >= 0).all(0)
        u, v = np.rint(flat[corners].T @ shares[:, inside]).astype(int)
        across, down = pixels[:2, inside].astype(int)
        picture[down, across] = PHOTO[v, u]
    return picture


def stored(image: Image.Image, kind: str, **options: object) -> bytes:
    file = io.BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def grey16() -> NDArray[np.uint16]:
    return np.asarray(Image.fromarray(PHOTO).convert("L")).astype(np.uint16) * np.uint16(257)


def cut_out() -> Image.Image:
    alpha = np.zeros(PHOTO.shape[:2], np.uint8)
    alpha[20:300, 80:370] = 255
    return Image.fromarray(np.dstack([PHOTO, alpha]))


IMAGE = Image.fromarray(PHOTO)
KINDS = {
    "an array": PHOTO,
    "grey": np.asarray(IMAGE.convert("L")),
    "16 bits": grey16(),
    "16 bits in a file": stored(Image.fromarray(grey16()), "PNG"),
    "floats": PHOTO.astype(np.float32) / 255,
    "alpha": stored(cut_out(), "PNG"),
    "a palette": stored(IMAGE.quantize(128), "PNG"),
    "CMYK": stored(IMAGE.convert("CMYK"), "JPEG"),
    "webp": stored(IMAGE, "WEBP"),
    "animated": stored(IMAGE, "GIF", save_all=True, append_images=[IMAGE.rotate(90)]),
}


@pytest.mark.parametrize("picture", KINDS.values(), ids=KINDS)
def test_every_kind_of_picture_is_read(picture: faces.Source) -> None:
    [face] = faces.find(picture)
    assert face.points.shape == (478, 3)
    assert face.points.dtype == np.float32
    assert face.box.overlap(FACE) > 0.85
    assert face.confidence > 0.8


@pytest.mark.parametrize(("held", "transpose"), [(3, "ROTATE_180"), (6, "ROTATE_90")])
def test_a_turned_photo_is_seen_as_its_owner_sees_it(
    held: int, transpose: str, tmp_path: Path
) -> None:
    lying = IMAGE.transpose(Image.Transpose[transpose])
    lying.getexif()[TURNED] = held
    lying.save(tmp_path / "held.png", exif=lying.getexif())
    [face] = faces.find(tmp_path / "held.png")
    assert face.box.overlap(FACE) > 0.85


@pytest.mark.parametrize("quarters", [1, 2, 3])
def test_a_face_may_lie_or_stand_on_its_head(quarters: int) -> None:
    [face] = faces.find(np.rot90(PHOTO, quarters))
    back = {1: "ROTATE_270", 2: "ROTATE_180", 3: "ROTATE_90"}[quarters]
    upright = Image.fromarray(np.rot90(PHOTO, quarters)).transpose(Image.Transpose[back])
    [straight] = faces.find(upright)
    roll = faces.head_pose(face.points).roll - faces.head_pose(straight.points).roll
    assert (roll + 90 * quarters) % 360 == pytest.approx(0, abs=5) or (
        roll + 90 * quarters
    ) % 360 == pytest.approx(360, abs=5)
    assert face.box.area == pytest.approx(straight.box.area, rel=0.1)


@pytest.mark.parametrize("degrees", [-60, 60])
def test_a_face_may_look_aside(degrees: float) -> None:
    [face] = faces.find(turned(degrees))
    yaw = faces.head_pose(face.points).yaw
    assert abs(yaw) > 30
    assert yaw * degrees < 0  # it looks to where its left or right has come


def test_all_faces_are_found_the_largest_first() -> None:
    picture = placed(PHOTO, 0, 0, 1400, 512)
    picture[100:356, 600:856] = smaller(2)
    picture[100:356, 1000:1256] = smaller(2)[:, ::-1]
    found = faces.find(picture)
    assert len(found) == 3
    assert [face.box.area for face in found] == sorted((f.box.area for f in found), reverse=True)
    assert found[0].box.overlap(FACE) > 0.8


def test_a_small_face_in_a_large_picture_is_found() -> None:
    [face] = faces.find(placed(smaller(4), 1300, 700, 1920, 1080))
    assert face.box.centre == pytest.approx((1300 + 225 / 4, 700 + 123 / 4), abs=5)


@pytest.mark.parametrize("shape", [(64, 64), (1, 1), (300, 5), (700, 900)])
def test_no_face_is_an_empty_list(shape: tuple[int, int]) -> None:
    assert faces.find(np.full((*shape, 3), 120, np.uint8)) == []


BAD = {
    "is not there": "nowhere.png",
    "is no picture": b"GIF89a, or so it says",
    "cut short": stored(IMAGE, "PNG")[:5000],
    "million pixels": stored(Image.new("1", (9000, 8000)), "PNG"),
    "more than 64 million": stored(Image.new("1", (15_000, 15_000)), "PNG"),
    "shape": np.zeros((2, 3, 4, 5), np.uint8),
    "no pixels": np.zeros((0, 7, 3), np.uint8),
}


@pytest.mark.parametrize(("says", "picture"), BAD.items(), ids=BAD)
def test_what_is_no_picture_is_refused_in_a_sentence(says: str, picture: faces.Source) -> None:
    expected = "cannot be opened" if says == "is not there" else says
    with pytest.raises(faces.UnreadablePictureError, match=expected) as refused:
        faces.find(picture)
    assert str(refused.value).endswith(".")


@pytest.mark.parametrize(
    ("why", "says"),
    [
        ("libGL.so.1: cannot open shared object file", "apt install libgl1 libglib2.0-0"),
        ("No module named 'mediapipe'", "pip install mediapipe"),
    ],
)
def test_a_machine_without_the_libraries_is_told_what_to_install(why: str, says: str) -> None:
    script = f"""
import sys
class Missing:
    def find_spec(self, name, path=None, target=None):
        if name == "mediapipe":
            raise ImportError({why!r})
sys.meta_path.insert(0, Missing())
import numpy as np
from discriminator import faces
try:
    faces.find(np.zeros((64, 64, 3), np.uint8))
except faces.NoMeshError as error:
    print(error)
"""
    said = subprocess.check_output([sys.executable, "-c", script], text=True)
    assert says in said


def test_the_finder_is_loaded_when_it_is_used() -> None:
    script = "from discriminator import faces; import sys; print('mediapipe' in sys.modules)"
    assert subprocess.check_output([sys.executable, "-c", script], text=True) == "False\n"
