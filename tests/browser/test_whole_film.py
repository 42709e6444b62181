"""The film itself, at its own pace, from Start to the question at its end."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from cinema import eventually, serving
from playwright.sync_api import expect
from subtitles import cues

from discriminator.film import story

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Locator
    from viewer import Viewer

pytestmark = pytest.mark.soak

SLACK = 60
"""Seconds that all the waiting for media may add to a film on a busy machine."""
STALLS = "video => { window.stalls = 0; video.onwaiting = () => { window.stalls += 1; }; }"


def stage(viewer: Viewer) -> Locator:
    """The chapter's own media; beside it there may be the viewer's clip."""
    return viewer.part("screen").locator("> video")


def has_ended(viewer: Viewer) -> bool:
    """Whether the chapter is at its end; where it waits for its viewer, it is told to go on."""
    go_on = viewer.button("Continue")
    if go_on.is_visible():
        go_on.click()
    ended: bool = stage(viewer).evaluate("video => video.ended")
    return ended


def test_the_whole_film_plays_to_its_end(
    seat: Callable[..., Viewer], tmp_path: Path, figure: Callable[[str], None]
) -> None:
    told = story.load()
    with serving(tmp_path / "log") as own:
        viewer = seat(server=own, kernel=True).open()
        viewer.part("start").click()
        viewer.part("decline").click()
        video = stage(viewer)
        for chapter in told.film.chapters:
            # Who goes on without a camera begins behind the photo booth.
            if chapter.cover and chapter.number > 1:
                viewer.is_at(f"cover-{chapter.number}")
                viewer.part("next").click()
            viewer.is_at(f"chapter-{chapter.number}")
            video.evaluate(STALLS)
            expect(viewer.part("captions")).to_contain_text(cues(chapter.stream)[0][2])
            length = story.seconds_of(told.media, chapter) + SLACK
            eventually(lambda: has_ended(viewer), within=length)
            figure(f"chapter {chapter.number}: stalled {viewer.page.evaluate('stalls')} times")
            viewer.part("next").click()
        expect(viewer.page.get_by_role("dialog", name="Support")).to_be_visible()
        assert own.health["viewers"] == 1
        viewer.leave()
