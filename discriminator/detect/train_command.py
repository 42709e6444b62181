"""The command line's `train`: a network learns from a folder of crops."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from discriminator.detect.errors import NoLabError
from discriminator.detect.networks import recipe

if TYPE_CHECKING:
    import argparse

    from discriminator.detect.networks.learned import Run


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what `discriminator train` understands."""
    parser.add_argument("crops", type=Path, metavar="CROPS", help="a folder of `dataset crops`")
    parser.add_argument(
        "-o", "--output", type=Path, required=True, metavar="RUN", help="where the network is to be"
    )
    parser.add_argument(
        "--recipe",
        default=recipe.DEFAULT,
        metavar="NAME",
        help=f"{', '.join(recipe.RECIPES)}, or a YAML file like the recipe.yaml that every run "
        "leaves (default: %(default)s)",
    )
    parser.add_argument(
        "--set",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help="change the recipe: `--set epochs=30 --set weights=backbone.pt`; may be repeated",
    )


def run(args: argparse.Namespace) -> dict[str, Any]:
    """Train, and return how good it has become on the validation part."""
    try:
        from discriminator.detect.networks import training  # noqa: PLC0415 - the lab's
    except ImportError as missing:
        message = f"Training needs {missing.name}: `pip install 'discriminator[lab]'`."
        raise NoLabError(message) from missing
    chosen = recipe.choose(args.recipe, args.set)
    run = training.train(args.crops, args.output, chosen)
    if args.json:
        told: dict[str, Any] = msgspec.to_builtins(run)
        return {"run": str(args.output), **told, "taught": len(run.taught)}
    return {
        "run": str(args.output),
        **_said(run),
        "next": f"discriminator evaluate SET -o table --detector {args.output}",
    }


def _said(run: Run) -> dict[str, str]:
    began = "nothing: an untrained backbone" if run.untrained_backbone else "a trained backbone"
    return {
        "began with": began,
        "taught by": f"{len(run.taught)} clips, in {run.epochs} epochs",
        "validation": f"log loss {run.best:.3f} (of chance: 0.693), threshold {run.threshold:.2f}",
    }
