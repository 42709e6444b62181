"""The control bar: every button, menu and handle of it, by mouse, finger and key."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from cinema import RUNGS, SECONDS, eventually
from playwright.sync_api import expect

from discriminator import streaming
from discriminator.video import ffmpeg

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Locator, Route
    from viewer import Viewer

FIRST_WORDS = "You posted a photograph."
SECOND_WORDS = "A machine looked at it."
SLIDER_KEYS = [
    ("ArrowRight", 11),
    ("ArrowLeft", 6),
    ("ArrowUp", 11),
    ("ArrowDown", 6),
    ("PageDown", 0),
    ("ArrowRight", 5),
    ("Home", 0),
]


def at(viewer: Viewer, fraction: float) -> tuple[float, float]:
    """A point on the current chapter's line."""
    box = viewer.page.locator(".segment.current").bounding_box()
    assert box
    return box["x"] + fraction * box["width"], box["y"] + box["height"] - 8


def choose(viewer: Viewer, menu: str, entry: str) -> None:
    viewer.open_bar()
    viewer.button(menu).click()
    viewer.page.get_by_role("menuitemradio", name=entry).click()


def volume(viewer: Viewer) -> Locator:
    return viewer.part("volume")


def test_play_and_pause(viewer: Viewer) -> None:
    viewer.turn_to(1)
    viewer.button("Play").click()
    viewer.stands_at(2, 3)
    viewer.open_bar()
    viewer.button("Pause").click()
    viewer.rests()


def test_a_click_on_the_picture_plays_and_pauses(viewer: Viewer) -> None:
    viewer.turn_to(1)
    viewer.part("screen").click(position={"x": 600, "y": 200})
    viewer.plays()
    viewer.part("screen").click(position={"x": 600, "y": 200})
    viewer.rests()


def test_back_and_forward_ten_seconds(viewer: Viewer) -> None:
    viewer.turn_to(1)
    viewer.button("Forward 10 seconds").click()
    viewer.stands_at(11)
    viewer.button("Back 10 seconds").click()
    viewer.stands_at(1)
    viewer.button("Back 10 seconds").click()
    viewer.stands_at(0)


def test_a_press_on_the_line_seeks(viewer: Viewer) -> None:
    viewer.turn_to(1)
    viewer.page.mouse.click(*at(viewer, 0.5))
    viewer.stands_at(5, 6)
    assert viewer.path == "/chapter/1?type=chapter"


def test_dragging_the_handle_seeks_and_then_plays_on(viewer: Viewer) -> None:
    viewer.turn_to(1).play()
    viewer.open_bar()
    viewer.slider.hover()
    viewer.page.mouse.down()
    viewer.rests()
    viewer.page.mouse.move(*at(viewer, 0.7), steps=4)
    viewer.stands_at(8)
    viewer.page.mouse.up()
    viewer.plays()


def test_dragging_beyond_the_line_stops_at_its_ends(viewer: Viewer) -> None:
    viewer.turn_to(6)
    viewer.slider.hover()
    viewer.page.mouse.down()
    viewer.page.mouse.move(0, 100, steps=4)
    viewer.stands_at(0)
    viewer.page.mouse.move(1270, 100, steps=4)
    viewer.stands_at(11, 12)
    viewer.page.mouse.up()


def test_a_finger_seeks(seat: Callable[..., Viewer]) -> None:
    viewer = seat(has_touch=True, viewport={"width": 360, "height": 740}).turn_to(1)
    touch = viewer.page.context.new_cdp_session(viewer.page)
    for kind, fraction in [("touchStart", 0.2), ("touchMove", 0.5), ("touchMove", 0.7)]:
        x, y = at(viewer, fraction)
        points = [{"x": x, "y": y}]
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    viewer.stands_at(8)


def test_the_slider_answers_to_keys(viewer: Viewer) -> None:
    viewer.turn_to(6)
    for key, second in SLIDER_KEYS:
        viewer.slider.press(key)
        viewer.stands_at(second)
    viewer.slider.press("End")
    viewer.stands_at(11, 12)


def test_the_slider_says_the_time_in_words(viewer: Viewer) -> None:
    viewer.turn_to(6)
    words = re.compile("^0:06 of 0:1[12]$")
    expect(viewer.slider).to_have_attribute("aria-valuetext", words)
    expect(viewer.part("clock")).to_have_text(words)


