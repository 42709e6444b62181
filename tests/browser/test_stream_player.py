"""A stream in a plain notebook: everything that its player offers, and what Python hears of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from cinema import PATIENCE, eventually
from playwright.sync_api import expect
from subtitles import cues
from viewer import Viewer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from cinema import Server
    from playwright.sync_api import Browser, Locator, Page

slow = pytest.mark.soak  # plays at its own pace, or opens a notebook of its own


class Screening:
    """A player in a notebook that Voila renders."""

    def __init__(self, researcher: Viewer) -> None:
        self.viewer = researcher
        researcher.page.context.set_default_timeout(PATIENCE * 1000)
        self.page: Page = researcher.page
        self.player: Locator = self.page.locator("media-controller")
        self.video: Locator = self.page.locator("video")
        self.failure: Locator = self.page.get_by_role("alert")

    def open(self, notebook: str) -> Screening:
        self.page.goto(f"{self.viewer.address}voila/render/{notebook}.ipynb")
        eventually(lambda: self.video.count() and self.state("readyState") >= 3)
        return self

    def rewound(self) -> Screening:
        """Bring it back to where a newcomer finds it."""
        self.page.mouse.move(0, 0)
        self.page.evaluate("document.pictureInPictureElement && document.exitPictureInPicture()")
        self.video.evaluate(
            "video => { video.pause(); video.muted = false; video.playbackRate = 1; }"
        )
        self.page.evaluate("document.activeElement.blur()")
        self.seek(0)
        self.stands_at(0)
        return self

    def state(self, name: str) -> float:
        """A property of the video."""
        value: float = self.video.evaluate(f"video => video.{name}")
        return value

    def seek(self, second: float) -> None:
        self.video.evaluate(f"video => {{ video.currentTime = {second} }}")

    def stands_at(self, second: float) -> None:
        """Wait until the media is there, and there to be played."""
        eventually(lambda: abs(self.state("currentTime") - second) < 1)
        eventually(lambda: self.state("readyState") >= 3)

    def play(self) -> None:
        self.page.locator("media-play-button").click()
        eventually(lambda: self.state("currentTime") > 0.1 and not self.state("paused"))

    def python_says(self, text: str | re.Pattern[str]) -> None:
        expect(self.page.locator(".widget-label").filter(has_text=text)).to_be_visible()

    def choose(self, what: str, value: str) -> None:
        self.page.locator(f'[data-choice="{what}"]').select_option(value)

    @property
    def captions(self) -> Locator:
        return self.page.locator(".stream-captions")


@pytest.fixture(scope="module")
def cinema(lab: Server, browser: Browser) -> Iterator[Callable[[str], Screening]]:
    """Show a notebook, once for many tests."""
    shown: dict[str, Screening] = {}

    def show(notebook: str) -> Screening:
        if notebook not in shown:
            page = browser.new_context(viewport={"width": 1024, "height": 800}).new_page()
            shown[notebook] = Screening(Viewer(page, lab)).open(notebook)
        return shown[notebook].rewound()

    yield show
    for screening in shown.values():
        screening.page.context.close()


@pytest.fixture
def screening(cinema: Callable[[str], Screening]) -> Screening:
    return cinema("seen")


@pytest.mark.parametrize(
    ("notebook", "seconds"), [("seen", 182), pytest.param("heard", 202, marks=slow)]
)
def test_python_follows_time_state_and_cues(
    cinema: Callable[[str], Screening], notebook: str, seconds: int
) -> None:
    screening = cinema(notebook)
    screening.python_says(re.compile(rf"^paused at 0.00 of {seconds}$"))
    screening.play()
    screening.python_says(re.compile("^playing at [2-9]"))
    screening.python_says("heard: first one two")
    screening.page.locator("media-play-button").click()
    screening.python_says(re.compile("^paused at [2-9]"))
    told = int(screening.page.locator(".widget-label").last.inner_text())
    # Four times a second, and a few more for what is not time.
    assert told < 4 * screening.state("currentTime") + 16


@pytest.mark.parametrize(
    ("notebook", "chapter"),
    [("seen", "chapter-1"), pytest.param("heard", "chapter-3", marks=slow)],
)
def test_captions_are_shown_at_their_time(
    cinema: Callable[[str], Screening], notebook: str, chapter: str
) -> None:
    screening = cinema(notebook)
    screening.choose("captions", "en")
    written = cues(chapter)
    for begin, end, words in (written[0], written[len(written) // 2], written[-1]):
        screening.seek((begin + end) / 2)
        expect(screening.captions).to_contain_text(words)
    screening.seek(0)
    expect(screening.captions).not_to_contain_text(re.compile(r"\w"))
    screening.seek((written[0][0] + written[0][1]) / 2)
    screening.choose("captions", "")
    expect(screening.captions).not_to_contain_text(re.compile(r"\w"))


def test_any_second_can_be_sought(screening: Screening) -> None:
    for second in (170, 3, 90):
        screening.seek(second)
        screening.stands_at(second)
    # The middle of the range is the middle of the film.
    screening.page.locator("media-time-range").click()
    screening.stands_at(91)


def test_the_quality_can_be_chosen_by_hand(screening: Screening) -> None:
    for height in ("432", "1080", "720"):
        screening.choose("quality", height)
        eventually(lambda height=height: screening.state("videoHeight") == int(height))
    screening.choose("quality", "auto")
    expect(screening.page.locator('[data-choice="quality"]')).to_have_value("auto")


@slow
def test_what_is_only_heard_has_no_quality(cinema: Callable[[str], Screening]) -> None:
    screening = cinema("heard")
    expect(screening.page.locator('[data-choice="captions"]')).to_be_visible()
    expect(screening.page.locator('[data-choice="quality"]')).to_be_hidden()


@slow
def test_it_plays_faster(screening: Screening) -> None:
    screening.page.locator("media-playback-rate-button").click()
    assert screening.state("playbackRate") == 1.25


@slow
def test_it_plays_in_a_window_of_its_own(screening: Screening) -> None:
    screening.page.locator("media-pip-button").click()
    in_window = "() => document.pictureInPictureElement?.tagName === 'VIDEO'"
    eventually(lambda: screening.page.evaluate(in_window))


@slow
def test_small_pictures_lead_to_a_place(screening: Screening) -> None:
    place = screening.page.locator("media-time-range")
    place.hover(position={"x": 40, "y": 5})
    place.hover(position={"x": 60, "y": 5})  # the first move only says that somebody came
    expect(place).to_have_attribute("mediapreviewimage", re.compile("thumbnails-"))


def test_keys_are_the_players_only_while_it_has_the_focus(screening: Screening) -> None:
    screening.page.keyboard.press("m")
    assert not screening.state("muted")
    screening.player.focus()
    screening.page.keyboard.press("m")
    eventually(lambda: screening.state("muted"))
    screening.page.keyboard.press("k")
    eventually(lambda: not screening.state("paused"))


@slow
def test_waiting_is_shown_while_the_controls_are_hidden(screening: Screening) -> None:
    screening.play()
    expect(screening.player).to_have_attribute("userinactive", "")
    screening.page.route("**/segment-*", lambda _: None)
    screening.seek(150)
    indicator = screening.page.locator("media-loading-indicator")
    expect(indicator).to_have_attribute("medialoading", "")
    eventually(lambda: opacity(indicator) == "1")
    eventually(lambda: opacity(screening.page.locator("media-control-bar")) == "0")
    screening.page.unroute_all()


def opacity(element: Locator) -> str:
    shown: str = element.evaluate("it => getComputedStyle(it).opacity")
    return shown


@slow
def test_a_line_that_comes_back_brings_the_media_with_it(screening: Screening) -> None:
    screening.page.route("**/segment-*", lambda route: route.abort())
    screening.seek(150)
    expect(screening.failure).to_be_visible()
    screening.python_says(re.compile("^failed at"))
    screening.page.unroute_all()
    screening.stands_at(150)
    expect(screening.failure).to_be_hidden()


@slow
def test_what_could_not_be_had_can_be_tried_again_where_its_address_says(
    researcher: Viewer,
) -> None:
    screening = Screening(researcher)
    screening.page.route("**/manifest.mpd", lambda route: route.abort())
    screening.page.goto(f"{researcher.address}voila/render/seen.ipynb?t=42")
    expect(screening.failure).to_contain_text("could not be loaded")
    screening.page.unroute_all()
    screening.failure.get_by_role("button", name="Try again").click()
    screening.stands_at(42)
    expect(screening.failure).to_be_hidden()
    eventually(lambda: not screening.state("paused"))


@slow
def test_in_jupyterlab_its_keys_change_no_cell(researcher: Viewer) -> None:
    page = researcher.page
    page.goto(f"{researcher.address}lab/tree/seen.ipynb?reset")
    expect(page.get_by_text("Python 3 (ipykernel) | Idle")).to_be_visible()
    page.locator(".jp-CodeCell:visible").first.click()
    page.keyboard.press("Control+Enter")
    video = page.locator("video")
    eventually(lambda: video.count() and video.evaluate("video => video.readyState") >= 3)
    page.locator("media-controller").focus()
    page.keyboard.press("m")
    eventually(lambda: video.evaluate("video => video.muted"))
    expect(page.locator(".jp-MarkdownCell:visible")).to_have_count(0)
