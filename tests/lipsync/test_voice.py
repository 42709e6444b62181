"""Whatever a voice comes in, or a sentence that says why not."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import numpy as np
import pytest
from speaking import SPEECH

from discriminator.lipsync import engine
from discriminator.lipsync.errors import NoEngineError, VoiceError
from discriminator.lipsync.voice import listen
from discriminator.video.errors import UnreadableSoundError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

HUM = "sine=frequency=220:duration=2"


def test_the_films_speech_comes_with_its_words_and_sounds() -> None:
    voice = listen(SPEECH)
    assert voice.seconds == pytest.approx(15.914, abs=0.05)
    assert voice.frames == 398
    assert [word.word for word in voice.words[:3]] == ["This", "mouth", "is"]
    assert voice.phones[1].phone == "dh"
    assert voice.samples.dtype == np.float32
    assert 0.2 < np.abs(voice.samples).max() <= 1.5


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("telephone.wav", ["-ar", "8000"]),
        ("studio.wav", ["-ar", "48000", "-ac", "2"]),
        ("music.mp3", []),
        ("memo.m4a", []),
    ],
)
def test_every_rate_and_channel_is_heard(
    sounding: Callable[..., Path], name: str, options: list[str]
) -> None:
    voice = listen(sounding(name, HUM, *options))
    assert voice.seconds == pytest.approx(2, abs=0.1)
    assert voice.words == ()


def test_a_voice_may_be_shorter_than_a_frame(sounding: Callable[..., Path]) -> None:
    assert listen(sounding("click.wav", "sine=frequency=220:duration=0.03")).frames == 1


def refused(path: Path, error: type[ValueError], says: str) -> None:
    with pytest.raises(error, match=says) as why:
        listen(path)
    assert str(why.value).endswith(".")


def test_silence_is_refused(sounding: Callable[..., Path]) -> None:
    refused(sounding("silent.wav", "anullsrc=d=1"), VoiceError, "is silent")


def test_numbers_that_are_none_are_refused(broken_numbers: Path) -> None:
    refused(broken_numbers, VoiceError, "no sound")


def test_an_hour_is_refused(sounding: Callable[..., Path]) -> None:
    long = sounding("long.mp3", "anullsrc=d=3600:r=8000", "-b:a", "8k")
    refused(long, UnreadableSoundError, "60 minutes or more")


def test_what_is_no_sound_is_refused(tmp_path: Path, sounding: Callable[..., Path]) -> None:
    text = tmp_path / "voice.wav"
    text.write_text("Read me aloud.")
    refused(text, UnreadableSoundError, "is no sound")
    refused(tmp_path / "none.wav", UnreadableSoundError, "is not there")
    mute = sounding("mute.mp4", "testsrc=d=1")
    refused(mute, UnreadableSoundError, "holds no sound")


def test_a_script_that_is_none_is_named(tmp_path: Path) -> None:
    voice = tmp_path / "speech.opus"
    shutil.copy(SPEECH, voice)
    (tmp_path / "speech.json").write_text('{"lines": 3}')
    refused(voice, VoiceError, "speech.json")


def test_an_engine_that_is_none_is_refused() -> None:
    with pytest.raises(NoEngineError, match="choose puppet"):
        engine.make("steam", engine.Options())
