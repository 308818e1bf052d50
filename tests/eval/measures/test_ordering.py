"""Areas under curves agree with scikit-learn, and with counting by hand."""

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import roc_auc_score

from eval.measures.interval import Sample, estimate
from eval.measures.ordering import auroc, risk_area

Scored = list[tuple[float, bool]]
CONFIDENCES = st.sampled_from([0.1, 0.4, 0.4001, 0.9])  # few, so that many are equal


def value(sample: Sample, weights: list[int] | None = None) -> float:
    drawn = np.ones(sample.count) if weights is None else np.array(weights, np.float64)
    return float(sample.statistic(drawn[None])[0])


@given(st.lists(st.tuples(CONFIDENCES, st.booleans(), st.integers(0, 3)), min_size=1, max_size=30))
def test_auroc_is_that_of_scikit_learn_with_ties_and_repetitions(
    scored: list[tuple[float, bool, int]],
) -> None:
    scores, positive = np.array([s for s, _, _ in scored]), np.array([p for _, p, _ in scored])
    weights = [weight for _, _, weight in scored]
    ours = value(auroc(scores, positive), weights)
    if len({p for _, p, weight in scored if weight}) < 2:
        assert np.isnan(ours)
    else:
        assert ours == pytest.approx(roc_auc_score(positive, scores, sample_weight=weights))


@given(st.lists(st.tuples(st.sampled_from([0.2, 0.7]), st.booleans()), min_size=1, max_size=6))
def test_the_area_is_the_mean_over_all_orders_of_equal_confidence(scored: Scored) -> None:
    def walked(order: tuple[tuple[float, bool], ...]) -> float:
        wrong = np.array([w for _, w in order], np.float64)
        return float(np.mean(np.cumsum(wrong) / np.arange(1, len(wrong) + 1)))

    falling = sorted((confidence for confidence, _ in scored), reverse=True)
    orders = [order for order in permutations(scored) if [c for c, _ in order] == falling]
    scores, wrong = np.array([c for c, _ in scored]), np.array([w for _, w in scored])
    assert value(risk_area(scores, wrong)) == pytest.approx(np.mean([walked(o) for o in orders]))


def test_a_hand_worked_area() -> None:
    # Right, wrong, right, wrong by falling confidence: risks 0, 1/2, 1/3, 1/2.
    area = risk_area(np.array([0.2, 0.9, 0.5, 0.7]), np.array([True, False, False, True]))
    assert value(area) == pytest.approx((0 + 1 / 2 + 1 / 3 + 1 / 2) / 4)


def test_draws_give_the_area_of_the_questions_drawn() -> None:
    scores, wrong = np.array([0.9, 0.7, 0.5]), np.array([False, True, False])
    rows = [1, 2, 2]
    drawn = value(risk_area(scores, wrong), [0, 1, 2])
    assert drawn == pytest.approx(value(risk_area(scores[rows], wrong[rows])))


def test_the_interval_of_an_area_lies_around_it() -> None:
    chance = np.random.default_rng(2)
    scores = chance.random(200)
    right = chance.random(200) < scores
    for sample in (auroc(scores, right), risk_area(scores, ~right)):
        measured = estimate(sample)
        assert measured.low is not None
        assert measured.high is not None
        assert measured.value is not None
        assert 0 < measured.low < measured.value < measured.high < 1
