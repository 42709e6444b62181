"""What the server answers to each address: headers, types, ranges, caches, refusals."""

from __future__ import annotations

import gzip
import json
import shutil
from typing import TYPE_CHECKING

import pytest
from cinema import serving

from discriminator.server import files, guard
from discriminator.widgets import assets

if TYPE_CHECKING:
    from pathlib import Path

    from cinema import Server

POLICY = (
    "default-src 'self'; script-src 'self' blob: 'wasm-unsafe-eval'; "
    "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
    "connect-src 'self'; media-src 'self' blob:; worker-src 'self' blob:; "
    "object-src 'none'; base-uri 'self'; frame-ancestors 'self'"
)
STREAM = "media/dist/chapter-1"
MANIFEST = f"{STREAM}/manifest.mpd"
STYLE = f"assets/{assets.built('film.css')}"
EVERY_KIND = [STYLE, MANIFEST, "healthz", "transcript", "nowhere", "secret.py", "media/x.mp4"]


@pytest.fixture(params=["server", "server_below"])
def either(request: pytest.FixtureRequest) -> Server:
    """The film at a server's root, and below another path."""
    server: Server = request.getfixturevalue(request.param)
    return server


@pytest.fixture(scope="session")
def segment(film_folder: Path) -> str:
    """The address of two seconds of picture."""
    first, *_ = sorted((film_folder / "dist" / "chapter-1").glob("segment-*.m4s"))
    return f"{STREAM}/{first.name}"


# --- every answer ---------------------------------------------------------------------------------


@pytest.mark.parametrize("path", EVERY_KIND)
def test_every_answer_carries_the_guarding_headers(either: Server, path: str) -> None:
    headers = either.ask(path).headers
    assert headers["Content-Security-Policy"] == POLICY
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "SAMEORIGIN"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Permissions-Policy"].startswith("camera=(self), microphone=()")
    assert "Access-Control-Allow-Origin" not in headers
    assert "Set-Cookie" not in headers
    assert "Server" not in headers


def test_a_browser_may_ask_the_operators_wallet_how_to_pay() -> None:
    assert guard.content_policy() == POLICY
    asked = guard.content_policy([], "https://wallet.example")
    assert asked == f"{POLICY}; monetization-src https://wallet.example"


@pytest.mark.parametrize("path", ["home", "permissions", "chapter/1", "chapter/9", "chapter/1/"])
def test_a_page_carries_them_too_and_is_not_kept(either: Server, path: str) -> None:
    answer = either.ask(path)
    either.ask(f"voila/api/shutdown/{answer.kernel}", "POST")
    assert answer.status == 200
    assert answer.headers["Content-Security-Policy"] == POLICY
    assert answer.headers["Content-Type"].startswith("text/html")
    assert "Set-Cookie" not in answer.headers
    assert "immutable" not in answer.headers.get("Cache-Control", "")


def test_a_page_is_asked_about_without_spending_a_kernel(server: Server) -> None:
    before = server.health["viewers"]
    answer = server.ask("chapter/1", "HEAD")
    assert (answer.status, answer.body) == (200, b"")
    assert server.health["viewers"] == before


# --- files ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("manifest.mpd", "application/dash+xml"),
        ("master.m3u8", "application/vnd.apple.mpegurl"),
        ("segment-0-00001-*.m4s", "video/iso.segment"),
        ("init-0-*.mp4", "video/mp4"),
        ("captions-en.vtt", "text/vtt; charset=utf-8"),
        ("thumbnails-001.jpg", "image/jpeg"),
        ("stream.json", "application/json"),
    ],
)
def test_media_have_their_types(either: Server, film_folder: Path, name: str, kind: str) -> None:
    (path,) = (film_folder / "dist" / "chapter-1").glob(name)
    answer = either.ask(f"{STREAM}/{path.name}", Accept_Encoding="gzip")
    assert (answer.status, answer.headers["Content-Type"]) == (200, kind)


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        ("film.css", "text/css"),
        ("shell.ts", "text/javascript"),
        ("icon.svg", "image/svg+xml"),
        ("serif.woff2", "font/woff2"),
    ],
)
def test_the_front_end_has_its_types(server: Server, source: str, kind: str) -> None:
    answer = server.ask(f"assets/{assets.built(source)}", Accept_Encoding="gzip")
    assert (answer.status, answer.headers["Content-Type"]) == (200, kind)


def test_what_never_changes_is_kept_for_ever(server: Server, segment: str) -> None:
    for path in STYLE, segment:
        assert "immutable" in server.ask(path).headers["Cache-Control"]


def test_segments_are_named_after_what_their_stream_was_made_of(film_folder: Path) -> None:
    names = [path.name for path in (film_folder / "dist" / "chapter-1").glob("*-*-*.m*")]
    assert len(names) > 10
    assert [name for name in names if not files.SEGMENT.fullmatch(name)] == []


