"""Chapter 3 told: six screens in step with the narration, which lets go twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from cinema import eventually
from playwright.sync_api import expect
from told_chapter import CUES, go, scene

if TYPE_CHECKING:
    from collections.abc import Callable

    from viewer import Viewer


def test_the_chapter_tells_itself_and_lets_go_at_two_places(take: Callable[..., Viewer]) -> None:
    viewer = take(CUES["photo_6"])
    page, video = viewer.page, viewer.page.locator("video")
    play = "video => { video.muted = true; video.playbackRate = 8; return video.play(); }"
    video.evaluate(play)
    go_on = viewer.button("Continue")
    seen = []
    for pause in ("explore_album", "explore_list"):
        expect(go_on).to_be_visible()
        assert video.evaluate("video => video.paused")
        assert viewer.second == pytest.approx(CUES[pause], abs=0.15)
        seen.append(scene(page))
        go_on.click()
        expect(go_on).to_be_hidden()
    assert seen == ["album", "list"]
    eventually(lambda: video.evaluate("video => video.ended"))
    assert scene(page) == "piles"
    expect(viewer.part("next")).to_be_visible()


def test_seeking_finds_the_right_screen_both_ways(take: Callable[..., Viewer]) -> None:
    viewer = take(5)
    for second, name in [(150, "list"), (100, "years"), (170, "piles"), (30, "album"), (1, "call")]:
        go(viewer, second, name)
        on = viewer.page.locator(".scene[data-on]")
        expect(on).to_have_count(1)


def test_each_print_that_is_told_of_comes_near_with_what_was_found(
    take: Callable[..., Viewer],
) -> None:
    viewer = take(CUES["photo_1"] + 2)
    near = viewer.page.locator(".looked")
    expect(near).to_have_attribute("data-photo", "lantern")
    expect(near.locator(".found text")).to_have_text("PERSON 1")
    expect(near.locator(".found circle")).to_have_count(68)
    go(viewer, CUES["photo_4"] + 2, "album")
    expect(near.locator(".found text")).to_have_text(["PERSON 1", "PERSON 2", "PERSON 3"])
    go(viewer, CUES["photo_6"] + 2, "album")
    expect(near.locator("[data-lit]")).to_contain_text('"by-sa"')
    go(viewer, CUES["album_out"] + 2, "album")
    expect(near).to_have_count(0)


def test_what_is_said_can_be_read_where_there_is_no_sound(take: Callable[..., Viewer]) -> None:
    viewer = take(CUES["pile_wedding"])
    viewer.page.keyboard.press("c")
    viewer.page.locator("video").evaluate("video => { video.muted = true; return video.play(); }")
    expect(viewer.page.locator(".said")).to_contain_text("The weddings.")
