"""The command line's `detectors`: which there are, and what one should know of each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from discriminator import weights
from discriminator.detect.registry import cards

if TYPE_CHECKING:
    import argparse

    from discriminator.detect.registry import Card


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """`detectors` takes nothing but what every verb takes."""
    del parser


def run(args: argparse.Namespace) -> dict[str, Any]:
    """Return the card of every detector, with the state of its weights."""
    known = cards()
    if args.json:
        return {
            "detectors": [msgspec.to_builtins(card) | {"state": _state(card)} for card in known]
        }
    return {card.name: _sentences(card) for card in known}


def _state(card: Card) -> str:
    return "needs no weights" if card.weights is None else weights.verify(card.weights)


def _sentences(card: Card) -> str:
    return f"{card.description}\n  limits: {card.limits}\n  weights: {_state(card)}"
