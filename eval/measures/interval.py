"""How far a figure might be off: intervals at 95 %.

Every measure of a run is a ``Sample``: a function of how often each question was drawn. Drawing
every question once gives its value; drawing as many at random, with replacement, gives the values
that its interval is cut from. So a mean, an AUROC and a percentile have their intervals from one
place.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from eval.measures.measured import NOTHING, Measured

Floats = npt.NDArray[np.float64]
Statistic = Callable[[Floats], Floats]

RESAMPLES = 2_000
SEED = 2024
Z = 1.959963984540054  # of the normal distribution, for 95 %
_CELLS = 4_000_000  # draws held at once


@dataclass(frozen=True, slots=True)
class Sample:
    """A statistic of ``count`` questions.

    ``statistic`` takes weights, shape ``(resamples, count)``, whole numbers whose rows each sum to
    ``count``, and returns a value a row, nan where it is not defined. ``rests_on`` is how many of
    the questions make a difference to it, all if None: a precision rests on what was found.
    """

    count: int
    statistic: Statistic
    rests_on: int | None = None


def mean_of(values: Sequence[float | None]) -> Sample:
    """Return the mean of the values that there are."""
    there = np.array([value for value in values if value is not None], dtype=np.float64)
    return Sample(len(there), lambda weights: weights @ there / max(len(there), 1))


def estimate(sample: Sample, *, resamples: int = RESAMPLES, seed: int = SEED) -> Measured:
    """Return the value with its percentile bootstrap interval (Efron & Tibshirani 1993, ch. 13).

    A value that all questions share has an interval of no width, however few they are. Resamples
    for which the statistic is not defined (an AUROC of one kind of question) are passed over.
    """
    if sample.count == 0:
        return NOTHING
    value = float(sample.statistic(np.ones((1, sample.count)))[0])
    if np.isnan(value):
        return NOTHING
    rests_on = sample.count if sample.rests_on is None else sample.rests_on
    if sample.count == 1:
        return Measured(value=value, count=rests_on)
    drawn = [sample.statistic(each) for each in _draws(sample.count, resamples, seed)]
    low, high = np.nanpercentile(np.concatenate(drawn), (2.5, 97.5))
    return Measured(value=value, count=rests_on, low=float(low), high=float(high))


def _draws(count: int, resamples: int, seed: int) -> Iterator[Floats]:
    """Yield weights, some rows at a time, so that memory does not grow with the questions."""
    most = max(1, _CELLS // count)
    for number, start in enumerate(range(0, resamples, most)):
        yield _drawn(count, min(most, resamples - start), seed, number)


@lru_cache(maxsize=2)  # most measures of a slice are of the same questions, or of those answerable
def _drawn(count: int, rows: int, seed: int, number: int) -> Floats:
    chance = np.random.default_rng((seed, number))
    drawn = chance.integers(0, count, (rows, count)) + count * np.arange(rows)[:, None]
    counts = np.bincount(drawn.ravel(), minlength=rows * count)
    weights = counts.reshape(rows, count).astype(np.float64)
    weights.flags.writeable = False
    return weights


def wilson(successes: int, count: int) -> tuple[float, float]:
    """Return the score interval of a share (Wilson 1927), ``(0, 1)`` for a share of nothing.

    For plain counts it is better than the bootstrap near 0 and 1.
    """
    if count == 0:
        return 0.0, 1.0
    share, square = successes / count, Z * Z
    middle = (share + square / (2 * count)) / (1 + square / count)
    half = Z / (1 + square / count) * (share * (1 - share) / count + square / (4 * count**2)) ** 0.5
    return max(0.0, middle - half), min(1.0, middle + half)


def share_in_words(flags: Sequence[bool] | npt.NDArray[np.bool_]) -> str:
    """Return a share with its Wilson interval in words, as "0.843 0.78-0.89"."""
    low, high = wilson(int(np.sum(flags)), len(flags))
    return f"{np.mean(flags):.3f} {low:.2f}-{high:.2f}"
