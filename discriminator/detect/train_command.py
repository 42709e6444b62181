"""The command line's `train`: a network learns from a folder of crops."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from discriminator.detect.errors import NoLabError

if TYPE_CHECKING:
    import argparse


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what `discriminator train` understands."""
    parser.add_argument("crops", type=Path, metavar="CROPS", help="of `dataset crops`")
    parser.add_argument(
        "-o", "--output", type=Path, required=True, metavar="RUN", help="where the network is to be"
    )
    parser.add_argument(
        "--recipe", type=Path, metavar="FILE", help="YAML; every run leaves its own as recipe.yaml"
    )


def run(args: argparse.Namespace) -> dict[str, Any]:
    """Train, and return how good it has become on the validation part."""
    try:
        from discriminator.detect.networks import recipe, training  # noqa: PLC0415 - the lab's
    except ImportError as missing:
        message = f"Training needs {missing.name}: `pip install 'discriminator[lab]'`."
        raise NoLabError(message) from missing
    chosen = recipe.read(args.recipe) if args.recipe else recipe.Recipe()
    told: dict[str, Any] = msgspec.to_builtins(training.train(args.crops, args.output, chosen))
    return {"run": str(args.output), **told, "taught": len(told["taught"])}
