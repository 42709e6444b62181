"""Draws the photo album of chapter 3: `python media/make/album.py`.

No family gave its pictures, so 32 are drawn of people who do not exist. Each carries what a real
one would carry on a photo site (date, licence, owner, tag), and what a machine found on it.
Writes `media/album/*.webp` and `media/data/album.json`.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import album_views as views
import skia
from album_views import HIGH, WIDE
from look import painted, warmth
from nobody import REST, Expression, Identity, Pose
from shots.people import STRAIGHT, Sitter, stand
from shots.photographs import AUNT, BOY, COUSIN, FRIEND, LAUGH, SMILE, UNCLE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

MEDIA = Path(__file__).parents[1]
QUALITY = 82
OWNER = {"license": "by-sa", "nsid": "00000000@N00", "path_alias": "nobody-at-all"}

# Of the tracker's 478 points, the 68 that older recognisers use: jaw, brows, nose, eyes, mouth.
POINTS = (
    162, 234, 93, 58, 172, 136, 149, 148, 152, 377, 378, 365, 397, 288, 323, 454, 389,
    71, 63, 105, 66, 107, 336, 296, 334, 293, 301,
    168, 197, 5, 4, 75, 97, 2, 326, 305,
    33, 160, 158, 133, 153, 144, 362, 385, 387, 263, 373, 380,
    61, 39, 37, 0, 267, 269, 291, 405, 314, 17, 84, 181, 78, 82, 13, 312, 308, 317, 14, 87,
)  # fmt: skip

BRIDE = replace(Identity.of(41, young=0.15), cloth=(0.80, 0.77, 0.72))
GROOM = replace(Identity.of(52, young=0.0), cloth=(0.02, 0.02, 0.03))
NEIGHBOUR = Identity.of(63, young=0.0)
MAKER = Identity.of(27, young=0.1)
SURPRISE = Expression(jaw=0.35, lids=(1.0, 1.0), brows=0.8, smile=0.3)


@dataclass(frozen=True)
class Person:
    """Somebody in a picture: who, where (middle and side in px of 840 x 560), in what mood."""

    who: Identity
    x: float
    y: float
    side: float
    does: Expression = SMILE
    turned: Pose = STRAIGHT


@dataclass(frozen=True)
class Photo:
    """A picture of the album."""

    name: str
    taken: str
    tagged: str
    view: str
    people: tuple[Person, ...]
    alt: str
    cue: str | None = None
    """The moment of the narration at which it comes near."""


def someone(seed: int, x: float, y: float = 400, side: float = 420, **more: Any) -> Person:  # noqa: ANN401 - the fields of a person
    """One of endlessly many nobodies."""
    young = more.pop("young", None)
    return Person(Identity.of(seed, young=young), x, y, side, **more)


LEFT, RIGHT = Pose(yaw=-0.24, roll=0.06), Pose(yaw=0.24, roll=-0.06)
PHOTOS = (
    Photo("cake", "Mar 2006", "party", "hall", (Person(COUSIN, 420, 380, 430, LAUGH),),
          "A girl at a birthday table under paper flags."),
    Photo("vows", "Jun 2006", "wedding", "tent", (
        someone(71, 300, turned=RIGHT), someone(72, 560, 410, 400, turned=LEFT)),
          "Two guests under strings of lights."),
    Photo("sledge", "Jan 2007", "family", "snow", (Person(BOY, 420, 390, 430, LAUGH),),
          "A boy in the snow, laughing."),
    Photo("shore", "Aug 2007", "family", "beach", (
        Person(AUNT, 520, 390, 460, SMILE, LEFT), Person(BOY, 290, 430, 350, LAUGH, RIGHT)),
          "An aunt and a boy at the sea in late sun."),
    Photo("tree", "May 2007", "family", "garden", (someone(13, 300), someone(24, 560, turned=LEFT)),
          "Two people under a tree in blossom."),
    Photo("toast", "Sep 2007", "wedding", "tent", (
        Person(UNCLE, 310, 390, 450, LAUGH), someone(75, 580, 410, 410, turned=LEFT)),
          "An uncle and a guest at a long table at night."),
    Photo("lampshade", "Dec 2007", "party", "room", (
        someone(81, 270, does=LAUGH), Person(FRIEND, 560, 410, 400, LAUGH, LEFT)),
          "Two people laughing in a living room."),
    Photo("lantern", "Nov 2010", "family", "night", (Person(COUSIN, 470, 400, 430, SMILE, LEFT),),
          "A child at night with a paper lantern.", "photo_1"),
    Photo("bride", "Jul 2010", "wedding", "tent", (
        Person(BRIDE, 440, 380, 480, LAUGH, Pose(yaw=0.34, roll=-0.08)),),
          "A bride in a veil, laughing at someone outside the picture.", "photo_2"),
    Photo("sink", "Feb 2010", "family", "kitchen", (Person(AUNT, 400, 370, 460, REST, LEFT),),
          "An aunt at a kitchen sink, by a window.", "photo_3"),
    Photo("flash", "Dec 2010", "party", "flash", (
        Person(FRIEND, 190, 410, 400, LAUGH, RIGHT), someone(33, 430, 390, 420, does=SURPRISE),
        Person(UNCLE, 660, 400, 430, SMILE, LEFT)),
          "Three people at a party, in the light of a flash.", "photo_4"),
    Photo("mirror", "Apr 2010", "family", "mirror", (Person(MAKER, 420, 350, 380, REST),),
          "Somebody with a camera, in a mirror.", "photo_5"),
    Photo("pier", "Aug 2010", "family", "beach", (Person(UNCLE, 440, 390, 460, SMILE),),
          "An uncle by the sea."),
    Photo("blossom", "May 2010", "family", "garden", (Person(NEIGHBOUR, 420, 390, 450, SMILE),),
          "A neighbour in the garden."),
    Photo("hike", "Jul 2010", "family", "mountain", (
        someone(91, 300, does=LAUGH), someone(92, 560)),
          "Two people before a mountain lake."),
    Photo("sparklers", "Dec 2010", "party", "night", (
        someone(93, 440, turned=LEFT), someone(94, 680, does=LAUGH)),
          "Two people at night with a lantern."),
    Photo("porch", "Sep 2011", "family", "garden", (
        Person(NEIGHBOUR, 290, 400, 430, SMILE, RIGHT), Person(COUSIN, 550, 430, 360, LAUGH)),
          "A neighbour and a girl in the garden."),
    Photo("first-dance", "Aug 2011", "wedding", "tent", (
        Person(BRIDE, 310, 390, 440, SMILE, RIGHT), Person(GROOM, 570, 380, 450, SMILE, LEFT)),
          "Bride and groom, close together."),
    Photo("aisle", "Aug 2011", "wedding", "tent", (Person(GROOM, 420, 380, 450, SMILE),),
          "A groom, waiting."),
    Photo("bouquet", "Aug 2011", "wedding", "garden", (
        someone(101, 270, does=LAUGH), someone(102, 560, 400, does=SURPRISE)),
          "Two guests who look up at something that flies."),
    Photo("karaoke", "Feb 2011", "party", "hall", (someone(103, 420, 390, 440, does=SURPRISE),),
          "Somebody sings under paper flags."),
    Photo("costume", "Oct 2011", "party", "room", (
        someone(104, 260, 410, 400), someone(105, 520, 420, 390, does=LAUGH)),
          "Two people dressed up in a living room."),
    Photo("window", "Nov 2011", "family", "kitchen", (Person(BOY, 420, 400, 420, REST),),
          "A boy by the kitchen window.", "photo_6"),
    Photo("balloons", "Mar 2011", "party", "hall", (
        Person(BOY, 270, 420, 370, LAUGH), Person(FRIEND, 560, 410, 390, LAUGH)),
          "Two children at a birthday."),
    Photo("ridge", "Jul 2011", "family", "mountain", (Person(UNCLE, 420, 380, 450, SMILE, LEFT),),
          "An uncle in the mountains."),
    Photo("snowman", "Jan 2011", "family", "snow", (
        Person(COUSIN, 290, 410, 390, LAUGH, RIGHT), Person(AUNT, 560, 390, 430, SMILE, LEFT)),
          "A girl and her aunt in the snow."),
    Photo("sofa", "Dec 2012", "family", "room", (Person(NEIGHBOUR, 420, 390, 450, REST),),
          "A neighbour on a sofa."),
    Photo("midnight", "Dec 2012", "party", "flash", (
        someone(111, 280, does=LAUGH), someone(112, 560, does=LAUGH)),
          "Two people at midnight, in the light of a flash."),
    Photo("visit", "Apr 2013", "family", "room", (someone(113, 420, 390, 450, young=0.1),),
          "Somebody smiles at the camera in a living room."),
    Photo("cousins", "Jun 2013", "family", "beach", (
        Person(COUSIN, 300, 420, 370, LAUGH), Person(FRIEND, 560, 410, 380, LAUGH)),
          "Two cousins by the sea."),
    Photo("garden-party", "Jul 2013", "party", "garden", (
        someone(114, 200, 420, 360), someone(115, 430, 410, 370, does=LAUGH),
        someone(116, 660, 420, 360)),
          "Three people in a garden."),
    Photo("second-wedding", "Sep 2013", "wedding", "tent", (Person(AUNT, 430, 380, 450, LAUGH),),
          "An aunt laughs under strings of lights."),
)  # fmt: skip


def main() -> None:
    """Draw every picture and write what a machine found on it."""
    folder = MEDIA / "album"
    folder.mkdir(exist_ok=True)
    album = [draw(photo, folder) for photo in PHOTOS]
    text = json.dumps({"wide": WIDE, "high": HIGH, "photos": album}, indent=1)
    (MEDIA / "data" / "album.json").write_text(text + "\n", encoding="utf-8")
    size = sum(file.stat().st_size for file in folder.glob("*.webp"))
    print(f"{len(album)} pictures, {size / 1e6:.2f} MB")


def draw(photo: Photo, folder: Path) -> dict[str, Any]:
    """Draw one picture; returns its record."""
    found: list[dict[str, Any]] = []
    paint = _painter(photo, found)
    picture = painted(WIDE, HIGH, paint)
    (folder / f"{photo.name}.webp").write_bytes(
        bytes(picture.encodeToData(skia.EncodedImageFormat.kWEBP, QUALITY))
    )
    print(f"{photo.name}: {len(found)} of {len(photo.people)} found")
    told = {"name": photo.name, "date": photo.taken, "year": int(photo.taken[-4:])}
    told |= OWNER | {"tagged": photo.tagged, "alt": photo.alt, "people": found}
    return told | ({"cue": photo.cue} if photo.cue else {})


def _painter(photo: Photo, found: list[dict[str, Any]]) -> Callable[[skia.Canvas], None]:
    view = views.VIEWS[photo.view]

    def paint(canvas: skia.Canvas) -> None:
        view.behind(canvas, photo.name)
        for number, person in enumerate(photo.people):
            if photo.name == "bride":
                views.veil(canvas, person.x, person.y, person.side)
            found.extend(_stand(canvas, photo, number, person))
        view.before(canvas, photo.name)
        if photo.name == "bride":
            views.lace(canvas, photo.people[0].x, photo.people[0].y, photo.people[0].side)

    return paint


def _stand(
    canvas: skia.Canvas, photo: Photo, number: int, person: Person
) -> Iterator[dict[str, Any]]:
    """Draw somebody; gives the face, if a tracker finds one on the figure."""
    view = views.VIEWS[photo.view]
    name = f"album-{photo.name}-{number}"
    sitter = Sitter(name, person.who, person.does, person.turned, light=view.light, size=480)
    try:
        points = sitter.points[list(POINTS), :2]
    except LookupError:
        canvas.drawImageRect(sitter.portrait, skia.Rect.MakeXYWH(*_square(person)))
        return
    face = stand(canvas, sitter, person.x, person.y, person.side, warmth(view.warmth))
    left, top, side, _ = _square(person)
    yield {
        "box": _whole(face.makeOutset(0.12 * face.width(), 0.08 * face.height())),
        "crop": _whole(face.makeOutset(0.42 * face.width(), 0.40 * face.height())),
        "points": [[round(left + x * side), round(top + y * side)] for x, y in points.tolist()],
    }


def _square(person: Person) -> tuple[float, float, float, float]:
    return person.x - person.side / 2, person.y - person.side / 2, person.side, person.side


def _whole(rect: skia.Rect) -> list[int]:
    """Left, top, width and height in whole px inside the picture."""
    left, top = max(rect.left(), 2), max(rect.top(), 2)
    right, bottom = min(rect.right(), WIDE - 2), min(rect.bottom(), HIGH - 2)
    return [round(left), round(top), round(right - left), round(bottom - top)]


if __name__ == "__main__":
    main()
