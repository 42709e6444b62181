"""What a face does is counted exactly, at whatever pace the machine sees it."""

from __future__ import annotations

import io
import json
import re
from typing import TYPE_CHECKING

import numpy as np
import pytest
from performer import AWAY, BLINK, SMILE, STILL, TALK, TURN, frame, points
from PIL import Image
from playwright.sync_api import expect
from poser import Poser

if TYPE_CHECKING:
    from collections.abc import Callable

    from cinema import Server
    from numpy.typing import NDArray
    from performer import Pose
    from playwright.sync_api import Browser
    from viewer import Viewer


AGE = re.compile("^age")
"""Begins the row of the ages; `page` has an age too."""
BLOCK = 200
"""Milliseconds for which the page's thread may do nothing else."""
TWICE = re.compile(r"age(\d+\.\d ±\d+){2}")
"""An age, with its doubts, for each of two readings."""


@pytest.fixture
def viewer(seat: Callable[..., Viewer], face_cinema: Server) -> Viewer:
    """Somebody at a desk, in the cinema of faces."""
    return seat(server=face_cinema)


def sit(viewer: Viewer, path: str, pose: Pose = STILL) -> Poser:
    """Sit down at an address, and wait until the film looks."""
    poser = Poser(viewer, pose)
    viewer.open(path)
    expect(viewer.film).to_have_attribute("data-tracking", "hot")
    return poser


def test_three_blinks_are_three_whoever_turns_or_leaves(viewer: Viewer) -> None:
    poser = sit(viewer, "chapter/2?type=cover")
    headline = viewer.part("headline")
    eyes = viewer.page.locator(".collage")
    poser.hold(STILL)
    expect(headline).to_have_text("Do not blink.")
    for said, opened in [("You blinked.", 1), ("You blinked 2 times.", 3)]:
        poser.hold(BLINK, STILL)
        expect(headline).to_have_text(said)
        expect(eyes).to_have_attribute("data-eyes", str(opened))
    poser.hold(BLINK, STILL, TURN, STILL)
    expect(headline).to_have_text("You blinked 3 times.")
    poser.hold(AWAY)
    expect(headline).to_have_text(re.compile("No face to be seen"))
    poser.hold(BLINK, STILL)
    expect(headline).to_have_text("You blinked 3 times.")
    expect(eyes).to_have_attribute("data-eyes", str(1 + 2 + 5))
    assert poser.heard("blink") == 3


def test_who_comes_with_shut_eyes_has_not_blinked(viewer: Viewer) -> None:
    poser = sit(viewer, "chapter/2?type=cover", BLINK)
    poser.hold(STILL)
    expect(viewer.part("headline")).to_have_text("Do not blink.")
    poser.hold(BLINK, STILL)
    expect(viewer.part("headline")).to_have_text("You blinked.")
    assert poser.heard("blink") == 1


def test_every_opening_of_the_mouth_is_heard_once(viewer: Viewer) -> None:
    poser = sit(viewer, "chapter/3?type=cover")
    poser.hold(STILL)
    assert poser.heard("mask") == 0
    poser.hold(TALK, STILL, TALK)
    assert poser.heard("mask") == 2
    # A mouth that was open when the face came back has not been seen to open.
    poser.hold(AWAY, TALK, STILL)
    assert poser.heard("mask") == 2
    poser.hold(TURN, BLINK, STILL)
    assert poser.heard("mask") == 2


def test_who_smiles_already_is_told_so(viewer: Viewer) -> None:
    sit(viewer, "chapter/4?type=cover", SMILE)
    expect(viewer.part("headline")).to_have_text(re.compile("you smile already"))


def test_who_does_not_smile_is_helped(viewer: Viewer) -> None:
    # Nobody does not smile, and the astronaut does whatever her mouth is bent to.
    viewer.open("chapter/4?type=cover")
    for said in ("You do not look happy.", "Let us help you.", "There. Much better."):
        expect(viewer.part("headline")).to_have_text(said)


def test_the_pages_own_thread_loads_no_network(viewer: Viewer) -> None:
    sit(viewer, "chapter/2?type=cover")
    loaded = "() => performance.getEntriesByType('resource').map(({ name }) => name)"
    names: list[str] = viewer.page.evaluate(loaded)
    assert any("blinking-" in name for name in names)
    assert [name for name in names if re.search(r"\.bin$|\.wasm$|/eyes-(?!worker)", name)] == []


def test_the_page_is_never_held_up_while_the_networks_load(
    viewer: Viewer, browser: Browser, figure: Callable[[str], None]
) -> None:
    browser.start_tracing(page=viewer.page, categories=["toplevel", "devtools.timeline"])
    poser = sit(viewer, "chapter/2?type=cover")
    poser.hold(STILL, TALK)
    longest = longest_task(browser.stop_tracing())
    figure(f"while the tracker loads, no task of the page computes longer than {longest:.0f} ms")
    assert 0 < longest <= BLOCK


