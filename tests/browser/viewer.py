"""Somebody who watches the film in a real browser, and notes what must never happen."""

from __future__ import annotations

import http
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from cinema import eventually
from playwright.sync_api import expect

if TYPE_CHECKING:
    from cinema import Server
    from playwright.sync_api import ConsoleMessage, Locator, Page

AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
"""What judges a page's access; a test puts it into the page as an initial script."""
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
LOCAL = {"about", "blob", "data"}
FOREIGN_NOISE = ("mathjax2-extension",)
"""Voila's own front end complains that no server of formulas is configured; none is wanted."""

MOST_CONTROLS = 40
"""No page has so many, so a focus that goes round in a circle is noticed."""


class Viewer:
    """A browser's page on a server, with everything noted that it asked for and complained of.

    Args:
        page: an empty page.
        server: where the film is.
        host: another name of the server's machine, if the viewer shall use it.
    """

    def __init__(self, page: Page, server: Server, host: str = "127.0.0.1") -> None:
        self.page = page
        self.server = server
        self.address = server.address.replace("127.0.0.1", host)
        self.requests: list[str] = []
        self.errors: list[str] = []
        self.judged: list[str] = []
        """What axe said of each page that it looked at."""
        self.expected: list[str] = []
        """Parts of complaints that a test brings about on purpose."""
        self.named: set[str] = set()
        """Hosts, with their ports, that the operator named on the Privacy sheet."""
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("websocket", lambda socket: self.requests.append(socket.url))
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("console", self._listen)

    def _listen(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.errors.append(f"{message.text} ({message.location.get('url')})")

    @property
    def foreign(self) -> list[str]:
        """Requests that left the server's own origin, but for those to hosts that are named."""
        own = {urlsplit(self.address).netloc, *self.named}
        parts = [(url, urlsplit(url)) for url in self.requests]
        return [url for url, part in parts if part.scheme not in LOCAL and part.netloc not in own]

    @property
    def complaints(self) -> list[str]:
        """Errors of the page that nobody expected."""
        known = (*FOREIGN_NOISE, *self.expected)
        return [error for error in self.errors if not any(part in error for part in known)]

    # --- going ------------------------------------------------------------------------------------

    def open(self, path: str = "") -> Viewer:
        """Come by an address, and wait until the page's script has taken over."""
        answer = self.page.goto(self.address + path)
        if answer and answer.status == http.HTTPStatus.OK:
            # Only the script says who sits there.
            expect(self.film).to_have_attribute("data-sitter", re.compile("."))
        return self

    def without_kernel(self) -> Viewer:
        """Keep Voila's scripts away: the film stands before they come, and tests are faster."""
        empty = {"content_type": "text/javascript", "body": ""}
        self.page.route("**/voila.js", lambda route: route.fulfill(**empty))
        return self

    @property
    def kernel(self) -> str:
        """Id of the kernel behind the page, or nothing where there is none."""
        config = self.page.locator("#jupyter-config-data")
        text = config.text_content() if config.count() else "{}"
        kernel: str = json.loads(text or "{}").get("kernelId", "")
        return kernel

    def leave(self) -> None:
        """Go away, and let the kernel go at once; who has gone cannot go again."""
        if self.page.is_closed():
            return
        if kernel := self.kernel:
            self.server.ask(f"voila/api/shutdown/{kernel}", "POST")
        self.page.context.close()

    def is_at(self, name: str) -> None:
        """Wait until a page is wholly there."""
        expect(self.film).to_have_attribute("data-page", name)
        expect(self.film).not_to_have_attribute("data-change", "in")

    @property
    def path(self) -> str:
        """The address below the film's root."""
        return self.page.url.removeprefix(self.address.rstrip("/"))

    # --- what is on the page ----------------------------------------------------------------------

    @property
    def film(self) -> Locator:
        return self.page.locator(".film")

    def part(self, name: str) -> Locator:
        return self.page.locator(f"[data-part='{name}']")

    def button(self, name: str) -> Locator:
        return self.page.get_by_role("button", name=name, exact=True)

    def link(self, name: str) -> Locator:
        return self.page.get_by_role("link", name=name, exact=True)

    def sheet(self, name: str) -> Locator:
        return self.page.get_by_role("dialog", name=name, exact=True)

    def notice(self, text: str) -> Locator:
        return self.page.locator(".notice").filter(has_text=text)

    def open_bar(self) -> None:
        """Bring the controls, wherever they are."""
        dots = self.part("dots")
        if dots.get_attribute("aria-expanded") == "false":
            dots.press("Enter")  # a slow hand's click would close what its pointing opened
        expect(dots).to_have_attribute("aria-expanded", "true")
        expect(self.button("Chapters")).to_be_visible()

    @property
    def violations(self) -> list[Any]:
        """What axe objects to, and where."""
        found: dict[str, Any] = self.page.evaluate("tags => axe.run({ runOnly: tags })", RULES)
        broken = found["violations"]
        where = f"{self.path} at {(self.page.viewport_size or {'width': 0})['width']} px"
        self.judged.append(f"{where}: {len(found['passes'])} rules kept, {len(broken)} broken")
        return [(one["id"], [node["html"][:120] for node in one["nodes"]]) for one in broken]

    @property
    def moving(self) -> int:
        """How many things are on their way to their place, or to their full colour.

        Rings that ask an idle viewer for a press come again and again, and move nothing.
        """
        count: int = self.page.evaluate(
            "() => document.getAnimations().filter(one => one.playState === 'running'"
            " && one.animationName !== 'film-ring'"
            " && one.effect.getComputedTiming().iterations < 3).length"
        )
        return count

    # --- the media --------------------------------------------------------------------------------

    @property
    def slider(self) -> Locator:
        return self.part("scrubber")

    def control(self, name: str) -> Locator:
        """A button of the bar, whether or not the bar is open."""
        return self.page.locator(f"[data-control='{name}']")

    def has_media(self) -> None:
        """Wait until the chapter's stream can be played and sought."""
        expect(self.slider).to_have_attribute("aria-valuemax", re.compile("^[1-9]"))
        video = self.page.locator(".screen video")
        eventually(lambda: video.evaluate("video => video.readyState >= video.HAVE_FUTURE_DATA"))

    def stands_at(self, *seconds: int) -> None:
        """Wait until the slider says one of these whole seconds."""
        any_of = re.compile(f"^({'|'.join(map(str, seconds))})$")
        expect(self.slider).to_have_attribute("aria-valuenow", any_of)

    @property
    def second(self) -> float:
        """Where the chapter's media is now."""
        now: float = self.page.locator(".screen video").evaluate("video => video.currentTime")
        return now

    def plays(self) -> None:
        """Wait until the media plays, by what the Play button offers instead."""
        expect(self.control("play")).to_have_attribute("aria-label", "Pause")

    def rests(self) -> None:
        """Wait until the media does not play."""
        expect(self.control("play")).to_have_attribute("aria-label", re.compile("^Play"))

    def play(self) -> None:
        """Let the media play, if it does not yet."""
        self.has_media()
        self.open_bar()
        if self.control("play").get_attribute("aria-label") != "Pause":
            self.control("play").click()
        self.plays()

    def play_to_the_end(self) -> None:
        self.play()
        self.open_bar()
        self.slider.press("End")
        expect(self.part("next")).to_be_visible()

    def turn_to(self, second: int) -> Viewer:
        """Stand at a second of the first chapter, resting."""
        self.open(f"chapter/1?t={second}")
        self.has_media()
        self.stands_at(second)
        return self

    # --- the keyboard -----------------------------------------------------------------------------

    @property
    def focused(self) -> str:
        """What has the keyboard's focus, as a screen reader would name it."""
        name: str = self.page.evaluate(
            "() => { const it = document.activeElement;"
            " return it.getAttribute('aria-label') ?? it.textContent.trim() }"
        )
        return name

    def tab(self) -> str:
        """Go on to the next control, which must show that it has the focus; return its name."""
        self.page.keyboard.press("Tab")
        style: str = self.page.evaluate(
            "() => getComputedStyle(document.activeElement).outlineStyle"
        )
        assert style != "none", f"{self.focused!r} does not show that it has the focus"
        return self.focused

    def tab_to(self, name: str) -> list[str]:
        """Go on until a control has the focus; return the names of all that had it."""
        names = [self.tab()]
        while names[-1] != name:
            assert len(names) < MOST_CONTROLS, f"{name!r} is not among {names}"
            names.append(self.tab())
        return names
