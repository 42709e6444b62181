"""Chapter 3 as a viewer meets it: told, let go twice, explored by mouse, keys and finger."""

from __future__ import annotations

import gzip
import json
from statistics import median
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from cinema import eventually, serving
from launching import launch
from pictures import EXPECTED, LIKENESS, SEEN, difference, reduce
from playwright.sync_api import expect
from viewer import AXE

from discriminator import shipped
from discriminator.film import story

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from cinema import Server
    from playwright.sync_api import Page, Playwright, Route
    from viewer import Viewer

CUES = next(one.cues for one in story.load().film.chapters if one.number == 3)
PHONE = {"width": 360, "height": 740}
TABLET = {"width": 1024, "height": 768}
DESK = {"width": 1440, "height": 900}
EXPLORING = CUES["explore_list"]
WORLD = ".figure-place[data-figure='world']"
COUNTRY, KIND = "Country, inferred from the name", "Kind, inferred from the name"


@pytest.fixture(scope="module")
def cinema(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The film itself: its own chapter 3."""
    with serving(tmp_path_factory.mktemp("downloaders") / "log") as running:
        yield running


@pytest.fixture
def take(seat: Callable[..., Viewer], cinema: Server) -> Callable[..., Viewer]:
    """Give a viewer a seat before chapter 3 at some second, resting."""

    def seated(second: float, **options: object) -> Viewer:
        viewer = seat(server=cinema, **{"viewport": DESK, **options})
        viewer.page.add_init_script(path=AXE)
        viewer.open(f"chapter/3?type=chapter&t={second}")
        expect(viewer.page.locator(".scene[data-on]")).to_be_visible()
        video = viewer.page.locator("video")
        eventually(lambda: video.evaluate("video => video.readyState >= 2"))
        video.evaluate("(video, second) => { video.pause(); video.currentTime = second; }", second)
        return viewer

    return seated


def scene(page: Page) -> str:
    name: str = page.locator(".scene[data-on]").get_attribute("data-scene") or ""
    return name


def go(viewer: Viewer, second: float, expected: str) -> None:
    viewer.page.locator("video").evaluate("(video, at) => { video.currentTime = at; }", second)
    expect(viewer.page.locator(f".scene[data-scene='{expected}'][data-on]")).to_be_visible()


def shown(page: Page) -> int:
    return page.locator(".list li:not([hidden])").count()


def found(page: Page, count: str) -> None:
    expect(page.locator(".list-found")).to_have_text(f"{count} of 1,453 requests")


def map_drawn(page: Page) -> None:
    expect(page.locator(f"{WORLD} .scattergeo .point").first).to_be_attached()


# --- told -------------------------------------------------------------------------------------


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


# --- explored ---------------------------------------------------------------------------------


def test_a_print_is_looked_at_with_keys_alone(take: Callable[..., Viewer]) -> None:
    viewer = take(CUES["explore_album"])
    page = viewer.page
    card = page.get_by_role("button", name="A bride in a veil", exact=False)
    card.focus()
    page.keyboard.press("Enter")
    frame = page.locator(".looked-frame")
    expect(frame).to_be_focused()
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
    expect(page.locator(".data-table tbody tr")).to_have_count(1)
    expect(page.locator(".data-table tbody tr")).to_have_text("Australia2")
    viewer.button("As a figure").click()
    page.get_by_role("searchbox").fill("nobody typed this")
    found(page, "0")
    expect(page.locator(".list-nothing")).to_be_visible()


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
    expect(note).to_be_visible()
    note.get_by_role("button", name="Close").click()
    expect(note).to_be_hidden()


def test_a_note_is_spoken_on_demand_while_the_narration_is_soft(
    take: Callable[..., Viewer],
) -> None:
    viewer = take(EXPLORING)
    page, volume = viewer.page, "video => video.volume"
    video = page.locator("video")
    loud = video.evaluate(volume)
    page.locator(".list [data-notable='nyt']").press("Enter")
    viewer.button("Say it").click()
    expect(page.locator(".note[data-speaking]")).to_be_visible()
    assert video.evaluate(volume) < loud / 2
    assert any(url.endswith("/notes/nyt.opus") for url in viewer.requests)
    viewer.button("Close").click()
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


def test_the_explorer_is_worked_with_keys_alone(take: Callable[..., Viewer]) -> None:
    viewer = take(EXPLORING)
    page = viewer.page
    map_drawn(page)
    search = page.get_by_role("searchbox")
    search.focus()
    page.keyboard.type("polic")
    found(page, "1")
    names = viewer.tab_to("Clear")
    assert names == [KIND, COUNTRY, "Clear"]
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
    assert viewer.second == pytest.approx(EXPLORING, abs=0.1)


def test_data_and_picture_of_a_figure_can_be_kept(take: Callable[..., Viewer]) -> None:
    viewer = take(EXPLORING)
    page = viewer.page
    map_drawn(page)
    for button, name, begins in [
        ("Save data", "world.csv", b"\xef\xbb\xbfCountry (inferred),Requests\r\nChina,433"),
        ("Save image", "world.png", b"\x89PNG"),
        ("Save this list", "requests.csv", b"\xef\xbb\xbfyear,as_entered"),
    ]:
        with page.expect_download() as download:
            viewer.button(button).click()
        assert download.value.suggested_filename == name
        assert download.value.path().read_bytes().startswith(begins)


# --- looks and troubles -----------------------------------------------------------------------

SECONDS = {
    "call": CUES["call_answer"] + 1,
    "album": CUES["photo_4"] + 4,
    "rain": CUES["rain_count"] + 9,
    "years": CUES["year_2017"] + 5.2,
    "list": EXPLORING,
    "piles": CUES["end"] + 2,
}


@pytest.mark.parametrize("viewport", [PHONE, TABLET, DESK], ids=["phone", "tablet", "desk"])
@pytest.mark.parametrize("motion", ["no-preference", "reduce"])
def test_every_screen_fits_and_keeps_the_rules(
    take: Callable[..., Viewer],
    pytestconfig: pytest.Config,
    viewport: dict[str, int],
    motion: str,
) -> None:
    viewer = take(1, viewport=viewport, reduced_motion=motion)
    viewer.open_bar()
    viewer.part("dots").click()
    viewer.page.mouse.move(5, 5)
    expect(viewer.film).not_to_have_attribute("data-bar", "")
    for name, second in SECONDS.items():
        go(viewer, second, name)
        eventually(lambda: not viewer.moving)
        eventually(lambda: not _outside(viewer.page))
        if viewport != TABLET:
            assert viewer.violations == []
        if motion == "reduce":
            _looks_as_it_did(viewer, f"chapter-3-{name}-{viewport['width']}", pytestconfig)


PRINTED = """() => [...document.querySelectorAll(".scene[data-on] img")]
  .filter(one => one.checkVisibility())
  .filter(one => {
    const { left, right, top, bottom } = one.getBoundingClientRect();
    return right > 0 && bottom > 0 && left < innerWidth && top < innerHeight;
  })
  .every(one => one.complete && one.naturalWidth > 0)"""
"""Whether all pictures within the window have come; those beyond it are fetched later."""


def _looks_as_it_did(viewer: Viewer, name: str, config: pytest.Config) -> None:
    seen, expected = SEEN / f"{name}.png", EXPECTED / f"{name}.png"
    # What the shell lays over every chapter comes and goes with the viewer's hands.
    shell = ".film > :not(.stage), .screens ~ *, .notices { visibility: hidden !important }"
    eventually(lambda: viewer.page.evaluate(PRINTED))
    viewer.page.screenshot(path=seen, style=shell)
    if config.getoption("renew"):
        reduce(seen, expected, 4)
    assert difference(seen, expected) < LIKENESS, name


def _outside(page: Page) -> list[str]:
    """What of the screen that is seen can be pressed or read and is not within the window."""
    found: list[str] = page.evaluate(
        "() => [...document.querySelectorAll('.scene[data-on] :is(button, input, select, p, h2)')]"
        ".filter(one => one.checkVisibility({ visibilityProperty: true }))"
        ".filter(one => !one.closest('.spoken, .print, .list, .figure-table, [hidden]'))"
        ".filter(one => { const box = one.getBoundingClientRect();"
        " return box.left < -1 || box.right > innerWidth + 1 || box.bottom > innerHeight + 1 })"
        ".map(one => one.outerHTML.slice(0, 120))"
    )
    return found


@pytest.mark.parametrize("width", [240, 320])
def test_a_very_narrow_screen_loses_nothing(take: Callable[..., Viewer], width: int) -> None:
    viewer = take(1, viewport={"width": width, "height": 640})
    for name, second in SECONDS.items():
        go(viewer, second, name)
        eventually(lambda: not viewer.moving)
        eventually(lambda: not _outside(viewer.page))


def test_without_webgl_every_figure_is_drawn(
    playwright: Playwright, seat: Callable[..., Viewer], cinema: Server
) -> None:
    plain = launch(playwright, "--disable-gpu", "--disable-3d-apis")
    viewer = seat(server=cinema, browser=plain, viewport=DESK)
    page = viewer.open(f"chapter/3?type=chapter&t={EXPLORING}").page
    assert page.evaluate("() => document.createElement('canvas').getContext('webgl')") is None
    map_drawn(page)
    for name, mark in [("Years", ".fills"), ("Collections", ".point")]:
        viewer.button(name).click()
        expect(page.locator(f".figure-place:not([hidden]) {mark}").first).to_be_attached()
    viewer.leave()
    plain.close()


@pytest.mark.parametrize("file", ["downloads", "album", "call", "figures"])
def test_data_that_cannot_be_had_is_said_and_can_be_asked_for_again(
    seat: Callable[..., Viewer], cinema: Server, file: str
) -> None:
    viewer = seat(server=cinema)
    broken = [True]

    def answer(route: Route) -> None:
        if broken[0]:
            route.fulfill(status=404, body="")
        else:
            route.continue_()

    viewer.page.route(f"**/data/{file}.json", answer)
    viewer.expected.append("404")
    viewer.open("chapter/3?type=chapter&t=160")
    said = viewer.page.locator(".screens .failure")
    expect(said).to_contain_text("could not be loaded")
    broken[0] = False
    said.get_by_role("button", name="Try again").click()
    expect(viewer.page.locator(".scene[data-on]")).to_be_visible()


RECORD = json.loads((shipped.folder("media") / "data" / "downloads.json").read_text("utf-8"))


@pytest.mark.parametrize(
    "body",
    ["", "{", "[]", json.dumps(RECORD | {"rows": [[1999, "X", None, "none", None, None]]})],
    ids=["empty", "torn", "something else", "unknown year"],
)
def test_data_that_are_malformed_are_not_drawn(
    seat: Callable[..., Viewer], cinema: Server, body: str
) -> None:
    viewer = seat(server=cinema)
    viewer.page.route("**/data/downloads.json", lambda route: route.fulfill(body=body))
    viewer.open("chapter/3?type=chapter&t=160")
    expect(viewer.page.locator(".screens .failure")).to_contain_text("could not be loaded")
    viewer.has_media()


def test_where_figures_cannot_be_drawn_their_data_stand_there(
    seat: Callable[..., Viewer], cinema: Server
) -> None:
    viewer = seat(server=cinema, viewport=DESK)
    viewer.expected.append("plotly")
    viewer.page.route("**/plotly-geo*", lambda route: route.abort())
    viewer.open(f"chapter/3?type=chapter&t={EXPLORING}")
    expect(viewer.page.locator(".figure-missing")).to_be_visible()
    expect(viewer.page.locator(".data-table tbody tr").first).to_have_text("China433")
    viewer.page.get_by_role("searchbox").fill("huawei")
    expect(viewer.page.locator(".data-table tbody tr")).to_have_count(1)


def test_three_runs_leave_nothing_behind(
    take: Callable[..., Viewer], figure: Callable[[str], None]
) -> None:
    viewer = take(1)
    page = viewer.page
    line = page.context.new_cdp_session(page)
    weights: list[tuple[int, int, float]] = []
    for _ in range(4):
        for name, second in SECONDS.items():
            go(viewer, second, name)
            if name == "list":
                map_drawn(page)
        page.keyboard.press("1")
        viewer.is_at("chapter-1")
        line.send("HeapProfiler.collectGarbage")
        counters = line.send("Memory.getDOMCounters")
        heap = line.send("Runtime.getHeapUsage")["usedSize"] / 1e6
        weights.append((counters["nodes"], counters["jsEventListeners"], heap))
        page.keyboard.press("3")
        viewer.is_at("cover-3")
        viewer.part("next").click()
        viewer.is_at("chapter-3")
        page.locator("video").evaluate("video => video.pause()")
    # The first run loads what stays: Plotly, the world, the player.
    _, first, _, last = weights
    assert last[0] <= first[0] * 1.1 + 500
    assert last[1] <= first[1] * 1.1 + 50
    assert last[2] <= first[2] * 1.1 + 2
    runs = ", ".join(f"{heap:.1f}" for _, _, heap in weights)
    figure(f"chapter 3, memory after each run: {runs} MB")


# --- speed ------------------------------------------------------------------------------------

SCREEN_CHANGE = """async second => {
  const video = document.querySelector("video");
  const began = performance.now();
  const before = document.querySelector(".scene[data-on]");
  video.currentTime = second;
  while (document.querySelector(".scene[data-on]") === before
    || getComputedStyle(document.querySelector(".scene[data-on]")).opacity !== "1") {
    await new Promise(requestAnimationFrame);
  }
  return performance.now() - began;
}"""
FILTER = """async text => {
  const field = document.querySelector("input[type=search]");
  const began = performance.now();
  field.value = text;
  field.dispatchEvent(new Event("input"));
  await new Promise(done => requestAnimationFrame(() => setTimeout(done)));
  return performance.now() - began;
}"""
HOVER = """async slug => {
  const name = document.querySelector(`.list li:not([hidden]) [data-notable=${slug}]`);
  const began = performance.now();
  name.dispatchEvent(new Event("pointerover", { bubbles: true }));
  await new Promise(done => requestAnimationFrame(() => setTimeout(done)));
  return performance.now() - began;
}"""


LARGEST = 1.5e6
"""Bytes of the chapter's own scripts, compressed, beyond Plotly."""


def test_the_chapters_own_script_is_small(
    take: Callable[..., Viewer], figure: Callable[[str], None]
) -> None:
    viewer = take(EXPLORING)
    map_drawn(viewer.page)
    paths = {urlsplit(url).path for url in viewer.requests}
    own = [path for path in paths if path.endswith(".js") and "plotly" not in path]
    assert any("/chapter-" in path for path in own)
    answers = [viewer.server.ask(path.lstrip("/"), Accept_Encoding="gzip") for path in own]
    assert all(gzip.decompress(answer.body) for answer in answers)
    size = sum(len(answer.body) for answer in answers)
    figure(f"chapter 3, scripts of the page and the chapter beyond Plotly: {size / 1e3:.0f} kB")
    assert size <= LARGEST


def test_how_fast_screens_change_and_filters_answer(
    take: Callable[..., Viewer], figure: Callable[[str], None]
) -> None:
    viewer = take(EXPLORING)
    page = viewer.page
    map_drawn(page)
    changes = [page.evaluate(SCREEN_CHANGE, second) for second in [100, 150, 30, 170, 5, 150] * 2]
    filters = [page.evaluate(FILTER, text) for text in ["u", "un", "uni", "", "ali", ""] * 2]
    hovers = [page.evaluate(HOVER, slug) for slug in ["amazon", "huawei", "nudt", "google"] * 2]
    for what, times in [("screen", changes), ("filter", filters), ("hover", hovers)]:
        assert all(time > 0 for time in times)
        figure(f"chapter 3, {what}: median {median(times):.0f} ms, worst {max(times):.0f} ms")
