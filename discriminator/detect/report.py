"""A folder that tells what was found: one page for people, one file for programs.

The page needs no network. Signals are drawn where Plotly is installed; where a trained network was
asked, pictures show where it looked.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
from PIL import Image

from discriminator.detect import page
from discriminator.detect.errors import Abstention, DetectError
from discriminator.detect.registry import is_run, load

if TYPE_CHECKING:
    from markupsafe import Markup

    from discriminator.detect.asking import Answer
    from discriminator.detect.networks.explaining import Explainer, Method

_QUALITY = 90


@dataclass(frozen=True)
class _Shown:
    """One file of the report."""

    answer: Answer
    plots: tuple[Markup, ...] = ()
    sheets: dict[str, str] = field(default_factory=dict)
    """By detector: the name of a picture of crops, each with where the network looked."""
    overlays: dict[str, str] = field(default_factory=dict)
    """By detector: the name of a clip with the same over its faces."""


class Report:
    """Takes answers as they come, and is written at the end."""

    def __init__(self, folder: Path, explain: Method | None = None) -> None:
        """Name the folder; it is made when there is something to write."""
        self._folder, self._explain = folder, explain
        self._shown: list[_Shown] = []
        self._explainers: dict[Path, Explainer] = {}

    def add(self, answer: Answer) -> None:
        """Draw what there is to be drawn of an answer; its clip is let go afterwards."""
        number = len(self._shown) + 1
        stem = re.sub(r"[^\w-]+", "-", answer.path.stem)
        shown = _Shown(answer.without_clip(), _plots(answer))
        if self._explain and answer.clip:
            for score in answer.scores:
                if is_run(score.detector):
                    self._look(shown, Path(score.detector), f"{number:03}-{stem}")
        self._shown.append(shown)

    def write(self) -> None:
        """Write report.html and report.json, each whole or not at all."""
        told = {"files": [msgspec.to_builtins(entry(one.answer)) for one in self._shown]}
        drawn = any(one.plots for one in self._shown)
        asked = dict.fromkeys(score.detector for one in self._shown for score in one.answer.scores)
        about = {name: load(name).card.description for name in asked}
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            page.replace(self._folder / "report.json", msgspec.json.encode(told))
            path = self._folder / "report.html"
            page.write(path, "report.html.j2", figures=drawn, shown=self._shown, about=about)
        except OSError as error:
            raise _unwritable(self._folder, error) from error

    def _look(self, shown: _Shown, run: Path, stem: str) -> None:
        """Draw where a trained network looked."""
        from discriminator.detect.networks import explaining  # noqa: PLC0415 - needs the lab

        if run not in self._explainers:
            self._explainers[run] = explaining.Explainer(run, self._explain or "gradcam")
        explainer = self._explainers[run]
        try:
            explained = explainer.explain(shown.answer.path)
        except Abstention:
            return
        self._folder.mkdir(parents=True, exist_ok=True)
        sheet, overlay = (f"{stem}-{run.name}.{suffix}" for suffix in ("jpg", "mp4"))
        Image.fromarray(explaining.sheet(explained)).save(self._folder / sheet, quality=_QUALITY)
        explainer.overlay(shown.answer.path, self._folder / overlay)
        shown.sheets[str(run)], shown.overlays[str(run)] = sheet, overlay


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


def _plots(answer: Answer) -> tuple[Markup, ...]:
    heard = any(score.fake is not None and score.signals for score in answer.scores)
    if not answer.clip or not heard or not find_spec("plotly"):
        return ()
    from discriminator.detect import tracing  # noqa: PLC0415 - an extra

    return tuple(
        page.drawn(figure) for figure in tracing.figures(answer.clip, answer.scores).values()
    )


def _unwritable(folder: Path, error: OSError) -> DetectError:
    return DetectError(
        f"The report cannot be written to {folder}: {error.strerror}; name another folder."
    )
