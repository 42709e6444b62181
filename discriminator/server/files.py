"""Files that the film's server gives away: compressed once, cached for as long as is right."""

from __future__ import annotations

import gzip
import re
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from jupyter_server.base.handlers import FileFindHandler
from tornado.web import GZipContentEncoding, HTTPError, StaticFileHandler
from voila.static_file_handler import MultiStaticFileHandler

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tornado.httputil import HTTPHeaders

FOREVER = "public, max-age=31536000, immutable"
"""For addresses whose content never changes: the file's name carries a hash or a version."""
ASK_EACH_TIME = "no-cache"
"""For addresses whose content may change: kept by the browser, asked about before each use."""

TEXT = {
    *(".css", ".html", ".js", ".json", ".m3u8", ".map", ".mjs", ".mpd", ".svg", ".ttf", ".vtt"),
    *(".wasm", ".yaml"),
}
"""Suffixes worth compressing; WebAssembly is no text but shrinks like one."""
SMALLEST_WORTH_IT = 1024

MEDIA_TYPES = {
    ".aac": "audio/aac",
    ".jpg": "image/jpeg",
    ".json": "application/json",
    ".m3u8": "application/vnd.apple.mpegurl",
    ".m4a": "audio/mp4",
    ".m4s": "video/iso.segment",
    ".mp4": "video/mp4",
    ".mpd": "application/dash+xml",
    ".opus": "audio/ogg",
    ".vtt": "text/vtt; charset=utf-8",
    ".webm": "video/webm",
    ".webp": "image/webp",
}
"""Everything under /media that is given away, and its type; the rest is answered with 403."""
MASTERS = "masters"
"""The folder of what streams are made from; it is large, and its makers' own."""
SEGMENT = re.compile(r"init-\d+-[0-9a-f]{8}\.mp4|segment-\d+-\d{5,}-[0-9a-f]{8}\.m4s")
"""Names that carry the checksum of what their stream was made of: another master, or another way to
encode it, has other names. No other name under /media does."""


class WholeCompressed(GZipContentEncoding):
    """Compresses answers on their way; a piece of a file stays as its range says."""

    def transform_first_chunk(
        self,
        status_code: int,
        headers: HTTPHeaders,
        chunk: bytes,
        finishing: bool,  # noqa: FBT001 - tornado's signature
    ) -> tuple[int, HTTPHeaders, bytes]:
        """Begin to compress, if this is a whole answer."""
        self._gzipping = self._gzipping and status_code != HTTPStatus.PARTIAL_CONTENT
        return super().transform_first_chunk(status_code, headers, chunk, finishing)


class Compressed(StaticFileHandler):
    """Gives text away compressed. Each file is compressed once a server, not once a viewer."""

    _copies: ClassVar[dict[str, tuple[str, bytes]]] = {}
    """Each file's state and its compressed copy: a few megabytes, which nobody else can clear."""
    copy: bytes | None = None

    def validate_absolute_path(self, root: str, absolute_path: str) -> str | None:
        """Prepare the compressed copy where browser and file are fit for it."""
        if "\0" in absolute_path:
            raise HTTPError(404)  # no file is called so, and looking for it would be an error
        path: str | None = super().validate_absolute_path(root, absolute_path)
        if path is not None and self._worth_it(Path(path)):
            self.copy = self._compressed(path)
            self.set_header("Content-Encoding", "gzip")
            self.set_header("Vary", "Accept-Encoding")
        return path

    def compute_etag(self) -> str:
        """Tell one state of a file from the next.

        Tornado's own remembers what a file held until the server ends, and would go on answering
        that nothing has changed.
        """
        return f'"{_state(self.absolute_path or "")}{"-gzip" if self.copy is not None else ""}"'

    def get_content_size(self) -> int:
        """Bytes of what is sent, which may be the copy."""
        return super().get_content_size() if self.copy is None else len(self.copy)

    def get_content(  # type: ignore[override]  # tornado has no instance in mind, and asks one
        self, abspath: str, start: int | None = None, end: int | None = None
    ) -> Iterator[bytes] | bytes:
        """Read the file or a piece of it, or take the copy, which is always sent whole."""
        return super().get_content(abspath, start, end) if self.copy is None else self.copy

    def _worth_it(self, path: Path) -> bool:
        accepts = "gzip" in self.request.headers.get("Accept-Encoding", "")
        whole = "Range" not in self.request.headers
        return (
            accepts and whole and path.suffix in TEXT and path.stat().st_size >= SMALLEST_WORTH_IT
        )

    @classmethod
    def _compressed(cls, path: str) -> bytes:
        state, (known, copy) = _state(path), cls._copies.get(path, ("", b""))
        if known != state:
            copy = gzip.compress(Path(path).read_bytes(), compresslevel=9)
            cls._copies[path] = (state, copy)
        return copy


def _state(path: str) -> str:
    """What changes whenever a file does."""
    found = Path(path).stat()
    return f"{found.st_mtime_ns:x}-{found.st_size:x}"


class Assets(Compressed):
    """The built front end: hashed names, cached for ever."""

    def set_extra_headers(self, path: str) -> None:  # noqa: ARG002 - tornado's signature
        """Cache for ever."""
        self.set_header("Cache-Control", FOREVER)


class Media(Compressed):
    """Streams, captions and sounds: an allow-list of types, ranges, and no other origin's pages."""

    @classmethod
    def get_absolute_path(cls, root: str, path: str) -> str:
        """Refuse what is not on the list before looking whether it is there."""
        hidden = any(part.startswith(".") or part == MASTERS for part in Path(path).parts)
        if hidden or Path(path).suffix not in MEDIA_TYPES:
            raise HTTPError(403, f"{path} is not shown")
        return super().get_absolute_path(root, path)

    def get_content_type(self) -> str:
        """Tell the types that Python's own table lacks; Safari plays nothing without them."""
        return MEDIA_TYPES[Path(self.absolute_path or "").suffix]

    def set_extra_headers(self, path: str) -> None:
        """Segments stay as they are; everything else may change with the next encode."""
        stays = SEGMENT.fullmatch(Path(path).name)
        self.set_header("Cache-Control", FOREVER if stays else ASK_EACH_TIME)
        self.set_header("Accept-Ranges", "bytes")
        self.set_header("Cross-Origin-Resource-Policy", "same-origin")


class VoilaAssets(Compressed, MultiStaticFileHandler):
    """Voila's own scripts, under an address that names Voila's version."""

    def set_extra_headers(self, path: str) -> None:  # noqa: ARG002 - tornado's signature
        """Cache for ever."""
        self.set_header("Cache-Control", FOREVER)


class LabExtensions(Compressed, FileFindHandler):
    """Scripts of the widget libraries that the film uses; found in any of Jupyter's folders."""

    def set_extra_headers(self, path: str) -> None:  # noqa: ARG002 - tornado's signature
        """Ask each time: the entry of an extension has no hash in its name."""
        self.set_header("Cache-Control", ASK_EACH_TIME)
