"""The command line's `encode`: its arguments, its progress, its result."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from discriminator import telling
from discriminator.streaming.checking import check
from discriminator.streaming.encoding import current, encode
from discriminator.streaming.languages import UNKNOWN
from discriminator.streaming.options import Options

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from discriminator.streaming.encoding import Progress
    from discriminator.streaming.index import Stream

_TOLD = {"seconds", "rate", "renditions", "sounds", "captions", "transparent"}
_MINUTE = 60


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what `discriminator encode` understands; `--json` is the caller's, as for every verb."""
    parser.add_argument(
        "master",
        type=Path,
        metavar="MASTER",
        help="the video to encode, or the recording where a page draws its own pictures",
    )
    parser.add_argument(
        "-o",
        "--output",
        type=Path,
        metavar="DIR",
        required=True,
        help="the stream's folder, replaced as a whole at the end",
    )
    parser.add_argument("--codec", choices=("h264", "av1"), default="h264", help="default: h264")
    parser.add_argument(
        "--two-pass", action="store_true", help="a constant rate instead of a constant quality"
    )
    parser.add_argument(
        "--quality", type=int, metavar="CRF", help="lower is better and larger (23; 34 for av1)"
    )
    parser.add_argument(
        "--language", metavar="CODE", help="of sound and captions that state none, such as en"
    )
    parser.add_argument(
        "--captions",
        type=Path,
        action="append",
        default=[],
        metavar="FILE",
        help="WebVTT, named NAME.LANGUAGE.vtt; may be repeated "
        "(default: those beside MASTER, or in `captions` beside its folder)",
    )
    parser.add_argument("--force", action="store_true", help="encode an unchanged master again")


def run(args: argparse.Namespace) -> dict[str, Any]:
    """Encode as asked and return what came out; wrong input raises a `ValueError`."""
    options = Options(
        codec=args.codec,
        two_pass=args.two_pass,
        quality=args.quality,
        language=args.language,
        captions=tuple(args.captions),
    )
    kept = None if args.force else current(args.master, args.output, options)
    stream = kept or encode(args.master, args.output, options, progress=_show, force=True)
    for line in _missing(args.master, stream):
        print(line, file=sys.stderr)  # noqa: T201 - a terminal program
    return {
        "folder": str(args.output),
        "skipped": kept is not None,
        "problems": list(check(args.output)),
        **{name: value for name, value in msgspec.to_builtins(stream).items() if name in _TOLD},
    }


def _missing(master: Path, stream: Stream) -> Iterator[str]:
    """Say what viewers would miss, and how to give it to them."""
    if not stream.captions:
        yield (
            f"No captions were found: put {master.stem}.LANGUAGE.vtt beside {master.name}, "
            "or name a file with --captions."
        )
    if UNKNOWN in (*stream.sounds, *stream.captions):
        yield "Nothing says which language this is in: say it with --language."


def _show(progress: Progress) -> None:
    minutes, seconds = divmod(round(progress.seconds_left), _MINUTE)
    telling.bar(progress.fraction, f", {minutes}:{seconds:02} left")
