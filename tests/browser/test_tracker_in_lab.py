"""`FaceTracker` where researchers meet it: in a notebook of JupyterLab, before a camera."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from cinema import PATIENCE, eventually
from performer import AWAY, BLINK, STILL, TALK, TURN, frame
from playwright.sync_api import expect
from poser import Poser
from viewer import Viewer

from discriminator import faces

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from cinema import Server
    from playwright.sync_api import Browser, ViewportSize

WHOLE: ViewportSize = {"width": 1440, "height": 3200}
"""So tall that JupyterLab draws every cell."""
SLOW = 150_000
"""Milliseconds in which a busy machine has measured a video."""
LIKE = 0.03
"""Of a face's width: how far a point may lie from where mediapipe sees it."""


@pytest.fixture
def visit(lab: Server, browser: Browser) -> Iterator[Callable[[str], tuple[Viewer, Poser]]]:
    """Open a notebook and sit before its camera; nothing foreign may be asked for."""
    context = browser.new_context(viewport=WHOLE, permissions=["camera"])
    context.set_default_timeout(PATIENCE * 1000)
    researcher = Viewer(context.new_page(), lab)

    def come(notebook: str) -> tuple[Viewer, Poser]:
        poser = Poser(researcher)
        page = researcher.page
        page.goto(f"{researcher.address}lab/tree/{notebook}.ipynb?reset")
        expect(page.get_by_text("Python 3 (ipykernel) | Idle")).to_be_visible()
        page.get_by_role("menuitem", name="Run", exact=True).click()
        page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
        tracker = page.locator("[data-tracking]")
        expect(tracker).to_have_attribute("data-tracking", "hot")
        return researcher, poser

    yield come
    context.close()
    assert researcher.foreign == []


@pytest.fixture
def told(lab: Server) -> Callable[[], dict[str, Any]]:
    """What the notebook `tracked` was told last; it writes that to a file."""
    file: Path = lab.log.with_name("told.json")
    return lambda: json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}


def test_a_notebook_is_told_what_a_face_does(
    visit: Callable[[str], tuple[Viewer, Poser]],
    told: Callable[[], dict[str, Any]],
    figure: Callable[[str], None],
) -> None:
    _, poser = visit("tracked")
    eventually(lambda: told().get("landmarks"))
    first = told()
    assert apart(first["landmarks"], figure) < LIKE
    assert first["confidence"] > 0.9
    assert first["mouth"] < faces.events.MOUTH_SHUTS
    assert first["blinks"] == 0
    eventually(lambda: told()["rate"] > 0)
    eventually(lambda: told()["age"] is not None)
    guessed = told()
    assert 20 < guessed["age"] < 60
    assert guessed["gender"] in {"female", "male"}
    assert sum(guessed["emotions"].values()) == pytest.approx(1, abs=0.01)
    # One camera, two widgets: ipywebrtc's own recorder took a picture of the same stream.
    eventually(lambda: told()["recorded"] > 1000)
    poser.hold(BLINK, STILL, BLINK, STILL)
    eventually(lambda: told()["blinks"] == 2)
    poser.hold(TALK)
    eventually(lambda: told()["mouth"] > 0.5)
    poser.hold(TURN)
    eventually(lambda: abs(told()["head"][0] - first["head"][0]) > 5)
    poser.hold(AWAY)
    eventually(lambda: told()["landmarks"] is None and told()["confidence"] == 0)
    assert told()["blinks"] == 2


def apart(landmarks: list[list[float]], figure: Callable[[str], None]) -> float:
    """How far the points lie from mediapipe's in the same picture, in widths of the face."""
    [face] = faces.find(frame(STILL))
    away = np.array(landmarks)[:, :2] - face.points[:, :2]
    shares = np.hypot(*away.T) / face.box.width
    figure(f"browser and mediapipe: mean {shares.mean():.2%}, most {shares.max():.2%} of the face")
    return float(shares.mean())


def test_a_notebook_draws_a_face_in_numbers(
    visit: Callable[[str], tuple[Viewer, Poser]],
) -> None:
    researcher, poser = visit("your-face-in-numbers")
    page = researcher.page
    page.get_by_text(re.compile(r"\d+ blinks in the file, \d+ before")).wait_for(timeout=SLOW)
    poser.hold(BLINK, STILL)
    charts = page.locator(".js-plotly-plot")
    expect(charts).to_have_count(4)  # each alone, then both side by side
    for chart in charts.all()[-2:]:
        for line in chart.locator(".scatterlayer path.js-line").all():
            eventually(lambda line=line: len((line.get_attribute("d") or "").split("L")) > 5)
