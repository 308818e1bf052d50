"""Measuring alternatives against each other, so that a busy machine slows all of them alike."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from statistics import median

Work = Callable[[], object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ratio:
    """How many times as fast one alternative is as the other."""

    median: float  # of the reference's median over ours
    lowest: float  # of all rounds
    highest: float


def interleaved(alternatives: Mapping[str, Work], rounds: int) -> dict[str, list[float]]:
    """Return the seconds that each alternative took in each round: A B A B, and not A A B B.

    One round before the first is not counted: it fills caches.
    """
    seconds: dict[str, list[float]] = {name: [] for name in alternatives}
    for counted in range(-1, rounds):
        for name, work in alternatives.items():
            began = time.perf_counter()
            work()
            if counted >= 0:
                seconds[name].append(time.perf_counter() - began)
    return seconds


def ratio(reference: list[float], ours: list[float]) -> Ratio:
    """Return the ratio of two series whose rounds belong together. Raises ValueError if empty."""
    if not reference or len(reference) != len(ours):
        raise ValueError("two series of as many rounds, at least one")
    each = [slow / fast for slow, fast in zip(reference, ours, strict=True)]
    return Ratio(median=median(reference) / median(ours), lowest=min(each), highest=max(each))
