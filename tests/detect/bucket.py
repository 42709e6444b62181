"""As much of S3 as a reader speaks: what is in a bucket, and pieces of what is there."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, unquote, urlsplit
from xml.sax.saxutils import escape

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_WHEN = "2026-01-02T03:04:05.000Z"
_HEADERS = {"Last-Modified": "Fri, 02 Jan 2026 03:04:05 GMT", "ETag": '"1"'}


@contextmanager
def serving(bucket: str, content: Mapping[str, bytes]) -> Iterator[str]:
    """Serve one bucket, and give the address of its server."""
    with _Server(bucket, content) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


class _Server(ThreadingHTTPServer):
    def __init__(self, bucket: str, content: Mapping[str, bytes]) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.bucket, self.content = bucket, content

    def listing(self, prefix: str) -> bytes:
        found = [
            f"<Contents><Key>{escape(name)}</Key><LastModified>{_WHEN}</LastModified>"
            f"<Size>{len(body)}</Size><ETag>1</ETag></Contents>"
            for name, body in self.content.items()
            if name.startswith(prefix)
        ]
        told = f"<IsTruncated>false</IsTruncated>{''.join(found)}"
        return f"<ListBucketResult>{told}</ListBucketResult>".encode()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def do_GET(self) -> None:
        told = urlsplit(self.path)
        name = unquote(told.path).strip("/").removeprefix(self.server.bucket).lstrip("/")
        if not name:
            [prefix] = parse_qs(told.query).get("prefix", [""])
            self._answer(200, self.server.listing(prefix))
        elif name in self.server.content:
            self._piece(self.server.content[name])
        else:
            self._answer(404, b"<Error><Code>NoSuchKey</Code></Error>")

    def do_HEAD(self) -> None:
        self.do_GET()

    def log_message(self, *_: object) -> None:
        """Be quiet."""

    def _piece(self, body: bytes) -> None:
        _, is_part, wanted = self.headers.get("Range", "").partition("=")
        if not is_part:
            self._answer(200, body)
            return
        first, last = wanted.split("-")
        end = min(int(last or len(body)), len(body) - 1)
        self._answer(
            206, body[int(first) : end + 1], ("Content-Range", f"bytes {first}-{end}/{len(body)}")
        )

    def _answer(self, status: int, body: bytes, *more: tuple[str, str]) -> None:
        self.send_response(status)
        for header in (*_HEADERS.items(), ("Content-Length", str(len(body))), *more):
            self.send_header(*header)
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(body)
