"""What an order by confidence is worth: areas under curves.

Both are functions of how often each question was drawn, and sort once for all draws.
"""

import numpy as np
import numpy.typing as npt

from eval.measures.interval import Floats, Sample

Flags = npt.NDArray[np.bool_]
Rows = npt.NDArray[np.intp]


def auroc(scores: Floats, positive: Flags) -> Sample:
    """Return the probability that a positive scores higher than a negative, ties being half.

    The area under the curve of Hanley & McNeil 1982; not defined where all are of one kind.
    """
    order, starts = grouped(scores)
    are_positive = positive[order]

    def statistic(weights: Floats) -> Floats:
        drawn = weights[:, order]
        positives = np.add.reduceat(drawn * are_positive, starts, axis=1)
        negatives = np.add.reduceat(drawn * ~are_positive, starts, axis=1)
        below = np.cumsum(negatives, axis=1) - negatives
        won = (positives * (below + negatives / 2)).sum(axis=1)
        return divided(won, positives.sum(axis=1) * negatives.sum(axis=1))

    return Sample(len(scores), statistic)


def risk_area(confidence: Floats, wrong: Flags) -> Sample:
    """Return the mean share of wrong answers among the first, the first two, …, the most confident.

    The area under the risk–coverage curve: lower is better (Geifman, Uziel & El-Yaniv 2019, arXiv
    1805.08206). Answers of one confidence come in any order: the mean over all orders.
    """
    order, starts = grouped(-confidence)
    lost = wrong[order]
    harmonic = np.concatenate([[0.0], np.cumsum(1 / np.arange(1, len(order) + 1))])

    def statistic(weights: Floats) -> Floats:
        drawn = weights[:, order]
        size = np.add.reduceat(drawn, starts, axis=1)
        losses = np.add.reduceat(drawn * lost, starts, axis=1)
        before, lost_before = np.cumsum(size, axis=1) - size, np.cumsum(losses, axis=1) - losses
        rate = losses / np.maximum(size, 1)
        # The i-th question kept has the risk (lost_before + rate * (i - before)) / i.
        steps = harmonic[(before + size).astype(int)] - harmonic[before.astype(int)]
        return divided(
            (losses + (lost_before - rate * before) * steps).sum(axis=1), weights.sum(axis=1)
        )

    return Sample(len(order), statistic)


def grouped(scores: Floats) -> tuple[Rows, Rows]:
    """Return the ascending order of the scores, and where in it each run of equal ones starts."""
    order = np.argsort(scores, kind="stable")
    changes = np.diff(scores[order], prepend=np.nan) != 0  # nan differs from everything
    return order, np.flatnonzero(changes)


def divided(above: Floats, below: Floats) -> Floats:
    """Return the quotients, nan where the divisor is 0."""
    quotients = np.full(len(above), np.nan)
    np.divide(above, below, out=quotients, where=below > 0)
    return quotients
