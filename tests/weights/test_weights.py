"""Model files: fetched whole or not at all, from wherever they are, and known again."""

from __future__ import annotations

import http.server
import json
import threading
from typing import TYPE_CHECKING, ClassVar

import pytest

from discriminator import cli, weights
from discriminator.weights import known, shelf
from discriminator.weights.known import KNOWN, Published

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CONTENT = bytes(range(256)) * 4000
SHA256 = "8b6e4a3ebb4ed93edee1b9d2fa4e3c7b15d1e4f6d3a3a3a0f2a4c6f3d0e9e7aa"


class Authors(http.server.BaseHTTPRequestHandler):
    """A server of model files that can go on, and that breaks off when told to."""

    asked: ClassVar[list[str | None]] = []
    breaks_after: ClassVar[int | None] = None
    goes_on: ClassVar[bool] = True

    def do_GET(self) -> None:
        span = self.headers.get("Range") if Authors.goes_on else None
        Authors.asked.append(span)
        start = int(span.removeprefix("bytes=").rstrip("-")) if span else 0
        if start >= len(CONTENT):
            self.send_error(416)
            return
        self.send_response(206 if span else 200)
        self.send_header("Content-Length", str(len(CONTENT) - start))
        self.end_headers()
        self.wfile.write(CONTENT[start : Authors.breaks_after])

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def authors() -> Iterator[str]:
    Authors.asked, Authors.breaks_after, Authors.goes_on = [], None, True
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Authors) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/toy.pth"
        server.shutdown()


@pytest.fixture(autouse=True)
def shelf_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "shelf"
    monkeypatch.setenv("DISCRIMINATOR_WEIGHTS", str(folder))
    toy = Published("toy.pth", "A toy", "For play.", "https://toys.test")
    monkeypatch.setitem(known.KNOWN, "toy", toy)
    return folder


def publish(monkeypatch: pytest.MonkeyPatch, **changes: object) -> None:
    monkeypatch.setitem(known.KNOWN, "toy", KNOWN["toy"]._replace(**changes))  # type: ignore[arg-type]


def test_a_file_is_fetched_and_known_again(authors: str, shelf_folder: Path) -> None:
    assert weights.verify("toy") == "missing"
    seen: list[tuple[int, int | None]] = []
    path = weights.fetch("toy", authors, lambda *it: seen.append(it))
    assert path == weights.path("toy") == shelf_folder / "toy.pth"
    assert path.read_bytes() == CONTENT
    assert seen[-1] == (len(CONTENT), len(CONTENT))
    assert weights.verify("toy") == "as first fetched"
    path.write_bytes(CONTENT[:-1])
    assert weights.verify("toy") == "changed"


@pytest.mark.parametrize("goes_on", [True, False])
def test_what_broke_off_goes_on(authors: str, *, goes_on: bool) -> None:
    Authors.breaks_after = 600_000
    with pytest.raises(weights.WeightsError, match="it will go on"):
        weights.fetch("toy", authors)
    assert weights.verify("toy") == "missing"
    Authors.breaks_after, Authors.goes_on = None, goes_on
    assert weights.fetch("toy", authors).read_bytes() == CONTENT
    assert Authors.asked == [None, "bytes=600000-" if goes_on else None]


def test_all_of_it_may_be_here_already(authors: str, shelf_folder: Path) -> None:
    shelf_folder.mkdir()
    (shelf_folder / "toy.pth.part").write_bytes(CONTENT)
    (shelf_folder / "toy.pth.part.from").write_text(authors)
    assert weights.fetch("toy", authors).read_bytes() == CONTENT
    assert {path.name for path in shelf_folder.iterdir()} == {"toy.pth", "sha256.json"}


def test_what_came_from_elsewhere_is_not_gone_on_with(authors: str, shelf_folder: Path) -> None:
    shelf_folder.mkdir()
    (shelf_folder / "toy.pth.part").write_bytes(b"of another server")
    (shelf_folder / "toy.pth.part.from").write_text("http://elsewhere.test/toy.pth")
    assert weights.fetch("toy", authors).read_bytes() == CONTENT
    assert Authors.asked == [None]


