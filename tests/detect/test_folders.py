"""Sets that lie in zips or at an address, and parts that are fetched."""

from __future__ import annotations

import http.server
import json
import sys
import threading
import zipfile
from typing import TYPE_CHECKING

import bucket
import pytest

from discriminator.cli import main
from discriminator.detect import datasets, parts
from discriminator.detect.errors import DetectError
from discriminator.detect.folders import Folder
from discriminator.detect.splits import FAKE, REAL

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CLIPS = {"a.mp4": b"filmed", "b.mp4": b"made up"}
LISTING = {"a.mp4": {"label": "REAL"}, "b.mp4": {"label": "FAKE", "original": "a.mp4", "age": 30}}


@pytest.fixture
def zipped(tmp_path: Path) -> Path:
    """A part as the challenge has them, as it came."""
    with zipfile.ZipFile(tmp_path / "part_00.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("part_0/metadata.json", json.dumps(LISTING))
        for name, content in CLIPS.items():
            archive.writestr(f"part_0/{name}", content)
    return tmp_path


def checked(found: datasets.Dataset, part: str) -> None:
    assert [(item.name, item.label) for item in found.items] == [
        (f"{part}/a.mp4", REAL),
        (f"{part}/b.mp4", FAKE),
    ]
    assert found.items[1].source == "a.mp4"
    assert found.items[1].about == (("age", "30"),)
    for item, content in zip(found.items, CLIPS.values(), strict=True):
        with found.folder.local(item.name) as path:
            assert path.read_bytes() == content
            assert path.suffix == ".mp4"


def test_zips_are_read_where_they_are(zipped: Path) -> None:
    found = datasets.read(zipped)
    assert found.layout == "DFDC"
    checked(found, "part_00.zip/part_0")
    with found.folder.local(found.items[0].name) as path:
        assert zipped not in path.parents
    assert not path.exists()
    assert [one.name for one in zipped.iterdir()] == ["part_00.zip"]


def test_a_broken_zip_is_said(tmp_path: Path) -> None:
    (tmp_path / "part.zip").write_bytes(b"half of it")
    with pytest.raises(DetectError, match="is no zip, or is cut short"):
        datasets.read(tmp_path)


def test_an_address_is_a_folder_too(tmp_path: Path) -> None:
    part = tmp_path / "part_0"
    part.mkdir()
    (part / "metadata.json").write_text(json.dumps(LISTING), encoding="utf-8")
    for name, content in CLIPS.items():
        (part / name).write_bytes(content)
    found = datasets.read(f"file://{tmp_path}")
    assert found.folder.is_remote
    checked(found, "part_0")


def test_a_set_on_s3_is_read_there(zipped: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content = {f"set/part_0/{name}": body for name, body in CLIPS.items()}
    content |= {
        "set/part_0/metadata.json": json.dumps(LISTING).encode(),
        "packed/part_00.zip": (zipped / "part_00.zip").read_bytes(),
    }
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "anything")
    with bucket.serving("clips", content) as address:
        monkeypatch.setenv("AWS_ENDPOINT_URL", address)
        found = datasets.read("s3://clips/set")
        assert found.layout == "DFDC"
        checked(found, "part_0")
        checked(datasets.read("s3://clips/packed"), "part_00.zip/part_0")


def test_a_package_that_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "s3fs", None)
    with pytest.raises(DetectError, match=r"s3fs.*pip install 'discriminator\[scale\]'") as said:
        _ = Folder("s3a://clips/set").names  # under a name by which it was not loaded before
    assert "\n" not in str(said.value)


@pytest.mark.parametrize(
    ("address", "said"),
    [("memory://nothing", "is empty or no folder"), ("gopher://hole", "of a kind that nobody")],
)
def test_an_address_that_leads_nowhere_is_said(address: str, said: str) -> None:
    with pytest.raises(DetectError, match=said):
        _ = Folder(address).names


class _Server(http.server.BaseHTTPRequestHandler):
    """Breaks off in the middle of a file, unless it is asked for the rest."""

    CONTENT = bytes(range(256)) * 40
    asked: list[str]

    def do_GET(self) -> None:
        if "lost" in self.path:
            self.send_error(404)
            return
        start = int(self.headers.get("Range", "bytes=0-")[6:-1])
        self.asked.append(f"{self.path} {start} {self.headers.get('Cookie')}")
        self.send_response(206 if start else 200)
        self.send_header("Content-Length", str(len(self.CONTENT) - start))
        self.end_headers()
        self.wfile.write(self.CONTENT[start:] if start else self.CONTENT[:5000])

    def log_message(self, *_: object) -> None:
        """Be quiet."""


@pytest.fixture
def address() -> Iterator[str]:
    _Server.asked = []
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Server) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_what_broke_off_goes_on(address: str, tmp_path: Path) -> None:
    wanted = [f"{address}/{name}.zip" for name in ("one", "two")]
    [first, _] = parts.fetch(wanted, tmp_path)
    assert first.failure is not None
    assert "try again" in first.failure
    assert [one.failure for one in parts.fetch(wanted, tmp_path)] == [None, None]
    assert (tmp_path / "one.zip").read_bytes() == _Server.CONTENT
    assert "/one.zip 5000 None" in _Server.asked
    before = len(_Server.asked)
    assert [one.failure for one in parts.fetch(wanted, tmp_path)] == [None, None]
    assert len(_Server.asked) == before  # what is here is not asked for again


def test_cookies_open_what_is_shut(address: str, tmp_path: Path) -> None:
    jar = tmp_path / "cookies.txt"
    jar.write_text("# Netscape HTTP Cookie File\n127.0.0.1\tFALSE\t/\tFALSE\t0\tkey\tvalue\n")
    list(parts.fetch([f"{address}/one.zip"], tmp_path, jar))
    assert _Server.asked == ["/one.zip 0 key=value"]


def test_a_list_and_a_lost_part(
    address: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "list.txt").write_text(f"{address}/one.zip\n\n{address}/lost.zip\n")
    words = ["dataset", "fetch", str(tmp_path / "list.txt"), "-o", str(tmp_path / "set"), "--json"]
    with pytest.raises(SystemExit):
        main(words)  # nothing came whole
    capsys.readouterr()
    main(words)
    told = json.loads(capsys.readouterr().out)
    assert told["parts"] == ["one.zip"]
    assert "lost.zip could not be fetched (Not Found)" in told["failures"][0]


@pytest.mark.parametrize(
    ("words", "said"),
    [(["ftp://a/b.zip"], "is no address"), (["http://a/x.zip", "http://b/x.zip"], "Two addresses")],
)
def test_addresses_are_checked(words: list[str], said: str, tmp_path: Path) -> None:
    with pytest.raises(DetectError, match=said):
        list(parts.fetch(words, tmp_path))
