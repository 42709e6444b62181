"""Pulse and noise, against the vectors that the browser's twins are held to as well."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from discriminator.detect import noise, pulse
from discriminator.detect.watching import Grain

VECTORS = json.loads(Path(__file__).with_name("vectors.json").read_text(encoding="utf-8"))
SIDE = 17


@pytest.mark.parametrize("vector", VECTORS["pulses"], ids=lambda one: one["name"])
def test_the_pulse(vector: dict[str, Any]) -> None:
    colours = np.array(vector["colours"], float).reshape(-1, 3, 3)
    measured = pulse.measure(np.array(vector["times"]), colours)
    assert measured.beat == pytest.approx(vector["beat"])
    assert measured.clarity == pytest.approx(vector["clarity"])
    assert measured.agreement == pytest.approx(vector["agreement"])
    assert pulse.fake(measured) == pytest.approx(vector["fake"], abs=1e-6)


@pytest.mark.parametrize("vector", VECTORS["noises"], ids=lambda one: one["name"])
def test_the_noise(vector: dict[str, Any]) -> None:
    moments = [
        {place: Grain(*(square(one) for one in pair)) for place, pair in moment.items()}
        for moment in vector["moments"]
    ]
    measured = noise.measure(moments)
    wanted = [np.nan if vector[name] is None else vector[name] for name in noise_names()]
    told = [getattr(measured, name) for name in noise_names()]
    assert told == pytest.approx(wanted, nan_ok=True)
    assert noise.fake(measured) == pytest.approx(vector["fake"], abs=1e-6)


def noise_names() -> list[str]:
    return list(noise.Noise.__dataclass_fields__)


def square(text: str) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    return np.frombuffer(base64.b64decode(text), np.uint8).reshape(SIDE, SIDE)
