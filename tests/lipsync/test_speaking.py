"""One front for every engine: consent first, a marked and signed clip last."""

from __future__ import annotations

import io
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import av
import numpy as np
import pytest
from PIL import Image, ImageDraw
from speaking import astronaut

from discriminator import faces, lipsync
from discriminator.lipsync import mark
from discriminator.lipsync.sitting import sit_moving
from discriminator.video import ffmpeg, provenance

if TYPE_CHECKING:
    from collections.abc import Generator

    from discriminator.faces import Picture


def stored(image: Image.Image, kind: str, **options: object) -> bytes:
    file = io.BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


PHOTO = Image.fromarray(astronaut().photo)


def test_a_photo_speaks(narrator: lipsync.Narrator, tmp_path: Path) -> None:
    heard: list[float] = []
    path = tmp_path / "clip.mp4"
    clip = narrator.speak(astronaut().photo, path, consent=True, progress=heard.append)
    assert clip.path == path
    assert (clip.seconds, clip.width, clip.height) == (1.6, 512, 512)
    assert heard == sorted(heard)
    assert heard[-1] == 1
    assert len(heard) == 40
    with av.open(str(path)) as file:
        assert sum(1 for _ in file.decode(video=0)) == 40
        assert file.streams.audio
    assert list(tmp_path.iterdir()) == [path]


def test_a_clip_without_a_path_lives_as_long_as_it_is_held(narrator: lipsync.Narrator) -> None:
    clip = narrator.speak(astronaut().photo, consent=True, points=astronaut().points)
    assert clip.path.stat().st_size > 10_000
    assert "data:video/mp4;base64," in clip._repr_html_()
    path = clip.path
    del clip
    assert not path.exists()


@pytest.mark.parametrize("consent", [False, None, "yes", 1])
def test_nobody_speaks_without_consent(
    narrator: lipsync.Narrator, tmp_path: Path, *, consent: bool
) -> None:
    with pytest.raises(lipsync.ConsentError, match="agrees"):
        narrator.speak(tmp_path / "none.jpg", tmp_path / "clip.mp4", consent=consent)
    assert list(tmp_path.iterdir()) == []


def test_every_clip_says_three_times_what_it_is(narrator: lipsync.Narrator, tmp_path: Path) -> None:
    narrator.speak(astronaut().photo, tmp_path / "clip.mp4", consent=True)
    says = provenance.read(tmp_path / "clip.mp4")
    assert says is not None
    assert says.synthetic
    assert says.valid
    with av.open(str(tmp_path / "clip.mp4")) as file:
        assert "Synthetic" in file.metadata["comment"]
        shown = [frame.to_ndarray(format="rgb24") for frame in file.decode(video=0)]
    expected = astronaut().photo.copy()
    mark.burn(expected)
    high, wide = mark.size(512)
    for frame in shown:
        marked, wanted = frame[-high:, :wide].astype(int), expected[-high:, :wide]
        assert np.abs(marked - wanted).mean() < 12


def test_the_growing_clip_says_so_too_and_is_gone_in_the_end(
    narrator: lipsync.Narrator, tmp_path: Path
) -> None:
    path = tmp_path / "clip.mp4"
    seen: list[bytes] = []

    def look(done: float) -> None:
        if done > 0.9:
            seen.append(lipsync.growing(path).read_bytes())

    narrator.speak(astronaut().photo, path, consent=True, progress=look)
    with av.open(io.BytesIO(seen[-1]), "r") as file:
        assert "Synthetic" in file.metadata["comment"]
        assert len(list(file.decode(video=0))) >= 25
    assert not lipsync.growing(path).exists()


class UnwantedError(Exception):
    pass


def test_it_can_be_stopped_and_leaves_what_was_there(
    narrator: lipsync.Narrator, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "clip.mp4").write_text("an older clip")

    def stop(done: float) -> None:
        if done > 0.5:
            raise UnwantedError

    drawing, draw = [], narrator.engine.frames

    def frames(photo: Picture, points: faces.Points) -> Generator[Picture]:
        try:
            yield from draw(photo, points)
        finally:
            drawing.append("left")

    monkeypatch.setattr(narrator.engine, "frames", frames)
    with pytest.raises(UnwantedError) as held:
        narrator.speak(astronaut().photo, tmp_path / "clip.mp4", consent=True, progress=stop)
    assert drawing == ["left"], held.tb
    assert (tmp_path / "clip.mp4").read_text() == "an older clip"
    assert len(list(tmp_path.iterdir())) == 1


def first_picture(narrator: lipsync.Narrator, photo: faces.Source, path: Path) -> Picture:
    narrator.speak(photo, path, consent=True)
    with av.open(str(path)) as file:
        return next(file.decode(video=0)).to_ndarray(format="rgb24").astype(np.uint8, copy=False)


