"""What an answer costs: milliseconds by stage, and questions a second."""

from collections.abc import Sequence
from dataclasses import asdict

import numpy as np

from eval.measures.interval import Floats, Sample
from eval.measures.ordering import divided
from eval.record import Record

STAGES = ("embed", "retrieve", "read", "compose", "total", "wall")
PERCENTS = (50, 95, 99)


def cost(record: Record) -> dict[str, float | None]:
    """Return the milliseconds of each stage of one question: ``embed_ms`` and so on.

    ``total_ms`` is their sum as the engine took them, ``wall_ms`` what the caller waited: over HTTP
    the way there and back is in it.
    """
    stages = asdict(record.answer.timing_ms) | {"wall": record.wall_ms}
    return {f"{stage}_ms": float(stages[stage]) for stage in STAGES}


def percentile(values: Sequence[float], percent: int) -> Sample:
    """Return the value that ``percent`` of a hundred do not exceed: one that was measured.

    By nearest rank: the smallest value that at least that share of all are at or below (definition
    1 of Hyndman & Fan 1996).
    """
    ascending = np.sort(np.array(values, np.float64))
    order = np.argsort(np.array(values, np.float64), kind="stable")
    rank = -(-percent * len(values) // 100)

    def statistic(weights: Floats) -> Floats:
        below = (np.cumsum(weights[:, order], axis=1) < rank).sum(axis=1)
        found: Floats = ascending[below]
        return found

    return Sample(len(values), statistic)


def questions_per_second(records: Sequence[Record]) -> Sample:
    """Return how many questions a second were answered, asked one after the other."""
    seconds = np.array([record.wall_ms / 1000 for record in records], np.float64)
    return Sample(len(seconds), lambda weights: divided(weights.sum(axis=1), weights @ seconds))