def test_a_proxy_of_the_environment_is_asked(authors: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("no_proxy", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("http_proxy", authors)
    assert weights.fetch("toy", "http://nowhere.test/toy.pth").read_bytes() == CONTENT


def test_what_is_not_the_published_file_does_not_stay(
    authors: str, shelf_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(monkeypatch, sha256=SHA256)
    with pytest.raises(weights.WeightsError, match="not the published"):
        weights.fetch("toy", authors)
    assert list(shelf_folder.iterdir()) == []


def test_a_published_checksum_is_held_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = tmp_path / "own.pth"
    own.write_bytes(CONTENT)
    publish(monkeypatch, sha256=shelf.digest_of(own))
    weights.fetch("toy", str(own))
    assert weights.verify("toy") == "as published"


@pytest.mark.parametrize("as_folder", [True, False])
def test_an_offline_folder_does(tmp_path: Path, *, as_folder: bool) -> None:
    file = tmp_path / "toy.pth"
    file.write_bytes(CONTENT)
    weights.fetch("toy", str(tmp_path if as_folder else file))
    assert weights.path("toy").read_bytes() == CONTENT


def test_where_there_is_no_address_the_authors_page_is_named() -> None:
    with pytest.raises(weights.WeightsError, match=r"https://toys.test.*--from FILE"):
        weights.fetch("toy")


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("/nowhere/toy.pth", "There is no"),
        ("http://127.0.0.1:9/toy.pth", "could not be fetched"),
        ("http://toy s.test/toy.pth", "is no address"),
    ],
)
def test_where_there_is_nothing_it_says_so(source: str, message: str) -> None:
    with pytest.raises(weights.WeightsError, match=message):
        weights.fetch("toy", source)


def test_an_empty_file_is_no_model(tmp_path: Path) -> None:
    (tmp_path / "toy.pth").touch()
    with pytest.raises(weights.WeightsError, match="empty"):
        weights.fetch("toy", str(tmp_path))
    assert weights.verify("toy") == "missing"


def test_a_name_that_nobody_knows_is_answered_with_those_that_are() -> None:
    for ask in (weights.path, weights.verify, weights.fetch):
        with pytest.raises(weights.WeightsError, match="wav2lip"):
            ask("nonsense")


def test_what_has_not_been_fetched_says_how_to(monkeypatch: pytest.MonkeyPatch) -> None:
    by_hand = r"save it from https://toys.test, and say `.* weights fetch toy --from FILE`"
    with pytest.raises(weights.WeightsError, match=by_hand):
        weights.path("toy")
    publish(monkeypatch, address="https://toys.test/toy.pth")
    with pytest.raises(weights.WeightsError, match="`discriminator weights fetch toy` gets it"):
        weights.path("toy")


def test_a_file_that_was_put_there_by_hand_is_known_again(shelf_folder: Path) -> None:
    shelf_folder.mkdir()
    file = shelf_folder / "toy.pth"
    file.write_bytes(CONTENT)
    assert weights.verify("toy") == "not looked at yet"
    assert weights.path("toy") == file
    assert weights.verify("toy") == "as first fetched"
    file.write_bytes(b"other")
    with pytest.raises(weights.WeightsError, match="has changed since"):
        weights.path("toy")


def test_a_file_of_ones_own_that_has_changed_is_told_once(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    file = tmp_path / "own.pth"
    for content, told in ((CONTENT, 0), (CONTENT, 0), (b"other", 1), (b"other", 1)):
        file.write_bytes(content)
        assert weights.given(file) == file
        assert caplog.text.count("has changed since it was last used") == told
    assert weights.given(tmp_path / "none.pth").name == "none.pth"


# --- the command line -----------------------------------------------------------------------------


def test_the_list_tells_licences(capsys: pytest.CaptureFixture[str]) -> None:
    cli.main(["weights", "list", "--json"])
    told = json.loads(capsys.readouterr().out)
    assert set(told) == set(KNOWN)
    assert all(one["licence"] and one["page"] for one in told.values())
    cli.main(["weights", "list"])
    assert "no commercial use" in capsys.readouterr().out


def test_the_list_tells_how_large_a_file_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "toy.pth").write_bytes(CONTENT)
    weights.fetch("toy", str(tmp_path))
    cli.main(["weights", "list"])
    assert "A toy (here, 1.0 MB)" in capsys.readouterr().out


def test_nothing_is_fetched_before_the_licence_is_accepted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin.isatty", lambda: False, raising=False)
    (tmp_path / "toy.pth").write_bytes(CONTENT)
    command = ["weights", "fetch", "toy", "--from", str(tmp_path)]
    with pytest.raises(SystemExit) as refused:
        cli.main(command)
    assert refused.value.code == cli.BAD_INPUT
    assert "For play. Add --accept-licence" in capsys.readouterr().err
    assert weights.verify("toy") == "missing"
    cli.main([*command, "--accept-licence"])
    assert weights.verify("toy") == "as first fetched"


def test_a_changed_file_is_an_error(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], shelf_folder: Path
) -> None:
    (tmp_path / "toy.pth").write_bytes(CONTENT)
    weights.fetch("toy", str(tmp_path))
    cli.main(["weights", "verify", "toy"])
    assert "toy: as first fetched" in capsys.readouterr().out
    (shelf_folder / "toy.pth").write_bytes(b"other")
    with pytest.raises(SystemExit):
        cli.main(["weights", "verify"])
    assert "Changed" in capsys.readouterr().err
