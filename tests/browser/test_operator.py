"""A copy whose operator counts visits and takes error reports: that much leaves it, and no more."""

from __future__ import annotations

import json
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import parse_qs, urlsplit

import pytest
import yaml
from cinema import copy_story, eventually, serving
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from cinema import Server
    from viewer import Viewer

BROKEN = "a reel fell off"


class Letter(NamedTuple):
    """What reached the operator's own services."""

    method: str
    path: str
    query: dict[str, list[str]]
    headers: dict[str, str]
    body: str


@dataclass(frozen=True)
class Office:
    """Where the operator counts visits and reads reports; of another origin than the film."""

    host: str
    letters: list[Letter] = field(default_factory=list)

    def visits(self) -> list[str]:
        counted = [letter for letter in self.letters if letter.path == "/count"]
        return [letter.query["p"][0] for letter in counted]

    def reports(self) -> list[Letter]:
        return [letter for letter in self.letters if letter.path == "/api/1/envelope/"]


@contextmanager
def opened_office() -> Iterator[Office]:
    letters: list[Letter] = []

    class Clerk(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            address = urlsplit(self.path)
            body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
            headers = {name.lower(): value for name, value in self.headers.items()}
            query = parse_qs(address.query)
            letters.append(Letter(self.command, address.path, query, headers, body))
            self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        do_POST = do_GET  # noqa: N815 - the library looks for this name

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    desk = ThreadingHTTPServer(("127.0.0.1", 0), Clerk)
    there = Office(f"127.0.0.1:{desk.server_port}", letters)
    threading.Thread(target=desk.serve_forever, daemon=True).start()
    yield there
    desk.shutdown()
    desk.server_close()


@pytest.fixture(scope="module")
def office() -> Iterator[Office]:
    with opened_office() as opened:
        yield opened


@pytest.fixture(scope="module")
def run_by_somebody(
    office: Office, film_folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    """The small film on a server whose operator has filled in everything."""
    folder = tmp_path_factory.mktemp("operated")
    copy_story(folder)
    (folder / "story" / "film.yaml").write_bytes((film_folder / "story" / "film.yaml").read_bytes())
    (folder / "dist").symlink_to(film_folder / "dist")
    operator = {
        "payment_pointer": "$wallet.test/film",
        "donate": "https://donate.test/",
        "newsletter": "https://letters.test/",
        "analytics": f"http://{office.host}/count",
        "errors": f"http://key@{office.host}/1",
    }
    (folder / "operator.yaml").write_text(yaml.safe_dump(operator), encoding="utf-8")
    with serving(tmp_path_factory.mktemp("server") / "log", "--media", str(folder)) as running:
        yield running


@pytest.fixture
def viewer(office: Office, run_by_somebody: Server, seat: Callable[..., Viewer]) -> Viewer:
    office.letters.clear()
    seated: Viewer = seat(server=run_by_somebody)
    seated.named.add(office.host)
    seated.expected.append("monetization-src")  # which Chromium does not know
    return seated


def test_each_page_is_counted_once_by_its_name_alone(viewer: Viewer, office: Office) -> None:
    viewer.open().link("Start").click()
    viewer.is_at("permissions")
    eventually(lambda: office.visits() == ["/home", "/permissions"])
    for letter in office.letters:
        assert set(letter.query) == {"p", "rnd"}
        assert letter.body == ""
        assert "cookie" not in letter.headers


def test_a_broken_script_is_reported_once_and_without_pictures(
    viewer: Viewer, office: Office
) -> None:
    viewer.open("permissions")
    viewer.expected.append(BROKEN)
    for _ in range(2):
        viewer.page.evaluate(f"() => void setTimeout(() => {{ throw new Error('{BROKEN}') }})")
    eventually(lambda: len(office.reports()) == 1)
    (report,) = office.reports()
    assert report.query["sentry_key"] == ["key"]
    assert "cookie" not in report.headers
    assert "data:" not in report.body
    event = json.loads(report.body.splitlines()[2])
    assert event["exception"]["values"] == [{"type": "Error", "value": BROKEN}]


def test_the_privacy_sheet_names_who_is_told(viewer: Viewer, office: Office) -> None:
    viewer.open("?modal=privacy")
    sheet = viewer.sheet("Privacy")
    expect(sheet.get_by_role("heading", name="Counting visits")).to_be_visible()
    expect(sheet.get_by_role("heading", name="Error reports")).to_be_visible()
    expect(sheet.get_by_text(office.host.split(":")[0])).to_have_count(2)
    expect(sheet.get_by_text("wallet at wallet.test")).to_be_visible()
    expect(sheet.get_by_text("counts no visits")).to_have_count(0)


def test_a_viewer_whose_browser_pays_is_thanked(viewer: Viewer, run_by_somebody: Server) -> None:
    policy = run_by_somebody.ask("", "HEAD").headers["Content-Security-Policy"]
    assert policy.endswith("; monetization-src https://wallet.test")
    viewer.open()
    wallet = viewer.page.locator("head link[rel=monetization]")
    expect(wallet).to_have_attribute("href", "https://wallet.test/film")
    expect(viewer.part("thanks")).to_be_hidden()
    wallet.evaluate("link => link.dispatchEvent(new Event('monetization', { bubbles: true }))")
    expect(viewer.part("thanks")).to_be_visible()


def test_donations_and_letters_are_plain_links(viewer: Viewer) -> None:
    viewer.open("?modal=support")
    for host in ("donate.test", "letters.test"):
        expect(viewer.sheet("Support").locator(f"a[href='https://{host}/']")).to_be_visible()
