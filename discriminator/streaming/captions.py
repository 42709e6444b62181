"""Captions: WebVTT files near the master or named, brought into the stream's folder."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path

from discriminator.streaming.errors import EncodeError
from discriminator.streaming.languages import UNKNOWN, standard

_SUFFIX = ".vtt"
_DESCRIPTIONS = ".descriptions"


@dataclass(frozen=True)
class Captions:
    """One file of captions, in one language."""

    path: Path
    language: str


def find(master: Path, named: tuple[Path, ...], default: str | None) -> tuple[Captions, ...]:
    """Return the captions that are named or else lie near the master, one for each language."""
    found = [_read(Path(path), master, default) for path in named or _near(master)]
    languages = [captions.language for captions in found]
    for language in languages:
        if languages.count(language) > 1:
            message = f"Two files hold captions in {language!r}: name one NAME.LANGUAGE.vtt."
            raise EncodeError(message)
    return tuple(found)


def write(folder: Path, captions: Captions, seconds: float) -> None:
    """Copy the captions, and write the playlist that HLS wants around them."""
    name = file_name(captions.language)
    text = captions.path.read_text(encoding="utf-8-sig")
    (folder / name).write_text(text, encoding="utf-8")
    (folder / playlist_name(captions.language)).write_text(
        "#EXTM3U\n#EXT-X-VERSION:7\n"
        f"#EXT-X-TARGETDURATION:{math.ceil(seconds)}\n"
        "#EXT-X-MEDIA-SEQUENCE:1\n#EXT-X-PLAYLIST-TYPE:VOD\n"
        f"#EXTINF:{seconds:.6f},\n{name}\n#EXT-X-ENDLIST\n",
        encoding="utf-8",
    )


def file_name(language: str) -> str:
    """Return the name of the captions in a stream's folder."""
    return f"captions-{language}{_SUFFIX}"


def playlist_name(language: str) -> str:
    """Return the name of the playlist around them."""
    return f"captions-{language}.m3u8"


def stamp(seconds: float) -> str:
    """Return a moment as WebVTT writes it: `00:01:02.500`."""
    thousandths = round(seconds * 1000)
    minutes, rest = divmod(thousandths, 60_000)
    return f"{minutes // 60:02}:{minutes % 60:02}:{rest // 1000:02}.{rest % 1000:03}"


def _near(master: Path) -> list[Path]:
    """Return those beside the master, or else in `captions` beside its folder, as in `media`."""
    home = master.absolute().parent
    for folder in (home, home.parent / "captions"):
        if found := sorted(path for path in folder.glob("*.vtt") if _belongs(path, master)):
            return found
    return []


def _belongs(path: Path, master: Path) -> bool:
    # chapter-2.vtt and chapter-2.en.vtt belong to chapter-2.mov, chapter-2.cut.en.vtt does not.
    # What describes the picture is no captions, also beside chapter-2.en.opus.
    if Path(path.stem).suffix == _DESCRIPTIONS:
        return False
    return path.stem == master.stem or Path(path.stem).stem == master.stem


def _read(path: Path, master: Path, default: str | None) -> Captions:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        message = f"{path} is not there: give the path of a WebVTT file."
        raise EncodeError(message) from None
    except UnicodeDecodeError:
        message = f"{path.name} is not text in UTF-8: save it as such."
        raise EncodeError(message) from None
    if not text.startswith("WEBVTT"):
        message = f"{path.name} is not WebVTT: its first line must read WEBVTT."
        raise EncodeError(message)
    return Captions(path, _language(path, master, default))


def _language(path: Path, master: Path, default: str | None) -> str:
    stated = Path(path.stem).suffix.removeprefix(".")
    try:
        return standard(stated)
    except EncodeError:
        if default:
            return standard(default)
        # `chapter.2.vtt` states no language, it has a dot in its name.
        if not stated or stated.isdigit() or path.stem == master.stem:
            return UNKNOWN
        message = (
            f"{path.name}: {stated!r} is not a language code: name it NAME.LANGUAGE.vtt, with one "
            "such as en, fr or pt-BR."
        )
        raise EncodeError(message) from None
