"""Intervals agree with those of SciPy, and behave as intervals should."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from eval.measures.interval import Floats, Sample, estimate, mean_of, wilson
from eval.measures.measured import NOTHING

VALUES = np.random.default_rng(7).beta(2, 5, 120).tolist()


def test_the_interval_of_a_mean_is_that_of_another_implementation() -> None:
    ours = estimate(mean_of(VALUES))
    theirs = stats.bootstrap(
        (np.array(VALUES),), np.mean, n_resamples=20_000, method="percentile", rng=1
    ).confidence_interval
    assert ours.value == pytest.approx(np.mean(VALUES))
    assert ours.low == pytest.approx(theirs.low, abs=0.003)
    assert ours.high == pytest.approx(theirs.high, abs=0.003)


def test_a_mean_says_how_many_values_it_rests_on() -> None:
    measured = estimate(mean_of([1.0, None, 0.0, None]))
    assert (measured.value, measured.count) == (0.5, 2)


def test_what_applies_to_no_question_is_nothing() -> None:
    assert estimate(mean_of([None, None])) == estimate(mean_of([])) == NOTHING


def test_one_question_has_a_value_and_no_interval() -> None:
    measured = estimate(mean_of([0.25]))
    assert (measured.value, measured.low, measured.high) == (0.25, None, None)


def test_a_statistic_that_is_not_defined_is_nothing() -> None:
    assert estimate(Sample(3, lambda weights: np.full(len(weights), np.nan))) == NOTHING


def test_draws_for_which_a_statistic_is_not_defined_are_passed_over() -> None:
    kinds = np.array([1.0, 0.0, 0.0])

    def share_if_any(weights: Floats) -> Floats:
        share = weights @ kinds / 3
        return np.where(share > 0, share, np.nan)

    measured = estimate(Sample(3, share_if_any))
    assert measured.low is not None
    assert measured.low >= 1 / 3


def test_the_same_seed_gives_the_same_interval_and_another_one_another() -> None:
    sample = mean_of(VALUES)
    assert estimate(sample, seed=1) == estimate(sample, seed=1) != estimate(sample, seed=2)


def test_many_questions_are_drawn_in_parts_that_fit_the_memory() -> None:
    measured = estimate(mean_of([float(n % 4 == 0) for n in range(9_000)]), resamples=1_000)
    low, high = wilson(2_250, 9_000)
    assert measured.low == pytest.approx(low, abs=0.002)
    assert measured.high == pytest.approx(high, abs=0.002)


@given(st.lists(st.floats(0, 1), min_size=2, max_size=30))
def test_an_interval_lies_within_the_values(values: list[float]) -> None:
    measured = estimate(mean_of(values), resamples=200)
    assert measured.low is not None
    assert measured.high is not None
    assert min(values) - 1e-9 <= measured.low <= measured.high <= max(values) + 1e-9


@given(st.integers(1, 50), st.integers(0, 50))
def test_the_interval_of_a_share_is_that_of_another_implementation(count: int, of: int) -> None:
    successes = min(of, count)
    theirs = stats.binomtest(successes, count).proportion_ci(method="wilson")
    assert wilson(successes, count) == pytest.approx((theirs.low, theirs.high))


def test_a_share_of_nothing_may_be_anything() -> None:
    assert wilson(0, 0) == (0.0, 1.0)
