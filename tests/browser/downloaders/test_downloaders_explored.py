"""Chapter 3 explored: by mouse, keys and finger, with one filter for every view."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from cinema import eventually
from playwright.sync_api import expect
from told_chapter import CUES, EXPLORING, PHONE, WORLD, found, go, map_drawn

if TYPE_CHECKING:
    from collections.abc import Callable

    from viewer import Viewer


COUNTRY, KIND = "Country, inferred from the name", "Kind, inferred from the name"
YEAR = "Year of the requests"


def test_a_print_is_looked_at_with_keys_alone(take: Callable[..., Viewer]) -> None:
    viewer = take(CUES["explore_album"])
    page = viewer.page
    card = page.get_by_role("button", name="A bride in a veil", exact=False)
    card.focus()
    page.keyboard.press("Enter")
    frame = page.locator(".looked-frame")
    expect(frame).to_be_focused()
    assert viewer.violations == []
    page.keyboard.press("+")
    expect(frame).to_have_attribute("data-closer", "")
    page.keyboard.press("0")
    viewer.button("Next print").press("Enter")
    expect(page.locator(".looked")).to_have_attribute("data-photo", "sink")
    page.keyboard.press("Escape")
    expect(page.locator(".looked")).to_have_count(0)
    expect(page.get_by_role("button", name="An aunt at a kitchen sink")).to_be_focused()
    assert viewer.second == pytest.approx(CUES["explore_album"], abs=0.1)


def test_a_print_is_looked_at_with_a_finger(take: Callable[..., Viewer]) -> None:
    viewer = take(CUES["explore_album"], viewport=PHONE, has_touch=True)
    page = viewer.page
    page.get_by_role("button", name="An aunt and a boy at the sea").tap()
    expect(page.locator(".looked")).to_have_attribute("data-photo", "shore")
    viewer.button("Enlarge").tap()
    expect(page.locator(".looked-frame")).to_have_attribute("data-closer", "")
    viewer.button("Put it back").tap()
    expect(page.locator(".looked")).to_have_count(0)


def test_search_year_kind_and_country_filter_every_view(take: Callable[..., Viewer]) -> None:
    viewer = take(EXPLORING)
    page = viewer.page
    map_drawn(page)
    found(page, "1,453")
    marks = "marks => marks.map(({ style }) => parseFloat(style.top))"
    eventually(lambda: max(page.locator(".list-marks i").evaluate_all(marks), default=0) > 95)
    page.get_by_role("searchbox").fill("facebook")
    expect(page.locator(".list-reading")).to_have_text("2019 · 1 so far")
    page.get_by_role("searchbox").fill("estée")
    found(page, "1")
    expect(page.locator(".list li:not([hidden])")).to_have_text("Estee Lauder")
    viewer.button("Clear").click()
    page.get_by_role("combobox", name=KIND).select_option("government")
    page.get_by_role("combobox", name=COUNTRY).select_option("AU")
    found(page, "2")
    # One bubble for the country, and a point for each of the two cities.
    expect(page.locator(f"{WORLD} .scattergeo .point")).to_have_count(3)
    viewer.button("As a table").click()
    expect(page.locator(".data-table tbody tr")).to_have_text(
        [
            "Australia2",
            "Canberra1Department of Foreign Affairs and Trade",
            "Edinburgh, South Australia1Defence Science and Technology Group",
        ]
    )
    viewer.button("As a figure").click()
    page.get_by_role("searchbox").fill("nobody typed this")
    found(page, "0")
    expect(page.locator(".list-nothing")).to_be_visible()
    viewer.button("Clear").click()
    page.get_by_role("combobox", name=YEAR).select_option("2019")
    expect(page.get_by_role("slider", name=YEAR)).to_have_attribute("aria-valuetext", "2019")
    found(page, "368")
    viewer.button("Year before").click()  # there is none; the list stays where it is
    expect(page.locator(".list-reading")).to_contain_text("2019")
    viewer.button("Years").click()
    viewer.button("As a table").click()
    # What the narration says of the list is true again, whatever was looked for before.
    go(viewer, CUES["end"], "piles")
    go(viewer, CUES["map"] + 1, "list")
    found(page, "1,453")
    expect(page.locator(WORLD)).to_be_visible()
    expect(page.locator(".figure-table")).to_be_hidden()


def test_a_bubble_filters_the_list_and_lets_go(take: Callable[..., Viewer]) -> None:
    viewer = take(EXPLORING)
    page = viewer.page
    map_drawn(page)
    brazil = (
        "element => { const [{ customdata }] = element.data;"
        " const index = customdata.findIndex(([code]) => code === 'BR');"
        " return [...element.querySelectorAll('.scattergeo')[0].querySelectorAll('.point')][index]"
        ".getBoundingClientRect().toJSON() }"
    )
    box = page.locator(WORLD).evaluate(brazil)
    middle = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(*middle)
    page.mouse.click(*middle)
    found(page, "11")
    expect(page.get_by_role("combobox", name=COUNTRY)).to_have_value("BR")
    page.mouse.click(*middle)
    found(page, "1,453")


SEAT = (
    "(map, slug) => { const drawn = map.data[1].customdata.filter(([, count]) => count);"
    " const index = drawn.findIndex(([slugs]) => slugs.split(',').includes(slug));"
    " return map.querySelectorAll('.scattergeo')[1].querySelectorAll('.point')[index]"
    ".getBoundingClientRect().toJSON() }"
)


def test_the_slider_goes_through_the_years_of_the_map(take: Callable[..., Viewer]) -> None:
    viewer = take(EXPLORING)
    page = viewer.page
    slider = page.get_by_role("slider", name="Year of the requests")
    slider.focus()
    for count, year in [("7", "2015"), ("269", "2016")]:
        page.keyboard.press("ArrowRight")
        found(page, count)
        expect(slider).to_have_attribute("aria-valuetext", year)
    page.keyboard.press("Home")
    found(page, "1,453")
    viewer.button("Play the years").click()
    found(page, "269")
    viewer.button("Stop").click()
    assert viewer.second == pytest.approx(EXPLORING, abs=0.1)


def test_a_notable_name_shows_what_the_record_says(take: Callable[..., Viewer]) -> None:
    viewer = take(EXPLORING)
    page = viewer.page
    page.get_by_role("searchbox").fill("in-q-tel")
    name = page.locator(".list [data-notable='inqtel']")
    name.hover()
    note = page.locator(".note")
    expect(note).to_contain_text("In-Q-Tel asked for the data once, in 2017.")
    expect(note).to_contain_text("Inferred: Government or defence; seat Arlington.")
    page.mouse.move(5, 5)
    expect(note).to_be_hidden()
    name.focus()
    page.keyboard.press("Enter")
    expect(note).to_be_focused()
    note.get_by_role("button", name="Close").click()
    expect(note).to_be_hidden()
    expect(name).to_be_focused()


def test_a_note_is_spoken_on_demand_while_the_narration_is_soft(
    take: Callable[..., Viewer],
) -> None:
    viewer = take(EXPLORING)
    page, volume = viewer.page, "video => video.volume"
    video = page.locator("video")
    loud = video.evaluate(volume)
    name = page.locator(".list [data-notable='nyt']")
    name.press("Enter")
    assert viewer.tab() == "Say it"
    page.keyboard.press("Enter")
    speaking = page.locator(".note[data-speaking]")
    expect(speaking).to_be_visible()
    assert video.evaluate(volume) < loud / 2
    assert any(url.endswith("/notes/nyt.opus") for url in viewer.requests)
    page.locator(".list [data-notable='facebook']").dispatch_event("pointerover")
    expect(speaking).to_contain_text("The New York Times asked for the data")
    assert viewer.violations == []
    page.keyboard.press("Escape")
    expect(speaking).to_be_hidden()
    expect(name).to_be_focused()
    eventually(lambda: video.evaluate(volume) == loud)


def test_the_list_and_the_map_point_at_each_other(take: Callable[..., Viewer]) -> None:
    viewer = take(EXPLORING)
    page = viewer.page
    map_drawn(page)
    lit = page.locator(f"{WORLD} .point[data-lit]")
    page.get_by_role("searchbox").fill("huawei")
    page.locator(".list [data-notable='huawei']").hover()
    expect(lit).to_have_count(1)
    seat = lit.bounding_box()
    assert seat
    page.mouse.move(5, 5)
    expect(lit).to_have_count(0)
    page.mouse.move(seat["x"] + seat["width"] / 2, seat["y"] + seat["height"] / 2, steps=4)
    expect(page.locator(".list [data-notable='huawei'][data-lit]")).to_have_count(1)
    expect(page.locator(".note")).to_contain_text("Huawei asked for the data")
    # A city leads to its name in the list as it is filtered, and not to one that is hidden.
    viewer.button("Clear").click()
    page.get_by_role("combobox", name=YEAR).select_option("2019")
    expect(page.locator(f"{WORLD} .scattergeo").nth(1).locator(".point")).to_have_count(10)
    redmond = page.locator(WORLD).evaluate(SEAT, "microsoft")
    page.mouse.click(redmond["x"] + redmond["width"] / 2, redmond["y"] + redmond["height"] / 2)
    name = page.locator(".list li:not([hidden]) > [data-notable='microsoft']").first
    expect(page.locator(".note")).to_contain_text("Microsoft asked for the data")
    expect(name).to_be_in_viewport()


def test_what_is_lit_stays_lit_when_the_map_is_drawn_anew(take: Callable[..., Viewer]) -> None:
    page = take(EXPLORING).page
    map_drawn(page)
    lit = page.locator(f"{WORLD} .point[data-lit]")
    page.locator(".list [data-notable='huawei']").dispatch_event("pointerover")
    expect(lit).to_have_count(1)
    seat = lit.bounding_box()
    cities = page.locator(f"{WORLD} .scattergeo").nth(1).locator(".point")
    all_of_them = cities.count()
    page.get_by_role("searchbox").fill("hua")
    eventually(lambda: cities.count() < all_of_them)
    expect(lit).to_have_count(1)
    assert lit.bounding_box() == seat


def test_a_city_is_asked_with_a_finger(take: Callable[..., Viewer]) -> None:
    viewer = take(EXPLORING, viewport=PHONE, has_touch=True)
    page = viewer.page
    viewer.button("Map").tap()
    map_drawn(page)
    canberra = page.locator(WORLD).evaluate(SEAT, "dfat")
    page.touchscreen.tap(
        canberra["x"] + canberra["width"] / 2, canberra["y"] + canberra["height"] / 2
    )
    note = page.locator(".note")
    expect(note).to_contain_text("Department of Foreign Affairs and Trade asked for the data")
    expect(page.locator(".list li:not([hidden]) > [data-notable='dfat']").first).to_be_in_viewport()
    viewer.button("Close").tap()
    expect(note).to_be_hidden()


def test_the_explorer_is_worked_with_keys_alone(take: Callable[..., Viewer]) -> None:
    viewer = take(EXPLORING)
    page = viewer.page
    map_drawn(page)
    search = page.get_by_role("searchbox")
    search.focus()
    page.keyboard.type("polic")
    found(page, "1")
    names = viewer.tab_to("Clear")
    assert names == [YEAR, KIND, COUNTRY, "Clear"]
    page.keyboard.press("Enter")
    found(page, "1,453")
    viewer.tab_to("Years")
    page.keyboard.press("Enter")
    expect(page.locator(".figure-place[data-figure='years'] .fills").first).to_be_attached()
    viewer.button("As a table").focus()
    page.keyboard.press("Enter")
    table = page.locator(".figure-table")
    table.focus()
    expect(table.get_by_role("row")).to_have_count(6)
    assert viewer.violations == []
    assert viewer.second == pytest.approx(EXPLORING, abs=0.1)


def test_data_and_picture_of_a_figure_can_be_kept(take: Callable[..., Viewer]) -> None:
    viewer = take(EXPLORING)
    page = viewer.page
    map_drawn(page)
    for button, name, begins in [
        ("Save data", "world.csv", b"\xef\xbb\xbfCountry or city (inferred),Requests,Well"),
        ("Save image", "world.png", b"\x89PNG"),
        ("Save this list", "requests.csv", b"\xef\xbb\xbfyear,as_entered"),
    ]:
        with page.expect_download() as download:
            viewer.button(button).click()
        assert download.value.suggested_filename == name
        assert download.value.path().read_bytes().startswith(begins)
