"""The command line's `detect`: verdicts for videos and pictures."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from discriminator.detect import calibration, report
from discriminator.detect.asking import DEFAULT, ask
from discriminator.detect.errors import DetectError
from discriminator.detect.registry import is_run
from discriminator.telling import counted

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from discriminator.detect.asking import Answer


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what `discriminator detect` understands."""
    parser.add_argument("files", type=Path, nargs="+", metavar="FILE", help="a video or a picture")
    parser.add_argument(
        "--detector",
        action="append",
        metavar="NAME",
        help=f"of `detectors`, or a folder of `train`; may be repeated (default: {DEFAULT})",
    )
    parser.add_argument(
        "--report", type=Path, metavar="DIR", help="write report.html and report.json there"
    )
    parser.add_argument(
        "--calibration",
        type=Path,
        metavar="FILE",
        help="calibration.json of `evaluate` on clips of your own: percentages instead of signs",
    )
    parser.add_argument(
        "--explain",
        choices=("gradcam", "gradients", "lime"),
        help="show in the report where a trained network looked",
    )


def run(args: argparse.Namespace) -> dict[str, Any]:
    """Judge every file; those that cannot be read are named, and do not stop the rest."""
    detectors = tuple(args.detector or (DEFAULT,))
    if args.explain and not (args.report and any(map(is_run, detectors))):
        message = (
            "Only a trained network is explained, and in a report: add --detector RUN --report DIR."
        )
        raise DetectError(message)
    lines = calibration.read(args.calibration) if args.calibration else None
    told = report.Report(args.report, args.explain) if args.report else None
    answers = []
    asked = ask(args.files, detectors, lines)
    # Of one file there is nothing to count.
    several = len(args.files) > 1
    for answer in counted(asked, len(args.files), "files") if several else asked:
        if told:
            told.add(answer)
        answers.append(answer.without_clip())
    failures = [answer.failure for answer in answers if answer.failure and not answer.scores]
    if len(failures) == len(answers):
        raise DetectError(failures[0])
    if told:
        told.write()
    return _told(answers) if args.json else _said(answers)


def _told(answers: Sequence[Answer]) -> dict[str, Any]:
    return {"files": [msgspec.to_builtins(report.entry(answer)) for answer in answers]}


def _said(answers: Sequence[Answer]) -> dict[str, Any]:
    return {str(answer.path): _sentences(answer) for answer in answers}


def _sentences(answer: Answer) -> str:
    """Return what a person wants to read: the verdict, and each signal below it."""
    if answer.failure and not answer.scores:
        return answer.failure
    lines = [answer.failure] if answer.failure else []
    for score in answer.scores:
        lines.append(f"{score.detector}: {score.words}")
        lines += [f"  {signal.name}: {signal.words}" for signal in score.signals]
    return "\n  ".join(["", *lines])