def cut_out() -> Image.Image:
    return Image.fromarray(np.dstack([astronaut().photo, np.full((512, 512), 255, np.uint8)]))


def held_sideways() -> bytes:
    lying = PHOTO.transpose(Image.Transpose.ROTATE_90)
    exif = lying.getexif()
    exif[0x0112] = 6
    return stored(lying, "PNG", exif=exif)


def noisy() -> bytes:
    """A photo of 20 MB and more."""
    large = np.asarray(PHOTO.resize((3000, 3000)))
    dice = np.random.default_rng(1)
    return stored(Image.fromarray(large ^ dice.integers(0, 64, large.shape, np.uint8)), "PNG")


@pytest.mark.parametrize(
    "photo",
    [
        stored(PHOTO.convert("CMYK"), "JPEG"),
        stored(PHOTO.convert("L"), "PNG"),
        stored(cut_out(), "PNG"),
        stored(PHOTO, "GIF", save_all=True, append_images=[PHOTO.rotate(90)]),
        held_sideways(),
        stored(PHOTO.crop((0, 0, 511, 409)), "PNG"),
    ],
    ids=["CMYK", "grey", "alpha", "animated", "EXIF", "odd"],
)
def test_photos_of_every_kind_speak(
    narrator: lipsync.Narrator, tmp_path: Path, photo: bytes
) -> None:
    picture = first_picture(narrator, photo, tmp_path / "clip.mp4")
    assert picture.shape[0] % 2 == picture.shape[1] % 2 == 0
    [face] = faces.find(picture)
    assert face.box.overlap(faces.around(astronaut().points)) > 0.8


def test_a_large_photo_becomes_a_clip_that_can_be_watched(
    narrator: lipsync.Narrator, tmp_path: Path
) -> None:
    photo = noisy()
    assert len(photo) > 20_000_000
    assert first_picture(narrator, photo, tmp_path / "clip.mp4").shape == (1080, 1080, 3)


def test_one_of_several_faces_is_chosen(narrator: lipsync.Narrator, tmp_path: Path) -> None:
    two = np.concatenate([astronaut().photo, astronaut().photo[:, ::-1]], 1)
    picture = {}
    for face in (0, 1):
        narrator.speak(two, tmp_path / "clip.mp4", consent=True, face=face)
        with av.open(str(tmp_path / "clip.mp4")) as file:
            frames = [f.to_ndarray(format="rgb24").astype(int) for f in file.decode(video=0)]
        picture[face] = np.abs(frames[10] - frames[0]).sum(2)
    halves = [(picture[face][:, :512].sum(), picture[face][:, 512:].sum()) for face in (0, 1)]
    assert (halves[0][0] > halves[0][1]) != (halves[1][0] > halves[1][1])
    with pytest.raises(lipsync.PhotoError, match="number 2: choose 0 to 1"):
        narrator.speak(two, tmp_path / "clip.mp4", consent=True, face=2)


