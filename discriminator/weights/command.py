"""The command line's `weights`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from discriminator.weights import shelf
from discriminator.weights.errors import WeightsError
from discriminator.weights.fetching import fetch
from discriminator.weights.known import KNOWN, Published

if TYPE_CHECKING:
    import argparse

_MEGABYTE = 1_000_000


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what `discriminator weights` understands."""
    parser.add_argument("do", choices=("list", "fetch", "verify"), help="what to do")
    parser.add_argument("names", nargs="*", metavar="NAME", help="which; all if none is named")
    parser.add_argument(
        "--from",
        dest="source",
        metavar="WHERE",
        help="a file, a folder or an address to fetch from",
    )
    parser.add_argument(
        "--accept-licence", action="store_true", help="say yes to the licence without being asked"
    )


def run(arguments: argparse.Namespace) -> dict[str, Any]:
    """List, fetch or verify.

    Raises:
        WeightsError: something cannot be had, or is not what it should be.
    """
    if arguments.do == "list":
        return {name: _told(name, one, as_json=arguments.json) for name, one in KNOWN.items()}
    if arguments.do == "fetch":
        return _fetch(arguments)
    states = {name: shelf.verify(name) for name in arguments.names or KNOWN}
    if changed := [name for name, state in states.items() if state == "changed"]:
        message = (
            f"Changed since it was published or fetched: {', '.join(changed)}. Fetch it again."
        )
        raise WeightsError(message)
    return dict(states)


def _told(name: str, published: Published, *, as_json: bool) -> object:
    file = shelf.folder() / published.file
    state = "here" if file.is_file() else "not here"
    if as_json:
        return {**published._asdict(), "name": name, "state": state}
    bytes_ = published.size or (file.stat().st_size if file.is_file() else None)
    size = f", {bytes_ / _MEGABYTE:.1f} MB" if bytes_ else ""
    return f"{published.about} ({state}{size}). {published.licence}"


def _fetch(arguments: argparse.Namespace) -> dict[str, Any]:
    if not arguments.names:
        message = f"Say which: {', '.join(KNOWN)}."
        raise WeightsError(message)
    for name in arguments.names:
        if not (arguments.accept_licence or _accepted(name, shelf.known(name))):
            message = f"{name} was not fetched: its licence has to be accepted first."
            raise WeightsError(message)
    return {name: str(fetch(name, arguments.source, _shown)) for name in arguments.names}


def _accepted(name: str, published: Published) -> bool:
    if not sys.stdin.isatty():
        message = (
            f"{published.about}. Licence: {published.licence} "
            "Add --accept-licence if you agree to it."
        )
        raise WeightsError(message)
    _say(f"{name}: {published.about}.\n{published.licence}\n{published.page}\n")
    _say("Do you agree? [y/N] ")
    return sys.stdin.readline().strip().lower() in {"y", "yes"}


def _shown(here: int, whole: int | None) -> None:
    if sys.stderr.isatty():
        of = f" of {whole / _MEGABYTE:.1f}" if whole else ""
        _say(f"\r{here / _MEGABYTE:.1f}{of} MB")


def _say(text: str) -> None:
    sys.stderr.write(text)
    sys.stderr.flush()
