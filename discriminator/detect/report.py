"""A folder that tells what was found: one page for people, one file for programs."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import msgspec
from jinja2 import Environment, PackageLoader

from discriminator.detect.errors import DetectError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from discriminator.detect.asking import Answer

_PAGE = "report.html.j2"


def write(folder: Path, answers: Sequence[Answer]) -> None:
    """Write report.html and report.json into a folder, each whole or not at all."""
    told = {"files": [msgspec.to_builtins(entry(answer)) for answer in answers]}
    pages = Environment(loader=PackageLoader(__package__, "pages"), autoescape=True)
    page = pages.get_template(_PAGE).render(answers=answers)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        replace(folder / "report.json", msgspec.json.encode(told))
        replace(folder / "report.html", page.encode())
    except OSError as error:
        message = (
            f"The report cannot be written to {folder}: {error.strerror}; name another folder."
        )
        raise DetectError(message) from error


def entry(answer: Answer) -> dict[str, Any]:
    """Return what programs are told of a file; what is no number is null."""
    return {
        "file": str(answer.path),
        "failure": answer.failure,
        "scores": [
            msgspec.to_builtins(score) | {"words": score.words, "leaning": score.leaning}
            for score in answer.scores
        ],
    }


def replace(path: Path, content: bytes) -> None:
    """Write a file, whole or not at all."""
    partial = path.with_name(f"{path.name}.part")
    partial.write_bytes(content)
    os.replace(partial, path)  # noqa: PTH105 - says that it takes the place of an old one
