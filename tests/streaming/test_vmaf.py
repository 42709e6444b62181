from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from discriminator import streaming
from discriminator.streaming import vmaf

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def test_more_bits_leave_more_to_see(film: Callable[..., Path], tmp_path: Path) -> None:
    master = film("scene.mp4", "testsrc2=s=320x180:r=24:d=2", options=("-c:v", "libx264"))
    rungs = (streaming.Rung(320, 180, 600_000), streaming.Rung(192, 108, 300_000))
    for quality in (20, 48):
        options = streaming.Options(quality=quality, rungs=rungs)
        streaming.encode(master, tmp_path / str(quality), options)
    good, bad = tmp_path / "20", tmp_path / "48"
    assert vmaf.of_video(master, master) > 97
    assert vmaf.of_rendition(good, 0, master) > vmaf.of_rendition(bad, 0, master) + 10
    assert vmaf.of_rendition(good, 0, master) > vmaf.of_rendition(good, 1, master) + 10


def test_what_cannot_be_seen_cannot_be_compared(film: Callable[..., Path]) -> None:
    voice = film("voice.wav", "sine=d=1", options=())
    with pytest.raises(streaming.VideoError, match="no picture"):
        vmaf.of_video(voice, voice)