@pytest.mark.parametrize(
    "name",
    ["manifest.mpd", "master.m3u8", "captions-en.vtt", "stream.json", "thumbnails-001.jpg"],
)
def test_what_may_change_is_asked_about_each_time(server: Server, name: str) -> None:
    answer = server.ask(f"{STREAM}/{name}")
    assert answer.headers["Cache-Control"] == "no-cache"
    again = server.ask(f"{STREAM}/{name}", If_None_Match=answer.headers["Etag"])
    assert (again.status, again.body) == (304, b"")


@pytest.mark.parametrize(
    "name", ["new.jpg", "new.webm", "new.opus", "new.webp", "looks.mp4", "segment-1.m4s"]
)
def test_what_is_made_anew_under_its_name_reaches_who_has_the_old(
    server: Server, film_folder: Path, name: str
) -> None:
    path, address = film_folder / "sounds" / name, f"media/sounds/{name}"
    path.write_bytes(b"old")
    old = server.ask(address)
    assert old.headers["Cache-Control"] == "no-cache"
    assert server.ask(address, If_None_Match=old.headers["Etag"]).status == 304
    path.write_bytes(b"renewed")
    new = server.ask(address, If_None_Match=old.headers["Etag"])
    assert (new.status, new.body) == (200, b"renewed")
    assert "Last-Modified" in new.headers


def test_a_range_is_a_piece_of_the_whole(either: Server, segment: str) -> None:
    whole = either.ask(segment)
    size = len(whole.body)
    assert whole.headers["Accept-Ranges"] == "bytes"
    for asked, start, end in [
        ("bytes=0-99", 0, 99),
        ("bytes=100-", 100, size - 1),
        ("bytes=-10", size - 10, size - 1),
        (f"bytes=5-{size + 999}", 5, size - 1),
    ]:
        piece = either.ask(segment, Range=asked)
        assert piece.status == 206
        assert piece.headers["Content-Range"] == f"bytes {start}-{end}/{size}"
        assert piece.body == whole.body[start : end + 1]


def test_a_range_beyond_the_end_is_refused(server: Server, segment: str) -> None:
    assert server.ask(segment, Range="bytes=99999999-").status == 416


@pytest.mark.parametrize(
    "asked", ["bytes=9-5", "bytes=a-b", "lines=1-2", "bytes=", "bytes=0-1,5-6"]
)
def test_a_senseless_range_does_no_harm(server: Server, segment: str, asked: str) -> None:
    assert server.ask(segment, Range=asked).status in {200, 416}


def test_a_range_of_text_is_not_compressed(server: Server) -> None:
    plain = server.ask(STYLE).body
    piece = server.ask(STYLE, Range="bytes=0-49", Accept_Encoding="gzip")
    assert (piece.status, piece.body) == (206, plain[:50])
    assert "Content-Encoding" not in piece.headers


@pytest.mark.parametrize("path", [STYLE, MANIFEST])
def test_text_is_compressed_once(server: Server, path: str) -> None:
    plain = server.ask(path)
    packed = server.ask(path, Accept_Encoding="gzip, br")
    assert "Content-Encoding" not in plain.headers
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in packed.headers["Vary"]
    assert gzip.decompress(packed.body) == plain.body
    assert len(packed.body) == int(packed.headers["Content-Length"])


def test_a_page_is_compressed(server: Server) -> None:
    answer = server.ask("", Accept_Encoding="gzip")
    assert answer.headers["Content-Encoding"] == "gzip"
    assert b"Discriminator" in gzip.decompress(answer.body)


def test_pictures_and_sound_are_not_compressed_again(server: Server, segment: str) -> None:
    assert "Content-Encoding" not in server.ask(segment, Accept_Encoding="gzip").headers


def test_head_says_what_get_would(server: Server, segment: str) -> None:
    for path in STYLE, segment, MANIFEST:
        got, asked = server.ask(path), server.ask(path, "HEAD")
        assert (asked.status, asked.body) == (200, b"")
        for name in ("Content-Type", "Content-Length", "Etag", "Cache-Control"):
            assert asked.headers[name] == got.headers[name]


# --- refusals -------------------------------------------------------------------------------------

FORBIDDEN = [
    "film.ipynb",
    "notebooks/film.ipynb",
    "voila/render/film.ipynb",
    "voila/files/film.ipynb",
    "discriminator/cli.py",
    ".env",
]
UNSHOWN = [
    "media/story/film.yaml",
    "media/operator.yaml",
    "media/.hidden.mp4",
    "media/.git/x.json",
    "media/dist/.swap/segment.m4s",
    "media/masters/chapter.mp4",
]
OUTSIDE = [
    "media/../pyproject.toml",
    "media/..%2f..%2f..%2f..%2f..%2fetc%2fpasswd",
    "media/%2e%2e/%2e%2e/%2e%2e/etc/passwd",
    "media/%252e%252e/%252e%252e/etc/passwd",
    "media//etc/passwd",
    "media/%2Fetc%2Fpasswd",
    "media/..%5c..%5cpyproject.toml",
    "media/dist/../../../package.json",
    "media/..%2f..%2f..%2f..%2f..%2f..%2fetc%2fhostname.json",
    "media/dist/%00.mpd",
    "media/dist/x%00.json",
    "media/dist/%ff.mpd",
    "media/dist",
    "media/dist/",
    "media/",
    "assets/",
    "assets/..%2fhatch_build.py",
    "assets/%2e%2e%2fbuild.mjs",
    "assets/manifest.json%00.css",
    "voila/static/../../../etc/passwd",
    "voila/labextensions/..%2f..%2f..%2fetc%2fpasswd",
]
UNKNOWN = [
    "nowhere",
    "chapter",
    "chapter/1/2",
    "api",
    "api/kernels",
    "api/contents",
    "api/sessions",
]
UNKNOWN += [
    "tree",
    "lab/tree",
    "api/terminals",
    "voila/render/",
    "terminals/1",
    "login",
    "nbconvert/x",
]


