"""The monitors in the film's picture are where the story says, when it says."""

from itertools import pairwise
from typing import Any

import chapter
import clips
import numpy as np
import pytest
import skia
from acting import Speech
from look import HEIGHT, RATE, WIDTH, glide
from numpy.typing import NDArray
from shots.chapter_2 import beside, screens

from discriminator.film import story
from discriminator.film.operator import Operator
from discriminator.film.page import Page

SCALE = 0.25
FILM = chapter.Chapter(2)
TOLD = next(part for part in story.load().film.chapters if part.number == FILM.number).monitors
MAGENTA = (255, 0, 255)

each = pytest.mark.parametrize("monitor", TOLD, ids=lambda monitor: monitor.name)


def corners_at(monitor: story.Monitor, second: float) -> NDArray[np.float64]:
    """Where the story says that a monitor is, px of the small picture, (4, 2)."""
    path = monitor.path
    corners = np.array(path[0].corners if second < path[0].at else path[-1].corners)
    for before, after in pairwise(path):
        if before.at <= second < after.at:
            gone = glide((second - before.at) / (after.at - before.at))
            corners = (1 - gone) * np.array(before.corners) + gone * np.array(after.corners)
    return corners * (WIDTH * SCALE, HEIGHT * SCALE)


def filled(corners: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Return which pixels lie within four corners."""
    surface = skia.Surface(round(WIDTH * SCALE), round(HEIGHT * SCALE))
    path = skia.Path()
    path.addPoly([skia.Point(*corner) for corner in corners.tolist()], close=True)
    surface.getCanvas().drawPath(path, skia.Paint(Color=0xFFFFFFFF))
    return np.asarray(surface.toarray()[..., 3] > 0)


@each
@pytest.mark.parametrize("share", [0.0, 0.2, 0.45, 0.6, 0.8, 0.99])
def test_the_drawn_monitor_is_where_the_story_says(
    monitor: story.Monitor, share: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = skia.Image.fromarray(np.full((512, 512, 4), (*MAGENTA, 255), np.uint8))
    monkeypatch.setattr(screens, "spoken_picture", lambda _: plain)
    index = round((monitor.start + share * (monitor.end - monitor.start)) * RATE + 0.5)
    frame = FILM.frame(index, SCALE)[..., :3].astype(int)
    drawn = np.abs(frame - MAGENTA).sum(-1) < 60
    said = filled(corners_at(monitor, index / RATE))
    assert (drawn & said).sum() / (drawn | said).sum() > 0.97


@each
def test_a_monitor_is_told_for_as_long_as_it_is_seen(monitor: story.Monitor) -> None:
    scene = next(scene for scene in FILM.scenes if scene.name == monitor.name)
    assert monitor.start == pytest.approx(scene.start, abs=0.001)
    assert monitor.end == pytest.approx(scene.end, abs=0.001)
    assert monitor.clip == pytest.approx(screens.speech_begins(FILM.voice), abs=0.001)


def test_the_still_picture_is_where_the_story_says() -> None:
    [(monitor, still)] = [(monitor, monitor.still) for monitor in TOLD if monitor.still]
    screen = screens.SCREENS[monitor.name]
    left, top, right, bottom = screen.view(1).mapRect(beside.PICTURE)
    drawn = np.array([(left, top), (right, top), (right, bottom), (left, bottom)])
    assert np.array(still.corners) == pytest.approx(drawn / (WIDTH, HEIGHT), abs=0.0002)
    # From then on the camera stands, and so does the picture.
    arrived = screen.way(FILM.voice, monitor.start)[1]
    assert still.at == pytest.approx(arrived, abs=0.001)
    assert still.at == pytest.approx(FILM.voice.when("one still", monitor.start), abs=0.001)


def test_the_monitors_are_over_when_the_clip_is() -> None:
    length = Speech.read(clips.SPEECH).duration
    for monitor in TOLD:
        assert monitor.end - monitor.clip <= length + 0.05


def test_the_page_gets_the_monitors_with_the_cues() -> None:
    data: dict[str, Any] = Page(story.load(), Operator(), root="/").data
    sent = next(part for part in data["chapters"] if part["number"] == FILM.number)["monitors"]
    assert [(one["from"], one["to"]) for one in sent] == [(one.start, one.end) for one in TOLD]
    assert sent[0]["path"][0]["corners"][0] == TOLD[0].path[0].corners[0]
