"""The command line's `detectors`: which there are, and what one should know of each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from discriminator import weights
from discriminator.detect.registry import broken, cards

if TYPE_CHECKING:
    import argparse

    from discriminator.detect.registry import Card, SelfCheck


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """`detectors` takes nothing but what every verb takes."""
    del parser


def run(args: argparse.Namespace) -> dict[str, Any]:
    """Return the card of every detector, with the state of its weights."""
    if args.json:
        return {"detectors": told(), "broken": broken}
    return {card.name: _sentences(card) for card in cards()} | broken


def told() -> list[dict[str, Any]]:
    """Return what programs are told of every detector."""
    return [msgspec.to_builtins(card) | {"state": _state(card)} for card in cards()]


def _state(card: Card) -> str:
    if card.weights is None:
        return "needs no weights"
    try:
        return weights.verify(card.weights)
    except weights.WeightsError:
        return f"{card.weights}, which its own package keeps"


def _sentences(card: Card) -> str:
    lines = [
        card.description,
        f"limits: {card.limits}",
        f"version {card.version}, licence {card.licence}",
        f"weights: {_state(card)}",
    ]
    if card.self_check:
        lines.append(_checked(card.self_check))
    return "\n  ".join(lines)


def _checked(said: SelfCheck) -> str:
    return (
        f"self-check on made clips, no claim about the world: called {said.accused} of "
        f"{said.reals} reals fake and {said.missed} of {said.fakes} fakes real; "
        f"did not judge {said.abstained}"
    )
