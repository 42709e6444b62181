"""The `discriminator` command: each verb calls one function of one room.

A room's `command` module says what its verb understands (`add_arguments`) and does it (`run`, which
returns what `--json` prints). Only the room of the verb that was asked for is imported.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from importlib import import_module
from typing import Any, NamedTuple

BAD_INPUT = 2
INTERRUPTED = 130


class Verb(NamedTuple):
    """A word of the command line, and the module that understands it."""

    module: str
    help: str


VERBS = {
    "serve": Verb("discriminator.server.command", "the film on one address"),
    "api": Verb("discriminator.api.command", "the HTTP service: clips and verdicts for programs"),
    "encode": Verb("discriminator.streaming.command", "a master becomes an adaptive stream"),
    "lipsync": Verb("discriminator.lipsync.command", "a photo and a voice become a talking face"),
    "weights": Verb("discriminator.weights.command", "model files that others have published"),
    "detect": Verb("discriminator.detect.command", "verdicts for videos and pictures"),
    "detectors": Verb("discriminator.detect.listing", "the detectors there are, and their limits"),
    "dataset": Verb("discriminator.detect.dataset_command", "clips to teach and to judge by"),
    "train": Verb("discriminator.detect.train_command", "a network learns from crops of faces"),
    "evaluate": Verb("discriminator.detect.evaluate_command", "how good detectors are on a set"),
    "drift": Verb("discriminator.detect.drift_command", "whether clips still are as they were"),
    "export": Verb("discriminator.detect.export_command", "a trained network for other programs"),
    "submit": Verb("discriminator.detect.submit_command", "answers as Kaggle wants them"),
    "bench": Verb("discriminator.bench", "figures, every arm measured in one interleaved run"),
}


def main(words: list[str] | None = None) -> None:
    """Run one verb; what the user can mend is one line on stderr and exit code 2."""
    words = sys.argv[1:] if words is None else words
    try:
        arguments = _parser(words).parse_args(words)
        answer = arguments.room.run(arguments)
    except KeyboardInterrupt:
        raise SystemExit(INTERRUPTED) from None
    except ImportError as missing:
        print(f"discriminator: {_lacking(missing)}", file=sys.stderr)  # noqa: T201 - as below
        raise SystemExit(BAD_INPUT) from None
    except (ValueError, RuntimeError, OSError) as error:
        if type(error) in {ValueError, RuntimeError}:
            raise  # a mistake of ours, not of the user's
        print(f"discriminator: {error}", file=sys.stderr)  # noqa: T201 - a terminal program
        raise SystemExit(BAD_INPUT) from None
    if answer is not None:
        _print(answer, as_json=arguments.json)


def _lacking(missing: ImportError) -> Exception:
    """Return what a machine without a finder of faces is told; raises what nobody expected."""
    from discriminator.faces import mesh  # noqa: PLC0415 - most words never come here

    return mesh.explained(missing)


def _parser(words: list[str]) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="discriminator",
        description="A documentary that makes a fake of you, and the tools it is made with.",
    )
    verbs = parser.add_subparsers(title="verbs", metavar="VERB", required=True)
    for name, verb in VERBS.items():
        described = verbs.add_parser(name, help=verb.help, description=_sentence(verb.help))
        if name in words[:1]:
            room = import_module(verb.module)
            room.add_arguments(described)
            described.add_argument("--json", action="store_true", help="print one JSON object")
            described.set_defaults(room=room)
    return parser


def _sentence(words: str) -> str:
    return f"{words[0].upper()}{words[1:]}."


def _print(answer: dict[str, Any], *, as_json: bool) -> None:
    lines = [f"{name}: {_told(value)}" for name, value in answer.items()]
    said = json.dumps(answer) if as_json else "\n".join(lines)
    try:
        print(said, flush=True)  # noqa: T201 - a terminal program
    except BrokenPipeError:  # who reads, such as `head`, has read enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _told(value: object) -> str:
    """Return a value as a person reads it: each thing of a list in a line of its own."""
    match value:
        case bool():
            return "yes" if value else "no"
        case float():
            return f"{value:.4g}"
        case None:
            return "none"
        case dict():
            return ", ".join(f"{name} {_told(one)}" for name, one in value.items()) or "none"
        case list() | tuple():
            return "".join(f"\n  {_told(one)}" for one in value) or "none"
    return str(value)