def test_mute_and_volume_go_together(viewer: Viewer) -> None:
    viewer.turn_to(1)
    viewer.button("Mute").click()
    expect(volume(viewer)).to_have_value("0")
    viewer.button("Sound on").click()
    expect(volume(viewer)).to_have_value("100")
    volume(viewer).fill("0")
    expect(viewer.button("Sound on")).to_be_visible()
    volume(viewer).fill("40")
    expect(viewer.button("Mute")).to_be_visible()


def test_sound_comes_back_after_the_slider_silenced_it(viewer: Viewer) -> None:
    viewer.turn_to(1)
    volume(viewer).fill("0")
    viewer.button("Sound on").click()
    expect(volume(viewer)).not_to_have_value("0")


def test_volume_is_remembered(viewer: Viewer) -> None:
    viewer.turn_to(1)
    volume(viewer).fill("40")
    viewer.page.reload()
    expect(volume(viewer)).to_have_value("40")


def test_captions_come_at_their_time_and_go(viewer: Viewer) -> None:
    captions = viewer.turn_to(2).part("captions")
    expect(captions).to_contain_text(FIRST_WORDS)
    viewer.slider.press("ArrowRight")
    expect(captions).to_contain_text(SECOND_WORDS)
    viewer.slider.press("End")
    expect(captions).to_have_text("")


def test_captions_can_be_turned_off_and_stay_off(viewer: Viewer) -> None:
    viewer.turn_to(2)
    expect(viewer.part("captions")).to_contain_text(FIRST_WORDS)
    choose(viewer, "Captions", "Off")
    expect(viewer.part("captions")).not_to_contain_text(FIRST_WORDS)
    viewer.turn_to(2)
    viewer.open_bar()
    viewer.button("Captions").click()
    off = viewer.page.get_by_role("menuitemradio", name="Off")
    expect(off).to_have_attribute("aria-checked", "true")
    viewer.page.get_by_role("menuitemradio", name="English").click()
    expect(viewer.part("captions")).to_contain_text(FIRST_WORDS)


def test_quality_can_be_chosen(viewer: Viewer) -> None:
    viewer.turn_to(1)
    choose(viewer, "Quality", "180p")
    viewer.button("Quality").click()
    entries = viewer.page.get_by_role("menuitemradio")
    expect(entries).to_have_text(["Automatic", "360p", "180p"])
    expect(entries.nth(2)).to_have_attribute("aria-checked", "true")
    viewer.page.keyboard.press("Escape")
    expect(viewer.button("Quality")).to_be_focused()


def test_speed_can_be_chosen_and_the_film_keeps_to_it(viewer: Viewer) -> None:
    viewer.turn_to(1)
    choose(viewer, "Speed", "0.75")
    viewer.page.keyboard.press(">")
    viewer.page.keyboard.press(">")
    expect(viewer.notice("Speed: 1.25")).to_be_visible()
    viewer.turn_to(1)
    video = viewer.page.locator(".screen video")
    assert video.evaluate("video => video.playbackRate") == 1.25


