"""How fast the network draws: as published, and as the still engine has it, turn by turn."""

from __future__ import annotations

import statistics
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import torch
from torch import nn

from discriminator import weights
from discriminator.lipsync import checkpoint
from discriminator.lipsync.compiled import BATCH, Compiled
from discriminator.lipsync.decoding import MOUTH, Decoder, folded
from discriminator.lipsync.engine import PRECISIONS
from discriminator.lipsync.placing import place
from discriminator.lipsync.wav2lip import MELS, STEPS, Generator

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np

    from discriminator.lipsync.sitting import Sitter

_PLAIN, _OURS = 2, 16
"""Batches in one turn of each arm."""


def stand_in(path: Path) -> Path:
    """Return the published weights, or others that cost as much, where nobody has fetched them."""
    try:
        return weights.path("wav2lip")
    except weights.WeightsError:
        torch.save({"state_dict": _awake(Generator()).state_dict()}, path)
        return path


def run(checkpoint_file: Path, sitter: Sitter, runs: int) -> dict[str, Any]:
    """Return frames a second, best and median, of every arm, and how often the first one's.

    `plain` is the published network in torch with numbers of 32 bits; the others draw the mouth of
    one photo, as the engine does, in three precisions.
    """
    generator = checkpoint.load(Generator(), checkpoint_file)
    mel = 8 * torch.rand(BATCH, 1, MELS, STEPS) - 4
    seen = torch.from_numpy(place(*sitter).seen())
    arms: dict[str, tuple[Callable[[int], None], int]] = {
        "plain": (lambda times: _plainly(generator, mel, seen, times), _PLAIN)
    }
    decoder = Decoder(folded(generator), MOUTH)
    with torch.no_grad():
        known = decoder.still(seen)
        sound = decoder.generator[0].audio_encoder(mel).numpy()
    with tempfile.TemporaryDirectory() as folder:
        for precision in PRECISIONS:
            compiled = Compiled(decoder, known, precision, Path(folder) / "int8.xml", [sound])
            arms[precision] = (_drawing(compiled, sound, known), _OURS)
    rates: dict[str, list[float]] = {name: [] for name in arms}
    for number in range(runs + 1):
        for name, (draw, times) in arms.items():
            began = time.perf_counter()
            draw(times)
            if number:  # the first turn only warms up
                rates[name].append(times * BATCH / (time.perf_counter() - began))
    return {name: _summed_up(own, rates["plain"]) for name, own in rates.items()}


@torch.no_grad()
def _plainly(generator: Generator, mel: torch.Tensor, seen: torch.Tensor, times: int) -> None:
    for _ in range(times):
        generator(mel, seen.expand(len(mel), -1, -1, -1))


def _drawing(
    compiled: Compiled, sound: np.ndarray[Any, np.dtype[np.float32]], known: list[torch.Tensor]
) -> Callable[[int], None]:
    def draw(times: int) -> None:
        for _ in compiled.draw([sound] * times, known):
            pass

    return draw


def _summed_up(rates: list[float], plain: list[float]) -> dict[str, float]:
    return {
        "best": round(max(rates), 1),
        "median": round(statistics.median(rates), 1),
        "times_plain": round(statistics.median(rates) / statistics.median(plain), 1),
    }


def _awake(generator: Generator) -> Generator:
    """Let every layer say something: numbers near zero cost far more time than others."""
    torch.manual_seed(0)
    for norm in generator.modules():
        if isinstance(norm, nn.BatchNorm2d):
            norm.momentum = 1.0
    with torch.no_grad():
        generator.train()(8 * torch.rand(4, 1, MELS, STEPS) - 4, torch.rand(4, 6, 96, 96))
    return generator.eval()
