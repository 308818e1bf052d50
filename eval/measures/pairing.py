"""Whether two runs differ: the same questions, before and after."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from eval.measures.interval import SEED

PERMUTATIONS = 10_000
_CELLS = 4_000_000  # signs held at once


@dataclass(frozen=True, slots=True, kw_only=True)
class Paired:
    """How much higher a mean is after than before, and how likely chance alone does as much.

    Both are None where no question has both values. ``count`` is the number that have.
    """

    difference: float | None
    p: float | None
    count: int


def randomisation_test(
    before: Sequence[float | None],
    after: Sequence[float | None],
    *,
    permutations: int = PERMUTATIONS,
    seed: int = SEED,
) -> Paired:
    """Return the difference of means and its two-sided p, by a paired randomisation test.

    If both runs were alike, each question's two values might as well be exchanged: p is the share
    of exchanges whose difference is at least as large (Fisher 1935; Pitman 1937; for retrieval,
    Smucker, Allan & Carterette, CIKM 2007). All exchanges are tried where they are no more than
    ``permutations``; else that many are drawn, and the observed one counts as one of them. The n-th
    values belong to one question; where one is None, the question is left out.
    """
    pairs = zip(before, after, strict=True)
    differences = np.array([b - a for a, b in pairs if a is not None and b is not None])
    if not len(differences):
        return Paired(difference=None, p=None, count=0)
    moved = differences[differences != 0]  # exchanging equal values changes nothing
    return Paired(
        difference=float(differences.mean()),
        p=_p(moved, permutations, seed) if len(moved) else 1.0,
        count=len(differences),
    )


def _p(differences: "np.ndarray[tuple[int], np.dtype[np.float64]]", most: int, seed: int) -> float:
    count = len(differences)
    # Sums that are equal on paper differ in their last digits.
    observed = abs(float(differences.sum())) - 1e-9 * float(np.abs(differences).sum())
    if 2**count <= most:
        exchanged = (np.arange(2**count)[:, None] >> np.arange(count)) & 1
        return float(np.mean(np.abs((1 - 2 * exchanged) @ differences) >= observed))
    chance = np.random.default_rng(seed)
    as_large, rows = 0, max(1, _CELLS // count)
    for start in range(0, most, rows):
        signs = 1 - 2 * chance.integers(0, 2, (min(rows, most - start), count), dtype=np.int8)
        as_large += int(np.sum(np.abs(signs @ differences) >= observed))
    return (as_large + 1) / (most + 1)
