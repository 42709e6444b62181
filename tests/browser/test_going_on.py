"""How the film goes on by itself, and how it steps back when nobody moves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cinema import OTHER_WORDS
from playwright.sync_api import expect

if TYPE_CHECKING:
    from viewer import Viewer

IDLE = 8_000
COUNTED = 6_000


def test_a_chapter_plays_from_the_click_that_led_to_it(viewer: Viewer) -> None:
    viewer.open("permissions")
    viewer.button("Go on without").click()
    viewer.is_at("chapter-1")
    viewer.stands_at(1, 2, 3)
    viewer.plays()


def test_a_chapter_plays_from_the_click_on_its_cover(viewer: Viewer) -> None:
    viewer.open("chapter/2?type=cover").has_media()
    viewer.button("Start chapter").click()
    viewer.stands_at(1, 2, 3)
    viewer.plays()


def test_a_cover_rests_at_the_beginning(viewer: Viewer) -> None:
    viewer.open("chapter/2?type=chapter&t=4").play()
    viewer.open_bar()
    viewer.button("Chapters").click()
    viewer.page.get_by_role("menuitemradio", name="2/3").click()
    viewer.is_at("cover-2")
    viewer.rests()
    viewer.stands_at(0)


def test_the_next_button_comes_at_the_end_also_when_the_viewer_seeks_there(viewer: Viewer) -> None:
    viewer.turn_to(1)
    viewer.slider.press("End")
    expect(viewer.button("Next chapter")).to_be_visible()


def test_the_next_button_goes_when_the_viewer_turns_back(viewer: Viewer) -> None:
    viewer.turn_to(8).play_to_the_end()
    viewer.page.keyboard.press("j")
    expect(viewer.part("next")).to_be_hidden()


def test_whoever_does_nothing_at_the_end_is_taken_along(viewer: Viewer) -> None:
    viewer.page.clock.install()
    viewer.turn_to(8).play_to_the_end()
    viewer.page.clock.run_for(IDLE)
    viewer.page.clock.run_for(COUNTED - 1000)
    expect(viewer.part("next")).to_have_attribute("style", "--waited: 1;")
    viewer.page.clock.run_for(1000)
    viewer.is_at("cover-2")


def test_a_sign_of_the_viewer_starts_the_count_anew(viewer: Viewer) -> None:
    viewer.page.clock.install()
    viewer.turn_to(8).play_to_the_end()
    viewer.page.clock.run_for(IDLE + COUNTED - 2000)
    viewer.page.mouse.move(300, 300)
    expect(viewer.part("next")).to_have_attribute("style", "--waited: 0;")
    viewer.page.clock.run_for(COUNTED)
    viewer.is_at("chapter-1")


def test_covers_wait_for_ever(viewer: Viewer) -> None:
    viewer.page.clock.install()
    viewer.open("chapter/2?type=cover")
    expect(viewer.button("Start chapter")).to_be_visible()
    viewer.page.clock.run_for(60_000)
    viewer.is_at("cover-2")


def test_controls_and_title_step_back_when_nobody_moves(viewer: Viewer) -> None:
    viewer.page.clock.install()
    viewer.turn_to(1)
    viewer.page.clock.run_for(IDLE + 1000)
    expect(viewer.film).to_have_attribute("data-idle", "")
    expect(viewer.part("dots")).to_have_attribute("aria-expanded", "false")
    viewer.page.mouse.move(300, 300)
    expect(viewer.film).not_to_have_attribute("data-idle", "")


def test_of_many_hurried_wishes_the_last_wins(viewer: Viewer) -> None:
    viewer.open("chapter/1")
    for key in "2", "1", "3", "2", "3":
        viewer.page.keyboard.press(key)
    viewer.is_at("chapter-3")
    assert viewer.path == "/chapter/3?type=chapter"
    viewer.has_media()
    viewer.page.keyboard.press("l")
    viewer.page.keyboard.press("j")
    viewer.slider.press("Home")
    viewer.play()
    expect(viewer.part("captions")).to_contain_text(OTHER_WORDS)


def test_hurried_back_and_forward_end_where_the_address_says(viewer: Viewer) -> None:
    viewer.open("permissions")
    viewer.page.keyboard.press("3")
    viewer.is_at("chapter-3")
    viewer.page.evaluate("() => { history.back(); setTimeout(() => history.forward(), 100) }")
    viewer.is_at("chapter-3")
    expect(viewer.page).to_have_url(viewer.address + "chapter/3?type=chapter")


def test_keys_seek(viewer: Viewer) -> None:
    viewer.turn_to(1)
    for key, second in [("l", 11), ("j", 1), ("ArrowRight", 11), ("ArrowLeft", 1)]:
        viewer.page.keyboard.press(key)
        viewer.stands_at(second)


def test_keys_play_and_pause(viewer: Viewer) -> None:
    viewer.turn_to(1)
    for key in " ", "k", "K":
        viewer.page.keyboard.press(key)
        viewer.plays()
        viewer.page.keyboard.press(key)
        viewer.rests()


def test_keys_change_volume_and_captions(viewer: Viewer) -> None:
    viewer.turn_to(2)
    volume = viewer.part("volume")
    for key, value in [("ArrowDown", "90"), ("m", "0"), ("m", "90"), ("ArrowUp", "100")]:
        viewer.page.keyboard.press(key)
        expect(volume).to_have_value(value)
    captions = viewer.part("captions")
    expect(captions).to_contain_text("You posted")
    viewer.page.keyboard.press("c")
    expect(captions).not_to_contain_text("You posted")
    viewer.page.keyboard.press("c")
    expect(captions).to_contain_text("You posted")


def test_keys_stay_out_of_sheets_and_browser_shortcuts(viewer: Viewer) -> None:
    viewer.open("?modal=about")
    expect(viewer.sheet("About")).to_be_visible()
    viewer.page.keyboard.press("3")
    viewer.page.keyboard.press("Escape")
    expect(viewer.sheet("About")).to_be_hidden()
    viewer.page.keyboard.press("Control+3")
    viewer.is_at("home")


def test_keys_lead_to_chapters_and_unknown_ones_nowhere(viewer: Viewer) -> None:
    viewer.open()
    viewer.page.keyboard.press("9")
    viewer.page.keyboard.press("3")
    viewer.is_at("chapter-3")


def test_nobody_is_kept_waiting_with_reduced_motion(viewer: Viewer) -> None:
    viewer.page.emulate_media(reduced_motion="reduce")
    viewer.open()
    fades = "() => getComputedStyle(document.querySelector('.stage')).transitionDuration"
    assert viewer.page.evaluate(fades) == "0s"
    moving = "() => document.getAnimations().filter(one => one.playState === 'running').length"
    assert viewer.page.evaluate(moving) == 0
    viewer.link("Start").click()
    viewer.is_at("permissions")