def test_the_largest_of_ten_faces_speaks(narrator: lipsync.Narrator, tmp_path: Path) -> None:
    group = Image.new("RGB", (1080, 560), "gray")
    for number in range(9):
        group.paste(PHOTO.resize((180, 180)), (number % 3 * 180, number // 3 * 180))
    group.paste(PHOTO, (550, 10))
    narrator.speak(group, tmp_path / "clip.mp4", consent=True)
    with av.open(str(tmp_path / "clip.mp4")) as file:
        frames = [f.to_ndarray(format="rgb24").astype(int) for f in file.decode(video=0)]
    moved = np.abs(frames[10] - frames[0]).mean(2)
    assert moved[:, 550:].mean() > 5 * moved[:500, :540].mean()


def test_a_face_behind_sunglasses_speaks(narrator: lipsync.Narrator, tmp_path: Path) -> None:
    cool = PHOTO.copy()
    pen = ImageDraw.Draw(cool)
    for eye in (33, 133), (362, 263):
        (left, y), (right, _) = astronaut().points[list(eye), :2]
        pen.ellipse((left - 14, y - 22, right + 14, y + 26), "black")
    assert first_picture(narrator, cool, tmp_path / "clip.mp4").shape == (512, 512, 3)


def gradient() -> Image.Image:
    return Image.fromarray(np.tile(np.linspace(0, 255, 300, dtype=np.uint8), (300, 1)))


def drawing() -> Image.Image:
    """A face as children draw it."""
    page = Image.new("RGB", (300, 300), "white")
    pen = ImageDraw.Draw(page)
    pen.ellipse((50, 50, 250, 250), outline="black", width=4)
    pen.ellipse((110, 110, 125, 125), "black")
    pen.ellipse((175, 110, 190, 125), "black")
    pen.arc((100, 120, 200, 210), 20, 160, "black", 4)
    return page


BAD = {
    "no face": (stored(gradient(), "PNG"), lipsync.PhotoError, "no face"),
    "a drawing": (stored(drawing(), "PNG"), lipsync.PhotoError, "no face"),
    "50 px": (stored(PHOTO.resize((50, 50)), "PNG"), lipsync.PhotoError, "smaller than 64"),
    "corrupt": (stored(PHOTO, "JPEG")[:900], faces.UnreadablePictureError, "cut short"),
    "text": (b"me", faces.UnreadablePictureError, "no picture"),
    "nothing": (Path("none.jpg"), faces.UnreadablePictureError, "cannot be opened"),
}


@pytest.mark.parametrize(("photo", "error", "says"), BAD.values(), ids=BAD)
def test_a_photo_that_will_not_do_is_refused_in_a_sentence(
    narrator: lipsync.Narrator,
    tmp_path: Path,
    photo: faces.Source,
    error: type[ValueError],
    says: str,
) -> None:
    with pytest.raises(error, match=says) as refused:
        narrator.speak(photo, tmp_path / "clip.mp4", consent=True)
    assert str(refused.value).endswith(".")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("points", [np.zeros((68, 2)), np.full((478, 3), np.nan)])
def test_points_that_are_no_face_are_refused(
    narrator: lipsync.Narrator, tmp_path: Path, points: faces.Points
) -> None:
    with pytest.raises(lipsync.PhotoError, match=r"\(478, 3\)"):
        narrator.speak(astronaut().photo, tmp_path / "clip.mp4", consent=True, points=points)
    wild = astronaut().points + 5000
    with pytest.raises(lipsync.PhotoError, match="outside"):
        narrator.speak(astronaut().photo, tmp_path / "clip.mp4", consent=True, points=wild)


# --- a video as face ------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def moving(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Somebody who sways for 0.8 s, at 30 frames a second."""
    folder = tmp_path_factory.mktemp("videos")
    PHOTO.resize((400, 400)).save(folder / "still.png")
    swaying = "crop=360:360:'20+20*sin(t*6)':20"
    looped = ["-loop", "1", "-framerate", "30", "-i", str(folder / "still.png"), "-vf", swaying]
    ffmpeg.run([*looped, "-t", "0.8", "-pix_fmt", "yuv420p", str(folder / "sways.mp4")])
    return folder / "sways.mp4"


def test_a_video_speaks_and_begins_again_where_it_ends(
    narrator: lipsync.Narrator, moving: Path, tmp_path: Path
) -> None:
    clip = narrator.speak(moving, tmp_path / "clip.mp4", consent=True)
    assert (clip.seconds, clip.width, clip.height) == (1.6, 360, 360)
    with av.open(str(clip.path)) as file:
        shown = [frame.to_ndarray(format="rgb24").astype(int) for frame in file.decode(video=0)]
    assert len(shown) == 40
    forehead = [picture[40:120, 100:260] for picture in shown]
    there, again = (np.abs(forehead[5] - forehead[number]).mean() for number in (15, 25))
    assert again < there / 2
    says = provenance.read(clip.path)
    assert says is not None
    assert says.synthetic


def test_a_face_is_found_in_every_frame_of_a_video(moving: Path) -> None:
    sitters = list(islice(sit_moving(moving, 0), 20))
    for number in (0, 6, 12, 18):
        [seen] = faces.find(sitters[number].photo)
        assert seen.box.overlap(faces.around(sitters[number].points)) > 0.85
    middles = np.array([one.points[:, :2].mean(0) for one in sitters])
    assert np.abs(np.diff(middles, axis=0)).max() < 6
    assert np.ptp(middles[:, 0]) > 5


def test_a_video_without_a_face_is_refused_and_so_is_a_broken_one(
    narrator: lipsync.Narrator, tmp_path: Path, moving: Path
) -> None:
    empty, broken = tmp_path / "empty.mp4", tmp_path / "broken.mp4"
    ffmpeg.run(["-f", "lavfi", "-i", "testsrc=d=0.4:s=320x240", str(empty)])
    broken.write_bytes(moving.read_bytes()[:3000])
    with pytest.raises(lipsync.PhotoError, match="no face"):
        narrator.speak(empty, tmp_path / "clip.mp4", consent=True)
    with pytest.raises(faces.UnreadablePictureError, match="cut short"):
        narrator.speak(broken, tmp_path / "clip.mp4", consent=True)
    assert not (tmp_path / "clip.mp4").exists()