def longest_task(trace: bytes) -> float:
    """Milliseconds that the longest task of a page's thread computed; waiting does not count."""
    events = json.loads(trace)["traceEvents"]
    pages = {
        (one["pid"], one["tid"])
        for one in events
        if one["name"] == "thread_name" and one["args"]["name"] == "CrRendererMain"
    }
    tasks = [one for one in events if (one["pid"], one["tid"]) in pages]
    return float(max(one.get("tdur", 0) for one in tasks) / 1000)


def test_where_no_worker_starts_the_page_looks_itself_and_says_so(viewer: Viewer) -> None:
    viewer.expected.append("ERR_FAILED")
    viewer.page.route("**/eyes-worker-*.js", lambda route: route.abort())
    sit(viewer, "chapter/2?type=cover")
    expect(viewer.notice("on the page's own thread")).to_be_visible()


def test_a_browser_that_cannot_look_says_so_and_may_try_again(viewer: Viewer) -> None:
    viewer.expected.append("ERR_FAILED")
    viewer.page.route("**/eyes-*.js", lambda route: route.abort())
    Poser(viewer)
    viewer.open("chapter/2?type=cover")
    notice = viewer.notice("cannot look for faces")
    expect(notice).to_be_visible()
    expect(viewer.film).to_have_attribute("data-tracking", "cold")
    viewer.page.unroute_all()
    viewer.part("camera").click()
    viewer.part("camera").click()
    expect(notice).to_be_hidden()


def test_a_mask_sits_where_the_face_is(viewer: Viewer) -> None:
    poser = sit(viewer, "chapter/3?type=cover")
    viewer.button("Change the mask").click()
    mask = viewer.page.locator("canvas[data-mask='points']")
    viewer.button("Put it on the face").click()
    poser.hold(STILL)
    picture = Image.open(io.BytesIO(mask.screenshot())).convert("RGB")
    around, on = beside(np.asarray(picture, float))
    assert around < 20
    assert on > 25
    viewer.button("Back to the middle").click()
    expect(mask).to_have_attribute("data-seat", "middle")


def test_who_wants_rest_sees_no_chunks_fly_and_no_noise_flicker(
    seat: Callable[..., Viewer], face_cinema: Server
) -> None:
    viewer = seat(server=face_cinema, reduced_motion="reduce")
    poser = sit(viewer, "chapter/3?type=cover")
    viewer.button("Change the mask").click()
    poser.hold(TALK)
    mask = viewer.page.locator("canvas[data-mask='points']")
    first = np.asarray(Image.open(io.BytesIO(mask.screenshot())), float)
    poser.hold(TALK)
    again = np.asarray(Image.open(io.BytesIO(mask.screenshot())), float)
    assert np.abs(first - again).mean() < 0.5


def test_a_picture_of_the_masked_self_is_kept_on_the_viewers_machine(viewer: Viewer) -> None:
    poser = sit(viewer, "chapter/3?type=cover")
    poser.hold(STILL)
    with viewer.page.expect_download() as download:
        viewer.button("Keep a picture").click()
    assert download.value.suggested_filename == "discriminator-own.png"
    with Image.open(download.value.path()) as picture:
        middle = np.asarray(picture.convert("RGB").resize((5, 5), Image.Resampling.BOX))[2, 2]
    # Skin, not noise: bright, and more red than blue.
    assert middle[0] > 100
    assert middle[0] > middle[2] + 20


def test_a_reading_shows_nobody_where_there_is_no_camera(viewer: Viewer) -> None:
    viewer.open("chapter/4?type=chapter&t=6")
    expect(viewer.film).to_have_attribute("data-sitter", "nobody")
    answers = viewer.page.locator(".answer")
    expect(answers.filter(has_text=AGE)).to_have_text(TWICE)
    expect(answers.filter(has_text="guesses")).to_be_visible()
    expect(viewer.part("seen")).to_have_text(re.compile("the same face is shown a second time"))


def beside(seen: NDArray[np.float64]) -> tuple[float, float]:
    """How far the stage is from the dimmed, mirrored camera: outside the face, and on it."""
    height, width = seen.shape[:2]
    shown = Image.fromarray(frame(STILL)[:, ::-1]).resize((width, width * 3 // 4))
    cut = (shown.height - height) // 2
    expected = np.asarray(shown, float)[cut : cut + height] / 2
    away = np.abs(seen - expected).mean(2)
    scale = width / 640
    places = np.column_stack([640 - points()[:468, 0], points()[:468, 1]]) * scale - [0, cut]
    (left, top), (right, bottom) = places.min(0).astype(int), places.max(0).astype(int)
    middle = away[top + 60 : bottom - 60, left + 60 : right - 60]
    # Words, buttons and the bar lie over the rest, so a strip beside the face stands for it.
    strip = away[top + 60 : bottom - 60, left - 140 : left - 40]
    return float(np.median(strip)), float(np.median(middle))
