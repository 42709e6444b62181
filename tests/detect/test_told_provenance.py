"""What a file says of itself: believed where nobody gains by it, and nowhere else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from discriminator import detect
from discriminator.detect import provenance as judging
from discriminator.video import credentials, ffmpeg, history, provenance
from discriminator.video.errors import UnreadableVideoError
from discriminator.video.history import History
from discriminator.video.provenance import SYNTHETIC, Statement

if TYPE_CHECKING:
    from pathlib import Path

CAPTURE = SYNTHETIC.replace("trainedAlgorithmicMedia", "digitalCapture")
SILENT = History(None, None, ())


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("clips") / "clip.mp4"
    ffmpeg.run(["-f", "lavfi", "-i", "testsrc2=s=96x96:d=1:r=10", "-c:v", "libx264", str(path)])
    return path


def retold(clip: Path, to: Path, **tags: str) -> Path:
    """A copy with other metadata."""
    told = [word for name, value in tags.items() for word in ("-metadata", f"{name}={value}")]
    keep = ["-movflags", "use_metadata_tags"]
    ffmpeg.run(["-i", str(clip), "-c", "copy", *told, *keep, str(to)])
    return to


def test_a_signed_synthetic_clip_is_taken_at_its_word(
    clip: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(credentials.PLACE, str(tmp_path / "signer"))
    provenance.sign_synthetic(clip, tmp_path / "signed.mp4", "A test")
    score = detect.score(tmp_path / "signed.mp4", "provenance")
    assert score.leaning == "fake"
    assert score.signals[0].words == (
        "Its Content Credentials say that a program made it up (Discriminator)."
    )
    joined = detect.score(tmp_path / "signed.mp4")
    assert joined.leaning == "fake"  # though nobody is seen in it


def test_credentials_that_nobody_vouches_for_are_no_evidence_for_real() -> None:
    untrusted = Statement("Camera", (CAPTURE,), "Someone", valid=True, trusted=False)
    with pytest.raises(detect.Abstention, match="no list of the trusted"):
        judging.weighed(untrusted, SILENT)
    changed = Statement("Camera", (CAPTURE,), "Someone", valid=False, trusted=False)
    with pytest.raises(detect.Abstention, match="was changed after"):
        judging.weighed(changed, SILENT)
    trusted = Statement("Camera", (CAPTURE,), "A maker", valid=True, trusted=True)
    assert judging.weighed(trusted, SILENT).fake < 0.1
    edited = Statement("Camera", (CAPTURE, SYNTHETIC), "A maker", valid=True, trusted=True)
    assert judging.weighed(edited, SILENT).fake > 0.9


def test_missing_credentials_are_no_evidence_for_fake(clip: Path) -> None:
    score = detect.score(clip, "provenance")
    assert score.fake is None
    assert score.abstained is not None
    assert score.abstained.startswith("The file carries no Content Credentials, as most do not.")
    assert "A converter has written it anew" in score.abstained


@pytest.mark.parametrize(
    ("tags", "declared"),
    [
        ({"comment": "Synthetic: a program moved this mouth."}, "Synthetic"),
        ({"description": "digitalSourceType=trainedAlgorithmicMedia"}, "trainedAlgorithmicMedia"),
        ({"software": "FaceFusion 3.1"}, "FaceFusion"),
        ({"title": "An evening with Synthesia"}, None),
        ({"comment": "Why AI generators worry us"}, None),
    ],
)
def test_metadata_that_say_so_are_believed(
    clip: Path, tmp_path: Path, tags: dict[str, str], declared: str | None
) -> None:
    told = retold(clip, tmp_path / "told.mp4", **tags)
    assert history.read(told).declared == declared
    assert (detect.score(told, "provenance").leaning == "fake") == (declared is not None)


def test_a_camera_that_is_only_named_proves_nothing(clip: Path, tmp_path: Path) -> None:
    told = retold(clip, tmp_path / "told.mp4", make="Leica", model="M11")
    score = detect.score(told, "provenance")
    assert score.fake is None
    assert score.abstained is not None
    assert "It names a camera (Leica M11), which anyone can write." in score.abstained


def test_a_picture_tells_too(tmp_path: Path) -> None:
    told = PngInfo()
    told.add_text("parameters", "a face, Steps: 30, Sampler: Euler a, Seed: 1")
    path = tmp_path / "face.png"
    Image.fromarray(np.zeros((64, 64, 3), np.uint8)).save(path, pnginfo=told)
    assert detect.score(path, "provenance").leaning == "fake"


def test_what_is_no_picture_is_said(tmp_path: Path) -> None:
    path = tmp_path / "clip.mp4"
    path.write_text("no clip")
    with pytest.raises(UnreadableVideoError):
        detect.score(path, "provenance")
