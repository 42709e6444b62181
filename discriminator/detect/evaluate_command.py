"""The command line's `evaluate`: how good detectors are on a labelled set."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from discriminator.detect import datasets, looks
from discriminator.detect.asking import DEFAULT
from discriminator.detect.calibration import Calibration
from discriminator.detect.errors import NoLabError
from discriminator.detect.page import replace
from discriminator.detect.registry import load
from discriminator.detect.scoring import score_all
from discriminator.detect.verdict import SYNTHETIC
from discriminator.telling import counted

if TYPE_CHECKING:
    import argparse

    from discriminator.detect.datasets import Dataset
    from discriminator.detect.folders import Folder
    from discriminator.detect.judging import Table
    from discriminator.detect.scoring import Line

_RECORD, _LINES = "scores.jsonl", "calibration.json"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what `discriminator evaluate` understands."""
    parser.add_argument("folder", metavar="DIR", help="a labelled set: a folder, or s3://...")
    parser.add_argument(
        "-o", "--output", type=Path, required=True, metavar="DIR", help="the report's folder"
    )
    parser.add_argument(
        "--detector",
        action="append",
        metavar="NAME",
        help=f"of `detectors`, or a folder of `train`; may be repeated (default: {DEFAULT})",
    )
    parser.add_argument(
        "--columns",
        type=Path,
        metavar="CSV",
        help="what else is known of the clips, a column each: slices of the table are made of it",
    )
    parser.add_argument(
        "--seed",
        type=int,
        default=0,
        metavar="N",
        help="another splits the set otherwise (%(default)s)",
    )


def run(args: argparse.Namespace) -> dict[str, Any]:
    """Ask every detector about every clip, measure, and write the report."""
    try:
        from discriminator.detect import judging, judging_report  # noqa: PLC0415 - needs the lab
    except ImportError as missing:
        message = f"Evaluating needs {missing.name}: `pip install 'discriminator[lab]'`."
        raise NoLabError(message) from missing
    found = datasets.read(args.folder)
    if args.columns:
        found = datasets.described(found, args.columns)
    # An unknown name is said before the work, not after it.
    asked = [load(name) for name in args.detector or [DEFAULT]]
    detectors = [one.card.name for one in asked]
    taught = frozenset().union(*(one.taught for one in asked))
    parts = judging.parted(found.items, args.seed, taught)
    lines = _scored(found.folder, sorted(parts), detectors, args.output)
    items = {item.name: item for item in found.items}
    answers = {
        name: {
            line.file: judging.Judged(
                items[line.file], line.fake, line.faces, _looks(line), line.moments
            )
            for line in lines
            if line.detector == name
        }
        for name in detectors
    }
    joins = {one.joins for one in asked if one.joins}
    table = judging.judge(found.items, answers, args.seed, taught, joins)
    about = {one.card.name: one.card.description for one in asked}
    judging_report.write(args.output, table, found, _reasons(lines), about)
    replace(args.output / _LINES, msgspec.json.encode(_calibrations(table, found)))
    return {
        "report": str(args.output / "report.html"),
        "protocol": table.protocol,
        "calibration": str(args.output / _LINES),
        "clips": table.clips,
        "problems": [*found.problems, *table.left_out],
        **{row.detector: judging_report.summary(row) for row in table.rows},
    }


def _calibrations(table: Table, found: Dataset) -> dict[str, Calibration]:
    """Return what makes probabilities of the detectors' numbers, for clips like these."""
    on = SYNTHETIC if found.layout == "practice" else found.folder.root
    return {
        row.detector: Calibration(
            *row.calibrated.line, on, load(row.detector).card.version, row.calibrated.threshold
        )
        for row in table.rows
        if row.calibrated
    }


def _looks(line: Line) -> tuple[tuple[str, str], ...]:
    if line.brightness is None or line.bits is None:
        return ()
    return looks.slices(line.brightness, line.bits)


def _scored(of: Folder, names: list[str], detectors: list[str], folder: Path) -> list[Line]:
    scored = score_all(of, names, detectors, folder / _RECORD)
    return list(counted(scored, len(names) * len(detectors), "answers"))


def _reasons(lines: list[Line]) -> dict[str, dict[str, int]]:
    """Count, for each detector, why it had no opinion."""
    counts: dict[str, dict[str, int]] = {}
    for line in lines:
        if line.reason:
            reasons = counts.setdefault(line.detector, {})
            reasons[line.reason] = reasons.get(line.reason, 0) + 1
    return counts
