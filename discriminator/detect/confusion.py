"""The four counts of right and wrong verdicts, and what follows from them; FAKE is positive."""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(frozen=True)
class Confusion:
    """How many clips were called what."""

    real_as_real: int
    real_as_fake: int
    fake_as_real: int
    fake_as_fake: int

    @property
    def reals(self) -> int:
        """Clips that are real."""
        return self.real_as_real + self.real_as_fake

    @property
    def fakes(self) -> int:
        """Clips that are fake."""
        return self.fake_as_real + self.fake_as_fake

    @property
    def clips(self) -> int:
        """All clips."""
        return self.reals + self.fakes

    @property
    def right(self) -> int:
        """Clips that were called what they are."""
        return self.real_as_real + self.fake_as_fake

    @property
    def accuracy(self) -> float:
        """The part that is right."""
        return _part(self.right, self.clips)

    @property
    def precision(self) -> float:
        """The part of those called fake that is."""
        return _part(self.fake_as_fake, self.fake_as_fake + self.real_as_fake)

    @property
    def recall(self) -> float:
        """The part of the fakes that was caught."""
        return _part(self.fake_as_fake, self.fakes)

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return _part(2 * self.fake_as_fake, self.clips - self.real_as_real + self.fake_as_fake)

    @property
    def false_alarms(self) -> float:
        """The part of the reals that was called fake."""
        return _part(self.real_as_fake, self.reals)

    @property
    def turned(self) -> Confusion:
        """The same verdicts with REAL as positive, for tables that count so."""
        return Confusion(self.fake_as_fake, self.fake_as_real, self.real_as_fake, self.real_as_real)

    @property
    def macro_f1(self) -> float:
        """The mean of F1 with FAKE and with REAL as positive."""
        return (self.f1 + self.turned.f1) / 2

    @property
    def majority(self) -> float:
        """The accuracy of always saying what most clips are."""
        return _part(max(self.fakes, self.reals), self.clips)

    @property
    def prior_log_loss(self) -> float:
        """The log loss of always giving the share of fakes as the probability."""
        shares = [_part(count, self.clips) for count in (self.fakes, self.reals)]
        return sum(-share * math.log(share) for share in shares if share > 0)


def _part(some: int, of_all: int) -> float:
    """Return a share; of nothing there is none, which is not 0."""
    return some / of_all if of_all else math.nan
