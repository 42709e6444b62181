"""The HLS playlists over the same segments as the DASH manifest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from discriminator.streaming.captions import playlist_name
from discriminator.streaming.languages import UNKNOWN, own_name, own_names

if TYPE_CHECKING:
    from collections.abc import Sequence
    from fractions import Fraction
    from pathlib import Path

    from discriminator.streaming.manifest import Manifest, Track

NAME = "master.m3u8"
_CLOCK = "#EXT-X-PROGRAM-DATE-TIME"
_FOR_THE_DEAF = (
    "public.accessibility.transcribes-spoken-dialog,public.accessibility.describes-music-and-sound"
)
_SEQUENCE = "#EXT-X-MEDIA-SEQUENCE"


def media_name(track: int) -> str:
    """Return the name of the playlist that ffmpeg writes for the track of this number."""
    return f"media_{track}.m3u8"


def segments(folder: Path, name: str) -> tuple[str, ...]:
    """Return the files that a playlist lists, in order."""
    lines = (folder / name).read_text(encoding="utf-8").splitlines()
    return tuple(line for line in lines if line and not line.startswith("#"))


def finish(folder: Path, film: Manifest, languages: tuple[str, ...], rate: Fraction) -> None:
    """Write the master playlist, with captions in these languages, and tidy those it lists."""
    lines = ["#EXTM3U", "#EXT-X-VERSION:7", "#EXT-X-INDEPENDENT-SEGMENTS"]
    names = own_names([track.language for track in film.sounds])
    lines += [
        _sound(track, name, default=number == 0)
        for number, (track, name) in enumerate(zip(film.sounds, names, strict=True))
    ]
    lines += [_captions(language) for language in languages]
    for picture in film.pictures or (None,):
        lines += [
            _variant(picture, film.sounds, rate, captioned=bool(languages)),
            # A stream without pictures is its first sound, which may have others beside it.
            media_name((picture or film.sounds[0]).number),
        ]
    (folder / NAME).write_text("\n".join(lines) + "\n", encoding="utf-8")
    for track in film.tracks:
        _tidy(folder / media_name(track.number))


def _tidy(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    # The hour of encoding says nothing about a film, and would change an unchanged stream.
    kept = [line for line in lines if not line.startswith(_CLOCK)]
    kept.insert(kept.index(f"{_SEQUENCE}:1"), "#EXT-X-PLAYLIST-TYPE:VOD")
    path.write_text("\n".join(kept) + "\n", encoding="utf-8")


def _sound(track: Track, name: str, *, default: bool) -> str:
    return _tag(
        "MEDIA",
        {
            "TYPE": "AUDIO",
            "GROUP-ID": '"audio"',
            "NAME": f'"{name}"',
            **_language(track.language),
            "DEFAULT": "YES" if default else "NO",
            "AUTOSELECT": "YES",
            "CHANNELS": f'"{track.channels}"',
            "URI": f'"{media_name(track.number)}"',
        },
    )


def _captions(language: str) -> str:
    return _tag(
        "MEDIA",
        {
            "TYPE": "SUBTITLES",
            "GROUP-ID": '"captions"',
            "NAME": f'"{own_name(language)}"',
            **_language(language),
            "DEFAULT": "NO",
            "AUTOSELECT": "YES",
            "CHARACTERISTICS": f'"{_FOR_THE_DEAF}"',
            "URI": f'"{playlist_name(language)}"',
        },
    )


def _variant(
    picture: Track | None, sounds: Sequence[Track], rate: Fraction, *, captioned: bool
) -> str:
    peak = max((sound.peak for sound in sounds), default=0)
    average = max((sound.average for sound in sounds), default=0)
    codecs = [sound.codecs for sound in sounds]
    if picture:
        peak, average = peak + picture.peak, average + picture.average
        codecs.insert(0, picture.codecs)
    return _tag(
        "STREAM-INF",
        {
            "BANDWIDTH": peak,
            "AVERAGE-BANDWIDTH": average,
            **(_shown(picture, rate) if picture else {}),
            "CODECS": f'"{",".join(dict.fromkeys(codecs))}"',
            **({"AUDIO": '"audio"'} if sounds else {}),
            **({"SUBTITLES": '"captions"'} if captioned else {}),
        },
    )


def _shown(picture: Track, rate: Fraction) -> dict[str, str | int]:
    return {
        "RESOLUTION": f"{picture.width}x{picture.height}",
        "FRAME-RATE": f"{float(rate):.3f}",
    }


def _language(language: str) -> dict[str, str]:
    return {} if language == UNKNOWN else {"LANGUAGE": f'"{language}"'}


def _tag(name: str, attributes: dict[str, str | int]) -> str:
    return f"#EXT-X-{name}:" + ",".join(f"{key}={value}" for key, value in attributes.items())
