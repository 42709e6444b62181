"""A file of answers as Kaggle's Deepfake Detection Challenge wants it: `filename,label`."""

from __future__ import annotations

import csv
import os
from collections import Counter
from typing import TYPE_CHECKING

from discriminator.detect.errors import DetectError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

HEADER = ["filename", "label"]
CLIP = 0.01
"""How near to 0 and 1 an answer may come: the log loss of a sure and wrong answer has no bound."""
PRIOR = 0.5
"""The answer for a clip that could not be judged: half of the challenge's test clips are fake."""


def rows(
    names: Iterable[str],
    scores: Mapping[str, float | None],
    *,
    prior: float = PRIOR,
    clip: float = CLIP,
) -> list[tuple[str, float]]:
    """Return name and P(fake) of every clip, in the order of `names`.

    A clip without a score, or with None for an abstention, gets the prior.
    """
    answers = ((name, scores.get(name)) for name in names)
    low, high = clip, 1 - clip
    return [(name, min(max(prior if fake is None else fake, low), high)) for name, fake in answers]


def write(path: Path, answers: Sequence[tuple[str, float]]) -> None:
    """Write the file, whole or not at all."""
    partial = path.with_name(f"{path.name}.part")
    try:
        with partial.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(HEADER)
            writer.writerows((name, f"{fake:.6f}") for name, fake in answers)
        os.replace(partial, path)  # noqa: PTH105 - says that it takes the place of the old one
    finally:
        partial.unlink(missing_ok=True)


def read(path: Path) -> list[tuple[str, float]]:
    """Return the rows of a file of answers, or say in which line it is wrong."""
    try:
        with path.open(encoding="utf-8", newline="") as file:
            lines = list(csv.reader(file))
    except (OSError, UnicodeDecodeError) as error:
        message = f"{path} cannot be read: give a CSV file with the columns filename and label."
        raise DetectError(message) from error
    if not lines or lines[0] != HEADER:
        message = f"{path.name} must begin with the line 'filename,label'."
        raise DetectError(message)
    return [_row(path, number, line) for number, line in enumerate(lines[1:], 2)]


def check(path: Path, sample: Path) -> None:
    """Raise where a file of answers is not what the sample says: same names, same order."""
    names = [name for name, _ in read(path)]
    wanted = [name for name, _ in read(sample)]
    if names == wanted:
        return
    _compare(path, names, wanted)
    first = next(
        n for n, (one, other) in enumerate(zip(names, wanted, strict=True)) if one != other
    )
    message = (
        f"{path.name} has {names[first]} in line {first + 2}, where the sample has "
        f"{wanted[first]}: keep the sample's order."
    )
    raise DetectError(message)


def _row(path: Path, number: int, line: list[str]) -> tuple[str, float]:
    try:
        name, label = line
        fake = float(label)
    except ValueError as error:
        message = f"Line {number} of {path.name} is not a name and a number: {','.join(line)!r}."
        raise DetectError(message) from error
    if not 0 <= fake <= 1:
        message = f"Line {number} of {path.name} says {label}: P(fake) lies between 0 and 1."
        raise DetectError(message)
    return name, fake


def _compare(path: Path, names: list[str], wanted: list[str]) -> None:
    """Say which names are missing, unknown or doubled."""
    has, wants, times = set(names), set(wanted), Counter(names)
    complaints = {
        "lacks": [name for name in wanted if name not in has],
        "has, though the sample does not,": [name for name in names if name not in wants],
        "has twice": [name for name in wanted if times[name] > 1],
    }
    for what, found in complaints.items():
        if found:
            more = f" and {len(found) - 1} more" if len(found) > 1 else ""
            message = f"{path.name} {what} {found[0]}{more}: write it anew from the whole folder."
            raise DetectError(message)
