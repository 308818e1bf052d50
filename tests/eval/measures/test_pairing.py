"""The paired randomisation test agrees with SciPy's."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from eval.measures.interval import Floats
from eval.measures.pairing import Paired, randomisation_test


def theirs(before: list[float], after: list[float], resamples: float) -> float:
    def difference(one: Floats, other: Floats, axis: int) -> Floats:
        return np.mean(other, axis=axis) - np.mean(one, axis=axis)

    result = stats.permutation_test(
        (before, after), difference, permutation_type="samples", n_resamples=resamples, rng=3
    )
    return float(result.pvalue)


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=2, max_size=8))
def test_with_few_questions_every_exchange_is_tried(pairs: list[tuple[int, int]]) -> None:
    before, after = [a / 4 for a, _ in pairs], [b / 4 for _, b in pairs]
    ours = randomisation_test(before, after)
    assert ours.p == pytest.approx(theirs(before, after, np.inf))
    assert ours.difference == pytest.approx(np.mean(after) - np.mean(before))


def test_with_many_questions_exchanges_are_drawn() -> None:
    chance = np.random.default_rng(4)
    before = (chance.random(200) < 0.5).astype(float)
    after = np.where(chance.random(200) < 0.1, 1 - before, before)
    after = np.where(chance.random(200) < 0.05, 1.0, after)
    ours = randomisation_test(before.tolist(), after.tolist())
    expected = theirs(before.tolist(), after.tolist(), 20_000)
    assert 0.01 < expected < 0.9
    assert ours.p == pytest.approx(expected, abs=0.02)


def test_a_hand_worked_example() -> None:
    # Three questions turned right: of the 8 exchanges, only none and all differ by as much.
    paired = randomisation_test([0, 0, 0, 1], [1, 1, 1, 1])
    assert paired == Paired(difference=0.75, p=2 / 8, count=4)


def test_equal_runs_do_not_differ() -> None:
    same = [0.0, 1.0, 0.5]
    assert randomisation_test(same, same) == Paired(difference=0.0, p=1.0, count=3)


def test_before_and_after_exchanged_turn_the_sign_and_keep_the_p() -> None:
    chance = np.random.default_rng(5)
    before, after = chance.random(60).tolist(), chance.random(60).tolist()
    one, other = randomisation_test(before, after), randomisation_test(after, before)
    assert one.difference is not None
    assert other.difference == pytest.approx(-one.difference)
    assert one.p == other.p


def test_a_question_without_both_values_is_left_out() -> None:
    assert randomisation_test([None, 0.0, 1.0], [1.0, 1.0, None]).count == 1
    assert randomisation_test([None], [1.0]) == Paired(difference=None, p=None, count=0)


def test_runs_of_different_questions_are_refused() -> None:
    with pytest.raises(ValueError, match="shorter"):
        randomisation_test([1.0, 0.0], [1.0])
