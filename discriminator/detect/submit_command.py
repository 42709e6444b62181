"""The command line's `submit`: a file of answers for Kaggle's challenge."""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from discriminator.detect import datasets, submit
from discriminator.detect.asking import DEFAULT
from discriminator.detect.errors import DetectError
from discriminator.detect.folders import Folder
from discriminator.detect.registry import load
from discriminator.detect.scoring import score_all
from discriminator.telling import counted

if TYPE_CHECKING:
    import argparse


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what `discriminator submit` understands."""
    parser.add_argument(
        "folder", metavar="DIR", help="the clips to be judged: a folder, or s3://..."
    )
    parser.add_argument(
        "-o", "--output", type=Path, required=True, metavar="FILE", help="the CSV file"
    )
    parser.add_argument(
        "--detector",
        default=DEFAULT,
        metavar="NAME",
        help="of `detectors`, or a folder of `train` (default: %(default)s)",
    )
    parser.add_argument(
        "--sample", type=Path, metavar="FILE", help="the sample file, whose order is kept"
    )
    parser.add_argument(
        "--prior",
        type=float,
        default=submit.PRIOR,
        metavar="P",
        help="the answer for a clip that cannot be judged (%(default)s)",
    )


def run(args: argparse.Namespace) -> dict[str, Any]:
    """Judge every clip of the folder, and write the file."""
    if not 0 < args.prior < 1:
        message = f"A prior of {args.prior} is no probability: give one between 0 and 1."
        raise DetectError(message)
    detector = load(args.detector).card.name  # an unknown one is said before the work
    folder = Folder(args.folder)
    names = _names(folder)
    order = [name for name, _ in submit.read(args.sample)] if args.sample else names
    record = args.output.with_name(f"{args.output.name}.scores.jsonl")
    scored = score_all(folder, names, [detector], record)
    lines = {line.file: line for line in counted(scored, len(names), "clips")}
    scores = {name: line.fake for name, line in lines.items()}
    submit.write(args.output, submit.rows(order, scores, prior=args.prior))
    if args.sample:
        submit.check(args.output, args.sample)
    unjudged = [line for line in lines.values() if line.fake is None]
    return {
        "file": str(args.output),
        "rows": len(order),
        "at_prior": len([name for name in order if scores.get(name) is None]),
        "missing": [name for name in order if name not in lines],
        "left_out": sorted(n for n in folder.names if "/" not in n and n not in names),
        "reasons": sorted({line.reason for line in unjudged if line.reason}),
    }


def _names(folder: Folder) -> list[str]:
    """Return the clips right in the folder, as the challenge has them."""
    names = (name for name in folder.names if "/" not in name)
    clips = sorted(n for n in names if PurePosixPath(n).suffix.lower() in datasets.SUFFIXES)
    if not clips:
        message = f"{folder.root} holds no videos: name the folder that holds the clips."
        raise DetectError(message)
    return clips