@pytest.mark.parametrize("path", FORBIDDEN)
def test_a_file_that_the_film_does_not_show_is_refused(either: Server, path: str) -> None:
    answer = either.ask(path)
    assert answer.status == 403
    assert "This file is not shown" in answer.text


@pytest.mark.parametrize("path", UNSHOWN)
def test_media_that_the_film_does_not_show_are_refused(either: Server, path: str) -> None:
    assert either.ask(path).status == 403


@pytest.mark.parametrize("path", OUTSIDE)
def test_nothing_outside_can_be_reached(server: Server, path: str) -> None:
    answer = server.ask(path)
    assert answer.status in {400, 403, 404}
    assert b"root:" not in answer.body
    assert b"Traceback" not in answer.body


@pytest.mark.parametrize("path", UNKNOWN)
def test_an_unknown_address_is_a_page_that_says_so(either: Server, path: str) -> None:
    answer = either.ask(path)
    assert answer.status == 404
    assert "This page does not exist" in answer.text
    assert f'href="{either.root}"' in answer.text


def test_who_is_refused_is_not_noted(film_folder: Path, tmp_path: Path) -> None:
    log, passing = tmp_path / "log", tmp_path / "passing"
    passing.mkdir()
    options = ["--media", str(film_folder), "--ready", "0"]
    with serving(log, *options, TMPDIR=str(passing)) as server:
        for copies in passing.glob("*gzip*"):
            shutil.rmtree(copies)  # as what clears temporary folders does
        assert server.ask(STYLE, Accept_Encoding="gzip").status == 200
        for path, method in [("nowhere", "GET"), ("secret.py", "GET"), ("home", "PUT")]:
            assert server.ask(path, method).status in {403, 404}
    assert log.read_text().splitlines() == [f"The film is at http://localhost:{server.port}/"]


def test_a_missing_segment_is_not_found(server: Server) -> None:
    assert server.ask(f"{STREAM}/segment-0-99999.m4s").status == 404


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS"])
@pytest.mark.parametrize(
    "path", ["", "chapter/1", STYLE, MANIFEST, "healthz", "nowhere", "transcript"]
)
def test_only_reading_is_answered(server: Server, method: str, path: str) -> None:
    answer = server.ask(path, method)
    assert answer.status in {403, 404, 405}
    assert b"Traceback" not in answer.body


def test_below_a_base_url_nothing_else_is_answered(server_below: Server) -> None:
    outside = server_below.ask("../../home")
    assert outside.status == 404
    assert "Traceback" not in outside.text


def test_a_crawler_is_asked_to_leave_the_seats_to_viewers(either: Server) -> None:
    answer = either.ask("robots.txt")
    assert answer.status == 200
    assert answer.headers["Content-Type"].startswith("text/plain")
    root = either.root
    assert answer.text.splitlines() == ["User-agent: *", f"Allow: {root}$", f"Disallow: {root}"]


# --- pages ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "query", ["?voila-template=lab", "?voila-theme=dark", "?template=lab&theme=dark"]
)
def test_no_other_template_can_be_asked_for(server: Server, query: str) -> None:
    plain, asked = server.ask(""), server.ask(query)
    for answer in plain, asked:
        server.ask(f"voila/api/shutdown/{answer.kernel}", "POST")
    before_the_kernel = [one.text.partition("jupyter-config-data")[0] for one in (plain, asked)]
    assert before_the_kernel[0] == before_the_kernel[1]
    assert "data-root" in before_the_kernel[0]


def test_health_is_one_line_of_json(either: Server) -> None:
    answer = either.ask("healthz")
    assert answer.headers["Content-Type"] == "application/json"
    assert answer.headers["Cache-Control"] == "no-store"
    health = json.loads(answer.body)
    assert health["status"] == "ok"
    assert health["seats"] == 100


def test_a_page_names_the_root_for_its_script(either: Server) -> None:
    answer = either.ask("")
    either.ask(f"voila/api/shutdown/{answer.kernel}", "POST")
    assert f'data-root="{either.root}"' in answer.text


def test_new_captions_are_given_at_once(server: Server, film_folder: Path) -> None:
    path = film_folder / "dist" / "chapter-3" / "new.vtt"
    for text in ["WEBVTT\n" + "one " * 999, "WEBVTT\n" + "two " * 999]:
        path.write_text(text, encoding="utf-8")
        answer = server.ask("media/dist/chapter-3/new.vtt", Accept_Encoding="gzip")
        assert gzip.decompress(answer.body).decode() == text
