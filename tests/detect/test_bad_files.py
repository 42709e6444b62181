"""Files as people send them: each is judged, abstained from or refused in a sentence."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image
from skimage.data import astronaut

from discriminator.cli import main
from discriminator.detect import encoding
from discriminator.detect.asking import ask
from discriminator.video import ffmpeg

if TYPE_CHECKING:
    from pathlib import Path

    from discriminator.detect.asking import Answer

ROOM = np.full((96, 128, 3), 90, np.uint8)
FACE = astronaut()[:320, 60:380]
REFUSED = {
    "nothing.mp4": "it is neither a video nor a picture",
    "words.mp4": "it is neither a video nor a picture",
    "cut.mp4": "",  # whichever of its parts is missing decides what is said
    "song.m4a": "holds no picture",
}
ABSTAINED = {
    "room.mp4": "No face was found.",
    "one-frame.mp4": "A pulse needs 6 seconds",
    "portrait.jpg": "A pulse needs 6 seconds",
    "moving.gif": "A pulse needs 6 seconds",
    "eight-k.mp4": "No face was found.",
    "renamed.txt": "No face was found.",
}


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("files")
    encoding.write(folder / "room.mp4", [ROOM] * 30, 25)
    (folder / "nothing.mp4").touch()
    (folder / "words.mp4").write_text("This is no video.\n")
    whole = (folder / "room.mp4").read_bytes()
    (folder / "cut.mp4").write_bytes(whole[: len(whole) // 2])
    (folder / "renamed.txt").write_bytes(whole)
    encoding.write(folder / "one-frame.mp4", [FACE], 25)
    Image.fromarray(FACE).save(folder / "portrait.jpg")
    frames = [Image.fromarray(np.roll(FACE, shift, 1)) for shift in range(4)]
    frames[0].save(folder / "moving.gif", save_all=True, append_images=frames[1:], duration=40)
    sound = ["-f", "lavfi", "-i", "sine=d=1", str(folder / "song.m4a")]
    ffmpeg.run(sound)
    large = ["-f", "lavfi", "-i", "color=gray:s=7680x4320:d=0.08:r=25", "-c:v", "libx264"]
    ffmpeg.run([*large, "-preset", "ultrafast", str(folder / "eight-k.mp4")])
    return folder


@pytest.fixture(scope="module")
def told(files: Path) -> dict[str, Answer]:
    """What the default detector says of all of them, one after the other."""
    paths = [files / name for name in (*REFUSED, *ABSTAINED)]
    return {answer.path.name: answer.without_clip() for answer in ask(paths)}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_video_is_refused(told: dict[str, Answer], name: str) -> None:
    failure = told[name].failure
    assert failure is not None
    assert name in failure
    assert REFUSED[name] in failure
    assert "\n" not in failure


@pytest.mark.parametrize("name", ABSTAINED)
def test_what_cannot_be_judged_is_abstained_from(told: dict[str, Answer], name: str) -> None:
    [score] = told[name].scores
    assert score.fake is None
    assert score.abstained is not None
    assert ABSTAINED[name] in score.abstained


def test_the_rest_goes_on(
    files: Path, told: dict[str, Answer], capsys: pytest.CaptureFixture[str]
) -> None:
    assert set(told) == {*REFUSED, *ABSTAINED}
    names = ["nothing.mp4", "room.mp4", "words.mp4"]
    main(["detect", *(str(files / name) for name in names), "--json"])
    answers = json.loads(capsys.readouterr().out)["files"]
    assert [answer["failure"] is None for answer in answers] == [False, True, False]
