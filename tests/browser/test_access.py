"""axe-core finds nothing on any page, sheet or menu."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from cinema import serving
from playwright.sync_api import expect
from viewer import AXE

from discriminator.film import story
from discriminator.film.operator import Operator
from discriminator.film.page import Page

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from cinema import Server
    from viewer import Viewer

PAGES = ["", "permissions", "chapter/1", "chapter/2?type=cover", "chapter/9"]
OWN = [
    *(f"chapter/{n}?type=cover" for n in (1, 2, 3, 4)),
    "chapter/2?type=chapter&t=10",
    "chapter/3?type=chapter&t=190",
    "chapter/4?type=chapter&t=60",
]
APART = ["nowhere", "secret.py", "transcript"]
SHEETS = ["?modal=about", "permissions?modal=privacy", "chapter/1?modal=support"]
PHONE = {"width": 360, "height": 740}


@pytest.fixture
def judged(seat: Callable[..., Viewer]) -> Callable[..., Viewer]:
    """Seats for viewers whose pages axe looks at; it comes past the page's own policy."""

    def take(**options: Any) -> Viewer:  # noqa: ANN401 - Playwright's options
        viewer = seat(reduced_motion="reduce", **options)
        viewer.page.add_init_script(path=AXE)
        return viewer

    return take


@pytest.mark.parametrize("path", [*PAGES, *SHEETS])
def test_axe_finds_nothing_on_a_page(judged: Callable[..., Viewer], path: str) -> None:
    viewer = judged().open(path)
    if path == "chapter/1":
        viewer.has_media()
    assert viewer.violations == []


@pytest.fixture(scope="module")
def cinema(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The film itself, with all that its covers and chapters do."""
    with serving(tmp_path_factory.mktemp("own") / "log") as running:
        yield running


@pytest.mark.parametrize("path", OWN)
def test_axe_finds_nothing_where_the_film_looks_back(
    judged: Callable[..., Viewer], cinema: Server, path: str
) -> None:
    viewer = judged(server=cinema).open(path)
    expect(viewer.page.locator(".interlude-place > *, .screens > *").first).to_be_attached()
    assert viewer.violations == []


def test_what_is_only_shown_is_written_for_screen_readers(
    judged: Callable[..., Viewer], cinema: Server
) -> None:
    viewer = judged(server=cinema).turn_to(30)
    expect(viewer.part("described")).to_have_text("")
    viewer.open_bar()
    viewer.button("Captions").click()
    viewer.page.get_by_role("menuitemcheckbox").click()
    expect(viewer.part("described")).to_contain_text("A yellow pencil comes near")
    assert viewer.violations == []


def test_axe_finds_nothing_where_a_proxy_puts_the_film(
    judged: Callable[..., Viewer], server_below: Server
) -> None:
    assert judged(server=server_below).open("chapter/1").violations == []


@pytest.mark.parametrize("path", APART)
def test_axe_finds_nothing_on_a_page_apart(judged: Callable[..., Viewer], path: str) -> None:
    viewer = judged()
    viewer.expected += ["404", "403"]
    viewer.page.goto(viewer.address + path)
    assert viewer.violations == []


@pytest.mark.parametrize("name", ["waiting", "broken"])
def test_axe_finds_nothing_on_what_a_server_in_trouble_shows(
    judged: Callable[..., Viewer], name: str
) -> None:
    viewer = judged()
    body = Page(story.load(), Operator(), "/").apart(name)
    viewer.page.route(
        "**/trouble", lambda route: route.fulfill(body=body, content_type="text/html")
    )
    viewer.page.goto(viewer.address + "trouble")
    # Who waits for a seat has nothing on the page to lose, and its reload is what they wait for.
    assert [found for found in viewer.violations if found[0] != "meta-refresh"] == []


@pytest.mark.parametrize("path", ["", "chapter/1", "?modal=privacy"])
def test_axe_finds_nothing_on_a_phone(judged: Callable[..., Viewer], path: str) -> None:
    assert judged(viewport=PHONE).open(path).violations == []


@pytest.mark.parametrize("menu", ["Captions", "Quality", "Speed", "Chapters"])
def test_axe_finds_nothing_in_a_menu(judged: Callable[..., Viewer], menu: str) -> None:
    viewer = judged().turn_to(2)
    viewer.open_bar()
    viewer.button(menu).click()
    expect(viewer.page.get_by_role("menu")).to_be_visible()
    assert viewer.violations == []


def test_axe_finds_nothing_in_the_list_of_keys(judged: Callable[..., Viewer]) -> None:
    viewer = judged().open("chapter/1")
    viewer.page.keyboard.press("?")
    expect(viewer.sheet("Keyboard shortcuts")).to_be_visible()
    assert viewer.violations == []


def test_axe_finds_nothing_at_the_end_of_a_chapter(judged: Callable[..., Viewer]) -> None:
    viewer = judged().turn_to(8)
    viewer.play_to_the_end()
    assert viewer.violations == []


def test_axe_finds_nothing_when_media_fail(judged: Callable[..., Viewer]) -> None:
    viewer = judged()
    viewer.expected.append("ERR_FAILED")
    viewer.page.route("**/manifest.mpd", lambda route: route.abort())
    viewer.open("chapter/1")
    expect(viewer.part("failure")).to_be_visible()
    assert viewer.violations == []
