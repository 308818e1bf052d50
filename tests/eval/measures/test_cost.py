"""Percentiles agree with NumPy's."""

from typing import Any

import numpy as np
import pytest

from eval.measures.cost import PERCENTS, STAGES, cost, percentile, questions_per_second
from eval.measures.interval import estimate


@pytest.mark.parametrize("percent", PERCENTS)
@pytest.mark.parametrize("count", [1, 2, 7, 120, 333])
def test_a_percentile_is_a_value_that_was_measured(percent: int, count: int) -> None:
    values = np.random.default_rng(count).lognormal(3, 1, count)
    theirs = np.percentile(values, percent, method="inverted_cdf")
    measured = estimate(percentile(values.tolist(), percent))
    assert measured.value == theirs
    if measured.low is not None and measured.high is not None:
        assert min(values) <= measured.low <= theirs <= measured.high <= max(values)


def test_a_value_counts_as_often_as_it_was_drawn() -> None:
    sample = percentile([5.0, 1.0, 3.0, 2.0], 50)
    assert sample.statistic(np.array([[0.0, 1, 3, 0], [4, 0, 0, 0]])).tolist() == [3.0, 5.0]


def test_every_stage_is_measured(make: Any) -> None:
    measured = cost(make.record(wall_ms=20.0))
    assert list(measured) == [f"{stage}_ms" for stage in STAGES]
    assert list(measured.values()) == [1, 2, 3, 4, 19, 20]


def test_questions_a_second_follow_from_the_time_they_took(make: Any) -> None:
    records = [make.record(wall_ms=wall) for wall in (100.0, 300.0)]
    assert estimate(questions_per_second(records)).value == pytest.approx(5)