@pytest.fixture(scope="module")
def dubbed(film_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The first chapter's stream in two languages."""
    folder = tmp_path_factory.mktemp("dubbed")
    master, tone = folder / "master.mkv", f"sine=frequency=880:duration={SECONDS}"
    sources = ["-i", str(film_folder / "masters" / "chapter.mp4"), "-f", "lavfi", "-i", tone]
    tags = ["-metadata:s:a:0", "language=ger", "-metadata:s:a:1", "language=fra"]
    kept = ["-map", "0", "-map", "1:a", "-c:v", "copy", "-c:a", "aac", *tags]
    ffmpeg.run([*sources, *kept, str(master)])
    streaming.encode(master, folder / "stream", streaming.Options(rungs=RUNGS))
    return folder / "stream"


def test_the_sound_can_be_chosen_and_stays_at_another_quality(viewer: Viewer, dubbed: Path) -> None:
    fetched: list[str] = []

    def answer(route: Route) -> None:
        fetched.append(route.request.url.rpartition("/")[2])
        route.fulfill(path=dubbed / fetched[-1])

    viewer.page.route("**/chapter-1/*.*", answer)
    viewer.turn_to(1).play()
    for menu, entry, size, sound in [
        ("Quality", "180p", 180, "segment-2-"),
        ("Audio", "Français", 180, "segment-3-"),
        ("Quality", "360p", 360, "segment-3-"),
    ]:
        before = viewer.second
        choose(viewer, menu, entry)
        eventually(lambda before=before: viewer.second > before + 0.5)
        assert viewer.page.locator("video").evaluate("video => video.videoHeight") == size
        # Tracks are numbered as the manifest lists them: two sizes of the picture, two sounds.
        heard = [name for name in fetched if name.startswith(("segment-2-", "segment-3-"))]
        assert heard[-1].startswith(sound)


def test_on_a_phone_a_menu_lies_on_no_control(seat: Callable[..., Viewer], dubbed: Path) -> None:
    viewer = seat(viewport={"width": 360, "height": 740}, has_touch=True)
    viewer.page.route(
        "**/chapter-1/*.*",
        lambda route: route.fulfill(path=dubbed / route.request.url.rpartition("/")[2]),
    )
    viewer.turn_to(1).open_bar()
    viewer.button("Audio").tap()
    menu = viewer.page.get_by_role("menu").bounding_box()
    controls = viewer.page.locator(".film .controls > .control, .film .menu-place > .control")
    boxes = [one.bounding_box() for one in controls.all() if one.is_visible()]
    assert len({box["y"] for box in boxes if box}) == 2
    assert menu
    assert all(menu["y"] + menu["height"] <= box["y"] for box in boxes if box)


def test_the_chapter_menu_leads_to_covers(viewer: Viewer) -> None:
    viewer.turn_to(1)
    choose(viewer, "Chapters", "2/3 The mask")
    viewer.is_at("cover-2")


def test_menus_are_walked_by_arrow_keys(viewer: Viewer) -> None:
    viewer.turn_to(1)
    viewer.button("Chapters").press("Enter")
    names = [viewer.focused]
    for key in ["ArrowDown", "ArrowDown", "ArrowDown", "ArrowUp", "Home", "End"]:
        viewer.page.keyboard.press(key)
        names.append(viewer.focused)
    assert [name[0] for name in names] == ["1", "2", "3", "1", "3", "1", "3"]
    viewer.page.keyboard.press("Enter")
    viewer.is_at("chapter-3")


def test_one_menu_is_open_at_a_time(viewer: Viewer) -> None:
    viewer.turn_to(1)
    viewer.button("Captions").click()
    viewer.button("Quality").click()
    expect(viewer.page.get_by_role("menu")).to_have_count(1)


def test_another_chapters_line_leads_there(viewer: Viewer) -> None:
    viewer.turn_to(1)
    viewer.link("Chapter 2: The mask").click()
    viewer.is_at("cover-2")


def test_on_a_cover_a_press_on_the_line_enters_the_chapter(viewer: Viewer) -> None:
    viewer.open("chapter/2?type=cover").has_media()
    viewer.open_bar()
    viewer.page.mouse.click(*at(viewer, 0.5))
    viewer.is_at("chapter-2")
    viewer.stands_at(5, 6, 7, 8)


def test_full_screen_and_back(viewer: Viewer) -> None:
    viewer.turn_to(1)
    viewer.button("Full screen").click()
    viewer.open_bar()
    viewer.button("Leave full screen").click()
    expect(viewer.control("fullscreen")).to_have_attribute("aria-label", "Full screen")


def test_the_bar_is_open_at_first_and_closed_after_a_page_change(viewer: Viewer) -> None:
    viewer.open("chapter/1")
    expect(viewer.part("dots")).to_have_attribute("aria-expanded", "true")
    viewer.page.keyboard.press("3")
    viewer.is_at("chapter-3")
    expect(viewer.part("dots")).to_have_attribute("aria-expanded", "false")
    viewer.part("dots").hover()
    expect(viewer.part("dots")).to_have_attribute("aria-expanded", "true")


def test_on_a_cover_a_key_on_the_line_enters_the_chapter(viewer: Viewer) -> None:
    viewer.open("chapter/2?type=cover").has_media()
    viewer.open_bar()
    viewer.link("Chapter 2: The mask").press("Enter")
    viewer.is_at("chapter-2")


def test_on_a_cover_there_is_nothing_to_play(viewer: Viewer) -> None:
    viewer.open("chapter/2?type=cover").is_at("cover-2")
    viewer.open_bar()
    for name in "Play", "Back 10 seconds", "Forward 10 seconds":
        expect(viewer.button(name)).to_be_disabled()
