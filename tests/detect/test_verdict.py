from __future__ import annotations

import math

import pytest

from discriminator.detect.errors import DetectError
from discriminator.detect.verdict import Score


def test_a_verdict_is_one_thing() -> None:
    for fake, reason in ((None, None), (0.4, "No face was found.")):
        with pytest.raises(DetectError, match="exactly one of both"):
            Score("pulse", fake, reason)
    for fake in (-0.1, 1.1, math.nan):
        with pytest.raises(DetectError, match="between 0 and 1"):
            Score("pulse", fake)


def test_its_own_threshold_decides() -> None:
    assert Score("pulse", 0.4).leaning == "real"
    assert Score("pulse", 0.4, threshold=0.3).leaning == "fake"
    assert Score("pulse", None, "No face was found.").leaning == "unclear"


def test_a_percentage_is_said_only_where_it_means_one() -> None:
    assert Score("pulse", 0.8).words == "Signs of a fake."
    assert Score("pulse", 0.8, calibrated_on="synthetic").words == "Signs of a fake."
    assert Score("pulse", 0.1, calibrated_on="synthetic").words == "No signs of a fake."
    told = Score("pulse", 0.8, calibrated_on="412 clips of the archive").words
    assert told == "Fake with a probability of 80%."
    assert Score("pulse", None, "No face was found.").words == "No verdict. No face was found."
