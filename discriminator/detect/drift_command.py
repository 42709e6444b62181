"""The command line's `drift`: whether clips of today still are like those of a reference."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from discriminator.detect import drift
from discriminator.detect.errors import DetectError, NoLabError
from discriminator.detect.scoring import recorded

if TYPE_CHECKING:
    import argparse

    from discriminator.detect.scoring import Line


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what `discriminator drift` understands."""
    told = "scores.jsonl of `evaluate`, or FILE.scores.jsonl of `submit`"
    parser.add_argument("reference", type=Path, metavar="REFERENCE", help=told)
    parser.add_argument("now", type=Path, metavar="NOW", help="the same of the clips of today")
    parser.add_argument("--report", type=Path, metavar="DIR", help="write report.html there")


def run(args: argparse.Namespace) -> dict[str, Any]:
    """Compare, and return every measure with its verdict."""
    reference, now = _lines(args.reference), _lines(args.now)
    found = drift.compare(reference, now)
    if args.report:
        _write(args.report, found, reference, now)
    shifts = {
        name: msgspec.to_builtins(shift) | {"verdict": shift.verdict}
        for name, shift in found.shifts.items()
    }
    told = {"verdict": found.verdict, "psi": round(found.psi, 3), "clips": found.clips, **shifts}
    return told if args.json else told | _said(found)


def _said(found: drift.Drift) -> dict[str, str]:
    before, now = found.clips
    said = {name: _sentence(shift) for name, shift in found.shifts.items()}
    return {"clips": f"{before} before, {now} now"} | said


def _sentence(shift: drift.Shift) -> str:
    return (
        f"{shift.verdict}; median {shift.before:.3g} before, {shift.now:.3g} now; "
        f"PSI {shift.psi:.2f}, KS {shift.ks:.2f} (p {shift.p:.2g})"
    )


def _lines(record: Path) -> list[Line]:
    lines = recorded(record)
    if not lines:
        message = f"{record} holds no answers: give the record of `evaluate` or `submit`."
        raise DetectError(message)
    return lines


def _write(folder: Path, found: drift.Drift, reference: list[Line], now: list[Line]) -> None:
    try:
        from discriminator.detect import drift_report  # noqa: PLC0415 - an extra
    except ImportError as missing:
        message = f"A report needs {missing.name}: `pip install 'discriminator[data]'`."
        raise NoLabError(message) from missing
    drift_report.write(folder, found, drift.columns(reference), drift.columns(now))
