"""The command line's `encode`: its arguments, its progress, its result."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from discriminator.streaming.checking import check
from discriminator.streaming.encoding import current, encode
from discriminator.streaming.options import Options

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    from discriminator.streaming.encoding import Progress

_TOLD = {"seconds", "rate", "renditions", "sounds", "captions", "transparent"}
_BAR = 30
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
        help="WebVTT, named NAME.LANGUAGE.vtt; may be repeated (default: those beside MASTER)",
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
    stream = kept or encode(args.master, args.output, options, progress=_shown(), force=True)
    return {
        "folder": str(args.output),
        "skipped": kept is not None,
        "problems": list(check(args.output)),
        **{name: value for name, value in msgspec.to_builtins(stream).items() if name in _TOLD},
    }


def _shown() -> Callable[[Progress], None] | None:
    return _draw if sys.stderr.isatty() else None


def _draw(progress: Progress) -> None:
    filled = round(progress.fraction * _BAR)
    minutes, seconds = divmod(round(progress.seconds_left), _MINUTE)
    line = f"{'#' * filled:-<{_BAR}} {progress.fraction:4.0%}, {minutes}:{seconds:02} left "
    sys.stderr.write(f"\r{line}" + ("\n" if progress.fraction >= 1 else ""))
    sys.stderr.flush()
