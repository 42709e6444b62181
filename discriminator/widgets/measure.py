"""Numbers that a page may send."""

from __future__ import annotations

from math import isfinite
from typing import TYPE_CHECKING, Any

import traitlets

if TYPE_CHECKING:
    Number = traitlets.Float[float, float]
else:
    Number = traitlets.Float


class Measure(Number):
    """A finite number. Bounds alone let "not a number" in: it is never below, and never above."""

    def validate(self, obj: Any, value: Any) -> Any:  # noqa: ANN401 - traitlets' signature
        """Refuse what nothing can be compared with."""
        number = super().validate(obj, value)
        if number is not None and not isfinite(number):
            self.error(obj, value, info=f"a finite number, which {value} is not")
        return number
