"""The `discriminator` command: each verb calls one function."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

BAD_INPUT = 2


def main(words: list[str] | None = None) -> None:
    """Run one verb; what the user can mend is one line on stderr and exit code 2."""
    arguments = _parser().parse_args(words)
    try:
        answer = arguments.run(arguments)
    except KeyboardInterrupt:
        raise SystemExit(130) from None
    except (ValueError, RuntimeError, OSError) as error:
        if type(error) in {ValueError, RuntimeError}:
            raise  # a mistake of ours, not of the user's
        print(f"discriminator: {error}", file=sys.stderr)  # noqa: T201 - this is a terminal program
        raise SystemExit(BAD_INPUT) from None
    if answer is not None:
        _print(answer, as_json=getattr(arguments, "json", False))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="discriminator",
        description="A documentary that makes a fake of you, and the tools it is made with.",
    )
    verbs = parser.add_subparsers(title="verbs", metavar="VERB", required=True)
    _add_serve(verbs)
    return parser


def _add_serve(verbs: Any) -> None:  # noqa: ANN401 - argparse has no public name for it
    serve = verbs.add_parser("serve", help="the film on one address", description="Serve the film.")
    serve.add_argument("--port", type=_port, default=8866, help="default: %(default)s")
    serve.add_argument("--ip", default="127.0.0.1", help="0.0.0.0 lets other machines in")
    serve.add_argument("--base-url", default="/", help="path below which a proxy shows the film")
    serve.add_argument("--media", type=Path, help="another film's media folder")
    serve.add_argument(
        "--ready", type=_count, default=2, help="kernels that stand ready (%(default)s)"
    )
    serve.add_argument("--seats", type=_count, default=100, help="viewers at once (%(default)s)")
    serve.add_argument("--open", action="store_true", help="open a browser")
    serve.set_defaults(run=_serve)


def _serve(arguments: argparse.Namespace) -> None:
    from discriminator.server.app import Settings, serve  # noqa: PLC0415 - Voila loads slowly

    settings = Settings(
        port=arguments.port,
        ip=arguments.ip,
        base_url=arguments.base_url,
        media=arguments.media,
        ready=arguments.ready,
        seats=arguments.seats,
        open_browser=arguments.open,
    )
    print(f"The film is at http://localhost:{settings.port}{settings.base_url}")  # noqa: T201
    serve(settings)


def _port(text: str) -> int:
    return _between(text, 1, 65535)


def _count(text: str) -> int:
    return _between(text, 0, 10_000)


def _between(text: str, low: int, high: int) -> int:
    if text.isdecimal() and low <= int(text) <= high:
        return int(text)
    message = f"{text!r} is not a whole number from {low} to {high}"
    raise argparse.ArgumentTypeError(message)


def _print(answer: dict[str, Any], *, as_json: bool) -> None:
    lines = (
        [json.dumps(answer)] if as_json else [f"{key}: {value}" for key, value in answer.items()]
    )
    print("\n".join(lines))  # noqa: T201 - this is a terminal program
