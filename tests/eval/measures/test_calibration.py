"""The calibration error, against counting by hand."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.measures.calibration import bins, calibration_error, ece, reliability
from eval.measures.interval import estimate

Judged = list[tuple[float, bool]]
JUDGED = st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=40)


def test_a_hand_worked_example() -> None:
    confidence = np.array([0.85, 0.82, 0.88, 0.81, 0.35, 0.31])
    right = np.array([True, True, True, False, False, False])
    # Four answers of mean 0.84, three right; two of mean 0.33, none right.
    assert calibration_error(confidence, right) == pytest.approx(4 / 6 * 0.09 + 2 / 6 * 0.33)


@given(JUDGED)
def test_the_error_is_the_weighted_mean_of_the_gaps_of_the_bins(judged: Judged) -> None:
    confidence, right = np.array([c for c, _ in judged]), np.array([r for _, r in judged])
    diagram = bins(confidence, right)
    gaps = [
        one.count / len(judged) * abs(one.confidence - one.right)
        for one in diagram
        if one.confidence is not None and one.right is not None
    ]
    assert calibration_error(confidence, right) == pytest.approx(sum(gaps))
    assert sum(one.count for one in diagram) == len(judged)


@given(JUDGED)
def test_the_mean_confidence_of_a_bin_lies_in_it(judged: Judged) -> None:
    for one in bins(np.array([c for c, _ in judged]), np.array([r for _, r in judged])):
        if one.confidence is not None:
            assert one.start - 1e-9 <= one.confidence <= one.end + 1e-9


def test_an_empty_bin_has_no_values() -> None:
    empty = bins(np.array([0.95]), np.array([True]))[0]
    assert (empty.count, empty.confidence, empty.right) == (0, None, None)


def test_only_answers_that_were_given_are_looked_at(make: Any) -> None:
    gold, points = [make.facet("x", ("a", 0, 9))], [make.shown([("a", 0, 9)])]
    records = [
        make.record(facets=gold, points=points, confidence=0.75),
        make.record(facets=gold, confidence=0.05),
        make.record(points=points, confidence=0.25),
    ]
    assert [one.count for one in reliability(records)] == [0, 0, 1, 0, 0, 0, 0, 1, 0, 0]
    assert estimate(ece(records)).value == pytest.approx(0.25)
    assert estimate(ece(records[1:2])).value is None
