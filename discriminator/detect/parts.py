"""The parts of a large set, brought several at once; what broke off goes on where it was."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from http.cookiejar import LoadError, MozillaCookieJar
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote, urlsplit
from urllib.request import HTTPCookieProcessor, build_opener

from discriminator.detect.errors import DetectError
from discriminator.weights.fetching import download

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from urllib.request import OpenerDirector

AT_ONCE = 4


class Fetched(NamedTuple):
    """What became of one part."""

    name: str
    failure: str | None = None


def fetch(addresses: Sequence[str], folder: Path, cookies: Path | None = None) -> Iterator[Fetched]:
    """Bring every address into a folder, each whole or not at all, and yield what became of it.

    `cookies` is a file of a browser's (cookies.txt), for sets that one has to log in for.

    Raises:
        DetectError: an address is none, two would have one name, or the cookies cannot be read.
    """
    names = [_named(address) for address in addresses]
    if len(set(names)) < len(names):
        twice = next(name for name in names if names.count(name) > 1)
        message = f"Two addresses end in {twice}: fetch them into folders of their own."
        raise DetectError(message)
    opener = _opener(cookies)
    folder.mkdir(parents=True, exist_ok=True)
    jobs = zip(addresses, (folder / name for name in names), strict=True)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        yield from pool.map(lambda job: _one(opener, *job), jobs)


def listed(words: Sequence[str]) -> list[str]:
    """Return addresses; a word that is a file stands for those in it, one a line."""
    addresses: list[str] = []
    for word in words:
        path = Path(word)
        lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else [word]
        addresses += [line.strip() for line in lines if line.strip()]
    return addresses


def _one(opener: OpenerDirector, address: str, path: Path) -> Fetched:
    if path.is_file():
        return Fetched(path.name)
    part = path.with_name(f"{path.name}.part")
    try:
        download(address, part, opener=opener)
    except OSError as error:  # urllib's errors are among them
        reason = getattr(error, "reason", None) or error.strerror or error
        return Fetched(path.name, f"{path.name} could not be fetched ({reason}): try again.")
    if not part.stat().st_size:
        part.unlink()
        return Fetched(path.name, f"{path.name} came empty: look at the address.")
    part.rename(path)
    return Fetched(path.name)


def _named(address: str) -> str:
    told = urlsplit(address)
    name = PurePosixPath(unquote(told.path)).name
    if told.scheme not in {"http", "https"} or not name:
        message = f"{address} is no address of a file: give https://..., or a file that lists them."
        raise DetectError(message)
    return name


def _opener(cookies: Path | None) -> OpenerDirector:
    if cookies is None:
        return build_opener()
    jar = MozillaCookieJar(cookies)
    try:
        jar.load(ignore_discard=True, ignore_expires=True)
    except (OSError, LoadError) as error:
        message = f"{cookies} is no file of cookies: export it from the browser as cookies.txt."
        raise DetectError(message) from error
    for cookie in jar:
        # How browsers write that a cookie lasts until they are closed.
        cookie.expires = cookie.expires or None
    return build_opener(HTTPCookieProcessor(jar))
