"""Model files come from their authors, from a folder or an address; what broke off goes on."""

from __future__ import annotations

import http.client
import shutil
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from discriminator.weights import shelf
from discriminator.weights.errors import WeightsError

if TYPE_CHECKING:
    from discriminator.weights.known import Published

Progress = Callable[[int, int | None], None]
"""Hears how many bytes are here, and how many there are, if that is known."""

_CHUNK = 2**20
_PARTIAL = http.HTTPStatus.PARTIAL_CONTENT
_PATIENCE = 30


def fetch(
    name: str, source: str | None = None, progress: Progress = lambda _here, _all: None
) -> Path:
    """Bring a model file to the shelf, whole or not at all.

    Args:
        name: which.
        source: a file, a folder that holds it, or an address, instead of its authors' own.
        progress: hears how far it is.

    Raises:
        WeightsError: it is not to be had there, or is not the published one.
    """
    published = shelf.known(name)
    shelf.folder().mkdir(parents=True, exist_ok=True)
    part = shelf.folder() / f"{published.file}.part"
    try:
        _bring(published, source, part, progress)
    except OSError as error:  # urllib's errors are among them
        reason = getattr(error, "reason", None) or error.strerror or error
        message = f"{published.file} could not be fetched ({reason}): try again, it will go on."
        raise WeightsError(message) from error
    except http.client.InvalidURL as error:
        message = f"{source!r} is no address: give one without spaces, a file or a folder."
        raise WeightsError(message) from error
    _check(name, published, part)
    return part.replace(shelf.folder() / published.file)


def _bring(published: Published, source: str | None, part: Path, progress: Progress) -> None:
    address = source or published.address
    if address is None:
        message = (
            f"The authors of {published.file} offer it at {published.page}, and not for programs: "
            "save it from there, and say `--from FILE`."
        )
        raise WeightsError(message)
    if address.startswith(("https://", "http://")):
        _go_on(address, part, progress)
        return
    file = Path(address)
    file = file / published.file if file.is_dir() else file
    if not file.is_file():
        message = f"There is no {file}: give the path of {published.file}, or of its folder."
        raise WeightsError(message)
    part.unlink(missing_ok=True)
    shutil.copyfile(file, part)


def _go_on(address: str, part: Path, progress: Progress) -> None:
    """Download, and go on only with what came from the same address."""
    origin = part.with_name(f"{part.name}.from")
    if not (origin.is_file() and origin.read_text(encoding="utf-8") == address):
        part.unlink(missing_ok=True)
        origin.write_text(address, encoding="utf-8")
    download(address, part, progress)
    origin.unlink()


def download(
    address: str,
    part: Path,
    progress: Progress = lambda _here, _all: None,
    opener: urllib.request.OpenerDirector | None = None,
) -> None:
    """Go on where the last attempt broke off, if the server can; proxies are the environment's.

    Raises:
        OSError: what there is cannot be had; what came of it stays in `part`.
    """
    here = part.stat().st_size if part.exists() else 0
    asked = urllib.request.Request(address)  # noqa: S310 - http(s) alone, as callers see to
    if here:
        asked.add_header("Range", f"bytes={here}-")
    try:
        answer = (opener or urllib.request.build_opener()).open(asked, timeout=_PATIENCE)
    except urllib.error.HTTPError as error:
        if error.code == http.HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE:
            return  # all of it is here already
        raise
    with answer, part.open("ab" if answer.status == _PARTIAL else "wb") as file:
        here = file.tell()
        left = answer.headers.get("Content-Length")
        whole = here + int(left) if left else None
        while chunk := answer.read(_CHUNK):
            file.write(chunk)
            progress(file.tell(), whole)
        if whole and file.tell() < whole:
            message = "the connection broke off"
            raise ConnectionError(message)


def _check(name: str, published: Published, part: Path) -> None:
    digest = shelf.digest_of(part)
    if published.sha256 and digest != published.sha256:
        part.unlink()
        message = (
            f"What came is not the published {published.file} (SHA-256 {digest[:12]}... instead of "
            f"{published.sha256[:12]}...): fetch it from {published.page}."
        )
        raise WeightsError(message)
    if not part.stat().st_size:
        part.unlink()
        message = f"What came for {name!r} is empty: fetch it again."
        raise WeightsError(message)
    if not published.sha256:
        shelf.note(shelf.folder() / published.file, digest)
