"""Voices of every kind, made on the spot; faces that speak; a key of our own to sign with."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
import torch
from seeded import Golden
from speaking import SPEECH, astronaut, nobody

from discriminator import lipsync
from discriminator.video import credentials, ffmpeg

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from speaking import Sitter

GOLDEN = Path(__file__).parent / "golden"


@pytest.fixture(scope="session")
def sounding(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """Return a function that writes a sound file from one of ffmpeg's sources."""
    folder = tmp_path_factory.mktemp("sounds")

    def make(name: str, generated: str, *options: str) -> Path:
        path = folder / name
        ffmpeg.run(["-f", "lavfi", "-i", generated, *options, str(path)])
        return path

    return make


@pytest.fixture(scope="session")
def broken_numbers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A WAV file of floats of which some are none."""
    path = tmp_path_factory.mktemp("sounds") / "nan.wav"
    samples = np.sin(np.arange(16_000, dtype=np.float32) / 10)
    samples[1000:1010] = np.nan
    head = b"RIFF" + (36 + samples.nbytes).to_bytes(4, "little") + b"WAVEfmt "
    head += (16).to_bytes(4, "little") + (3).to_bytes(2, "little") + (1).to_bytes(2, "little")
    head += (16_000).to_bytes(4, "little") + (64_000).to_bytes(4, "little")
    head += (4).to_bytes(2, "little") + (32).to_bytes(2, "little")
    path.write_bytes(head + b"data" + samples.nbytes.to_bytes(4, "little") + samples.tobytes())
    return path


@pytest.fixture(scope="session", autouse=True)
def signer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder for this test run's credentials, made by the first that signs."""
    folder = tmp_path_factory.mktemp("data") / "credentials"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(credentials.PLACE, str(folder))
        credentials.load()
        yield folder


@pytest.fixture(scope="session", params=[astronaut, nobody], ids=["astronaut", "nobody"])
def sitter(request: pytest.FixtureRequest) -> Sitter:
    """A face to speak, and the points found on it."""
    sitter: Sitter = request.param()
    return sitter


@pytest.fixture(scope="session")
def short(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The first second and a half of the speech."""
    path = tmp_path_factory.mktemp("voices") / "short.wav"
    ffmpeg.run(["-i", str(SPEECH), "-t", "1.6", str(path)])
    return path


@pytest.fixture(scope="session")
def weights(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A checkpoint of the published layout; what is learnt of it, once, lies beside it."""
    path = tmp_path_factory.mktemp("weights") / "wav2lip.pth"
    tuned = Golden.read(GOLDEN, "wav2lip_generator").tuned
    torch.save({"state_dict": {f"module.{key}": value for key, value in tuned.items()}}, path)
    return path


@pytest.fixture(scope="session")
def narrator(short: Path) -> lipsync.Narrator:
    return lipsync.Narrator(short)
