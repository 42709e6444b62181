"""The command line's `lipsync`: its arguments, its progress, its result."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from discriminator import telling
from discriminator.lipsync.engine import ENGINES, PRECISIONS, Options
from discriminator.lipsync.errors import ConsentError, LipsyncError
from discriminator.lipsync.narrator import REFUSAL, Narrator
from discriminator.video import provenance

if TYPE_CHECKING:
    import argparse


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what `discriminator lipsync` understands; `--json` is the caller's, as for every verb."""
    parser.add_argument("photo", type=Path, metavar="PHOTO-OR-VIDEO", help="a face")
    parser.add_argument("audio", type=Path, metavar="AUDIO", help="what the face will say")
    parser.add_argument(
        "-o", "--output", type=Path, metavar="OUT.mp4", required=True, help="the clip"
    )
    parser.add_argument(
        "--consent", action="store_true", help="the person in the photo agrees; nothing without"
    )
    parser.add_argument(
        "--engine", choices=ENGINES, default="puppet", help="what moves the mouth (%(default)s)"
    )
    parser.add_argument(
        "--face", type=int, default=0, metavar="N", help="of several faces, 0 the largest"
    )
    parser.add_argument("--weights", type=Path, metavar="FILE", help="of an engine with a network")
    parser.add_argument(
        "--precision", choices=PRECISIONS, default=PRECISIONS[-1], help="of a network (%(default)s)"
    )


def run(args: argparse.Namespace) -> dict[str, Any]:
    """Make the clip and return what it is; wrong input raises a `ValueError`."""
    if not args.consent:
        raise ConsentError(REFUSAL)
    _check_output(args.output)
    options = Options(weights=args.weights, precision=args.precision)
    narrator = Narrator(args.audio, args.engine, options)
    clip = narrator.speak(
        args.photo, args.output, consent=args.consent, face=args.face, progress=telling.bar
    )
    says = provenance.read(clip.path)
    return {
        "clip": str(clip.path),
        "seconds": clip.seconds,
        "width": clip.width,
        "height": clip.height,
        "engine": args.engine,
        "synthetic": says is not None and says.synthetic,
    }


def _check_output(path: Path) -> None:
    if path.suffix.lower() != ".mp4":
        message = f"{path.name} should end in .mp4: nothing else is written."
        raise LipsyncError(message)
    if not path.absolute().parent.is_dir():
        message = f"The folder {path.absolute().parent} is not there: make it first."
        raise LipsyncError(message)
    if path.is_dir():
        message = f"{path} is a folder: name a file in it."
        raise LipsyncError(message)
