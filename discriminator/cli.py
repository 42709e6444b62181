"""The `discriminator` command: each verb calls one function of one room.

A room's `command` module says what its verb understands (`add_arguments`) and does it (`run`, which
returns what `--json` prints). Only the room of the verb that was asked for is imported.
"""

from __future__ import annotations

import argparse
import json
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
    arguments = _parser(words).parse_args(words)
    try:
        answer = arguments.room.run(arguments)
    except KeyboardInterrupt:
        raise SystemExit(INTERRUPTED) from None
    except (ValueError, RuntimeError, OSError) as error:
        if type(error) in {ValueError, RuntimeError}:
            raise  # a mistake of ours, not of the user's
        print(f"discriminator: {error}", file=sys.stderr)  # noqa: T201 - a terminal program
        raise SystemExit(BAD_INPUT) from None
    if answer is not None:
        _print(answer, as_json=arguments.json)


def _parser(words: list[str]) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="discriminator",
        description="A documentary that makes a fake of you, and the tools it is made with.",
    )
    verbs = parser.add_subparsers(title="verbs", metavar="VERB", required=True)
    for name, verb in VERBS.items():
        described = verbs.add_parser(name, help=verb.help, description=f"{verb.help}.".capitalize())
        if name in words[:1]:
            room = import_module(verb.module)
            room.add_arguments(described)
            described.add_argument("--json", action="store_true", help="print one JSON object")
            described.set_defaults(room=room)
    return parser


def _print(answer: dict[str, Any], *, as_json: bool) -> None:
    lines = [f"{name}: {value}" for name, value in answer.items()]
    print(json.dumps(answer) if as_json else "\n".join(lines))  # noqa: T201 - a terminal program
