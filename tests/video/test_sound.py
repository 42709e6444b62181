from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from discriminator.video import ffmpeg, sound

if TYPE_CHECKING:
    from pathlib import Path

RATE = 16_000
PICTURE = ("-f", "lavfi", "-i", "color=gray:s=64x48:r=10:d=2")
BEEP = "aevalsrc='0.5*sin(880*PI*t)*between(t,1,1.5)':s=48000:d=2:c=stereo"


def test_it_is_heard_when_it_is_seen(tmp_path: Path) -> None:
    clip = tmp_path / "beep.mp4"
    ffmpeg.run([*PICTURE, "-f", "lavfi", "-i", BEEP, str(clip)])
    heard = sound.alongside(clip, RATE, seconds=30)
    assert heard.dtype == np.float32
    assert len(heard) / RATE == pytest.approx(2, abs=0.05)
    loud = np.flatnonzero(np.abs(heard) > 0.1) / RATE
    assert (loud[0], loud[-1]) == pytest.approx((1.0, 1.5), abs=0.02)


def test_sound_that_sets_in_late_is_silent_until_then(tmp_path: Path) -> None:
    clip = tmp_path / "late.mkv"
    late = ("-itsoffset", "0.5", "-f", "lavfi", "-i", BEEP)
    ffmpeg.run([*PICTURE, *late, str(clip)])
    loud = np.flatnonzero(np.abs(sound.alongside(clip, RATE, seconds=30)) > 0.1) / RATE
    assert loud[0] == pytest.approx(1.5, abs=0.03)


def test_no_more_is_read_than_is_wanted(tmp_path: Path) -> None:
    clip = tmp_path / "beep.mp4"
    ffmpeg.run([*PICTURE, "-f", "lavfi", "-i", BEEP, str(clip)])
    assert len(sound.alongside(clip, RATE, seconds=0.5)) == RATE // 2


def test_a_silent_film_is_empty(tmp_path: Path) -> None:
    clip = tmp_path / "silent.mp4"
    ffmpeg.run([*PICTURE, str(clip)])
    assert sound.alongside(clip, RATE, seconds=30).shape == (0,)
