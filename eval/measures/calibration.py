"""Whether a confidence of 0.8 is right four times in five."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from eval.measures.interval import Floats, Sample
from eval.measures.ordering import Flags, Rows
from eval.measures.refusal import given
from eval.record import Record

BINS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Bin:
    """The answers whose confidence lies in ``[start, end)``, the last bin holding 1 too."""

    start: float
    end: float
    count: int
    confidence: float | None  # mean; None in an empty bin
    right: float | None  # share of the answers whose first quote answers


def ece(records: Sequence[Record]) -> Sample:
    """Return the expected calibration error of the answers that were given (``refusal.given``)."""
    return expected_error(*given(records))


def reliability(records: Sequence[Record]) -> tuple[Bin, ...]:
    """Return the reliability diagram of the answers that were given."""
    return bins(*given(records))


def expected_error(confidence: Floats, right: Flags, *, count: int = BINS) -> Sample:
    """Return the gap between mean confidence and share of right answers, over bins of equal width.

    The mean of the bins' gaps, weighted by how many answers each holds (Naeini, Cooper & Hauskrecht
    2015, AAAI). It is biased upwards where bins hold few answers, and so is its interval.
    """
    gaps = np.zeros((len(confidence), count))
    gaps[np.arange(len(confidence)), _of_bin(confidence, count)] = confidence - right

    def statistic(weights: Floats) -> Floats:
        error: Floats = np.abs(weights @ gaps).sum(axis=1) / len(confidence)
        return error

    return Sample(len(confidence), statistic)


def calibration_error(confidence: Floats, right: Flags, *, count: int = BINS) -> float:
    """Return the expected calibration error, without its interval."""
    sample = expected_error(confidence, right, count=count)
    return float(sample.statistic(np.ones((1, sample.count)))[0])


def bins(confidence: Floats, right: Flags, *, count: int = BINS) -> tuple[Bin, ...]:
    """Return all bins of equal width, from 0 to 1, the empty ones too."""
    of_bin = _of_bin(confidence, count)
    members = [of_bin == number for number in range(count)]
    return tuple(
        Bin(
            start=number / count,
            end=(number + 1) / count,
            count=int(inside.sum()),
            confidence=float(confidence[inside].mean()) if inside.any() else None,
            right=float(right[inside].mean()) if inside.any() else None,
        )
        for number, inside in enumerate(members)
    )


def _of_bin(confidence: Floats, count: int) -> Rows:
    return np.minimum((confidence * count).astype(np.intp), count - 1)
