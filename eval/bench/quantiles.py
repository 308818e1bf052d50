"""How long most of them take, and how long the slow ones."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantiles:
    """Median and upper tail of times, in milliseconds, each a time that was measured.

    By nearest rank, as ``eval.measures.cost`` has it (definition 1 of Hyndman & Fan 1996).
    """

    count: int
    p50: float
    p95: float
    p99: float

    @classmethod
    def of(cls, milliseconds: Sequence[float]) -> Self:
        """Return the quantiles. Raises ValueError if there is nothing."""
        if not milliseconds:
            raise ValueError("nothing has no quantiles")
        times = np.asarray(milliseconds, float)
        p50, p95, p99 = np.quantile(times, (0.5, 0.95, 0.99), method="inverted_cdf").tolist()
        return cls(count=len(milliseconds), p50=round(p50, 3), p95=round(p95, 3), p99=round(p99, 3))
