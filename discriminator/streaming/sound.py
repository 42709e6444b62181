"""From a master's audio tracks to those of the stream."""

from __future__ import annotations

from typing import TYPE_CHECKING

from discriminator.streaming.languages import UNKNOWN, standard

if TYPE_CHECKING:
    from discriminator.streaming.picture import Stream
    from discriminator.video.probe import Clip

RATE = 48_000
"""Samples a second."""
_BITS_A_CHANNEL = 64_000
_STEREO = 2


def tracks(master: Stream, clip: Clip) -> list[Stream]:
    """Return every audio track, mono or stereo, on the same clock as the picture."""
    return [
        master[str(sound.index)]
        # A track that starts late or has holes is filled with silence, or it would run ahead.
        .filter("aresample", RATE, **{"async": 1, "first_pts": 0})
        .filter("aformat", channel_layouts="mono" if sound.channels == 1 else "stereo")
        for sound in clip.sounds
    ]


def settings(clip: Clip) -> dict[str, str | int]:
    """Return ffmpeg's options for the audio tracks of an output."""
    return {"c:a": "aac", **{f"b:a:{number}": rate for number, rate in enumerate(rates(clip))}}


def rates(clip: Clip) -> list[int]:
    """Return the bits a second of every audio track of the stream."""
    return [_BITS_A_CHANNEL * min(sound.channels, _STEREO) for sound in clip.sounds]


def languages(clip: Clip, default: str | None) -> tuple[str, ...]:
    """Return the language of every audio track; the default is for those that state none."""
    fallback = standard(default) if default else UNKNOWN
    return tuple(_stated(sound.language) or fallback for sound in clip.sounds)


def _stated(language: str | None) -> str | None:
    # Files state codes that no list knows; that is no reason to refuse them.
    try:
        stated = standard(language or UNKNOWN)
    except ValueError:
        return None
    return None if stated == UNKNOWN else stated
