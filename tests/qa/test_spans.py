"""The likeliest runs of tokens."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from qa.spans import LONGEST_SHORT, MOST_SHORT, best_spans

LOGITS = st.integers(1, 40).flatmap(
    lambda size: arrays(np.float32, (2, size), elements=st.floats(-50, 50, width=32))
)


def test_the_best_span_ends_after_it_begins() -> None:
    starts, ends = np.array([0.0, 5.0, 1.0]), np.array([9.0, 0.0, 2.0])
    assert best_spans(starts, ends)[0] == (9.0, (0, 0))
    assert best_spans(starts, ends[::-1])[0] == (14.0, (1, 2))


def test_a_short_answer_is_short() -> None:
    starts, ends = np.zeros(100), np.zeros(100)
    starts[0] = ends[99] = 5.0
    _, (first, last) = best_spans(starts, ends)[0]
    assert last - first < LONGEST_SHORT


def test_a_second_answer_shares_no_token_with_the_first() -> None:
    starts, ends = np.array([4.0, 3.0, 0.0, 2.0]), np.array([0.0, 4.0, 0.0, 1.0])
    assert best_spans(starts, ends)[:2] == [(8.0, (0, 1)), (3.0, (3, 3))]


@given(LOGITS)
def test_spans_come_apart_and_in_the_order_of_their_sums(logits: np.ndarray) -> None:
    starts, ends = logits
    found = best_spans(starts, ends)
    assert 1 <= len(found) <= MOST_SHORT
    assert [logit for logit, _ in found] == sorted((logit for logit, _ in found), reverse=True)
    tokens = [token for _, (first, last) in found for token in range(first, last + 1)]
    assert len(tokens) == len(set(tokens))
    for logit, (first, last) in found:
        assert logit == pytest.approx(starts[first] + ends[last], abs=1e-4)
