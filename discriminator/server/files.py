"""Files that the film's server gives away: compressed once, cached for as long as is right."""

from __future__ import annotations

import gzip
import tempfile
from hashlib import sha256
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING

from jupyter_server.base.handlers import FileFindHandler
from tornado.web import GZipContentEncoding, HTTPError, StaticFileHandler
from voila.static_file_handler import MultiStaticFileHandler

if TYPE_CHECKING:
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
MANIFESTS = {".json", ".m3u8", ".mpd", ".vtt"}


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

    _folder = tempfile.TemporaryDirectory(prefix="discriminator-gzip-")
    original: str | None = None

    def validate_absolute_path(self, root: str, absolute_path: str) -> str | None:
        """Answer with the compressed copy where browser and file are fit for it."""
        if "\0" in absolute_path:
            raise HTTPError(404)  # no file is called so, and looking for it would be an error
        path: str | None = super().validate_absolute_path(root, absolute_path)
        if path is None or not self._worth_it(Path(path)):
            return path
        self.original = path
        self.set_header("Content-Encoding", "gzip")
        self.set_header("Vary", "Accept-Encoding")
        return str(self._copy(Path(path)))

    def get_content_size(self) -> int:
        """Bytes of what is sent, which may be the copy."""
        return Path(self.absolute_path or "").stat().st_size

    def get_content_type(self) -> str:
        """Tell the type of the file itself, not of its compressed copy."""
        copy = self.absolute_path
        self.absolute_path = self.original or copy
        kind: str = super().get_content_type()
        self.absolute_path = copy
        return kind

    def _worth_it(self, path: Path) -> bool:
        accepts = "gzip" in self.request.headers.get("Accept-Encoding", "")
        whole = "Range" not in self.request.headers
        return (
            accepts and whole and path.suffix in TEXT and path.stat().st_size >= SMALLEST_WORTH_IT
        )

    @classmethod
    def _copy(cls, path: Path) -> Path:
        state = path.stat()
        name = sha256(f"{path}{state.st_mtime_ns}{state.st_size}".encode()).hexdigest()
        copy = Path(cls._folder.name) / name
        if not copy.exists():
            half = copy.with_suffix(".half")
            half.write_bytes(gzip.compress(path.read_bytes(), compresslevel=9))
            half.replace(copy)
        return copy


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
        return MEDIA_TYPES[Path(self.original or self.absolute_path or "").suffix]

    def set_extra_headers(self, path: str) -> None:
        """Segments stay as they are; what lists them may change with the next encode."""
        changes = Path(path).suffix in MANIFESTS
        self.set_header("Cache-Control", ASK_EACH_TIME if changes else FOREVER)
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
