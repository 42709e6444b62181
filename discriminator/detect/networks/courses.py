"""How fast a network learns over a run: the optimiser, and the course of its rate."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import torch
from torch.optim.lr_scheduler import LambdaLR, LinearLR, ReduceLROnPlateau

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from torch.nn import Parameter
    from torch.optim import Optimizer

    from discriminator.detect.networks.recipe import Recipe, Schedule

_HALF, _THIRDS = 0.5, 3
_MILESTONES = (0.5, 0.75)
_TENTH = 0.1
_DECAY = 5.0
"""Of the exponential course: what is left at the end is e to the minus five."""
_POWER = 0.9
_WAITS = 2
"""Epochs without a better validation loss before a plateau halves the rate."""


def optimiser(parameters: Iterable[Parameter], recipe: Recipe) -> Optimizer:
    """Return the recipe's optimiser."""
    learning = [one for one in parameters if one.requires_grad]
    common: dict[str, Any] = {"lr": recipe.rate, "weight_decay": recipe.decay}
    if recipe.optimiser == "sgd":
        return torch.optim.SGD(learning, momentum=recipe.momentum, nesterov=True, **common)
    if recipe.optimiser == "rmsprop":
        return torch.optim.RMSprop(learning, momentum=recipe.momentum, **common)
    if recipe.optimiser == "adam":
        return torch.optim.Adam(learning, **common)
    return torch.optim.AdamW(learning, **common)


def courses(made: Optimizer, recipe: Recipe, steps: int) -> list[dict[str, Any]]:
    """Return what changes the rate at every step, and, for a plateau, after every epoch."""
    if recipe.schedule == "plateau":
        # Its rise multiplies the rate, so that what the plateau has halved stays halved.
        rise = max(round(steps * recipe.warm_up), 1)
        rising = LinearLR(made, start_factor=1 / rise, total_iters=rise)
        falling = ReduceLROnPlateau(made, factor=_HALF, patience=_WAITS)
        by_epoch = {"scheduler": falling, "monitor": "validation_loss"}
        return [{"scheduler": rising, "interval": "step"}, by_epoch]
    course = LambdaLR(made, lambda step: rate_at(step, steps, recipe.warm_up, recipe.schedule))
    return [{"scheduler": course, "interval": "step"}]


def rate_at(step: int, steps: int, warm_up: float, schedule: Schedule = "cosine") -> float:
    """Return the part of the highest rate at a step: it rises evenly, then takes its course."""
    rising = max(round(steps * warm_up), 1)
    if step < rising:
        return (step + 1) / rising
    return _COURSES[schedule](min((step - rising) / max(steps - rising, 1), 1.0))


_COURSES: dict[Schedule, Callable[[float], float]] = {
    "cosine": lambda done: 0.5 + 0.5 * math.cos(math.pi * done),
    "plateau": lambda _: 1.0,
    "step": lambda done: _HALF ** min(int(done * _THIRDS), _THIRDS - 1),
    "multistep": lambda done: _TENTH ** sum(done >= at for at in _MILESTONES),
    "polynomial": lambda done: (1 - done) ** _POWER,
    "exponential": lambda done: math.exp(-_DECAY * done),
    "steady": lambda _: 1.0,
}
