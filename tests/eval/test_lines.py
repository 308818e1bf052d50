"""The lines between the outcomes keep to the risks that they are drawn for."""

import pytest

from eval.lines import Judged, Lines, lines_for, risks


def judged(confidence: float, *, right: bool = True, answerable: bool = True) -> Judged:
    return Judged(confidence=confidence, right=right, answerable=answerable)


# Ten with an answer, at 0.05 to 0.95, of which the two least sure are wrong; ten without, below.
MANY = [judged(0.05 + n / 10, right=n > 1) for n in range(10)] + [
    judged(0.02 * n, right=False, answerable=False) for n in range(10)
]


def test_as_many_are_answered_as_the_risk_allows() -> None:
    assert lines_for(MANY, wrong=0.0, refused=0.0).answered_at == pytest.approx(0.25)
    assert lines_for(MANY, wrong=0.2, refused=0.0).answered_at == pytest.approx(0.16)


def test_as_many_are_refused_as_the_risk_allows() -> None:
    assert lines_for(MANY, wrong=0.2, refused=0.0).weak_at == pytest.approx(0.05)
    assert lines_for(MANY, wrong=0.2, refused=0.1).weak_at == pytest.approx(0.05)
    assert lines_for(MANY, wrong=0.2, refused=0.12).weak_at == pytest.approx(0.15)


def test_what_is_answered_is_never_below_the_line_of_what_is_refused() -> None:
    lines = lines_for(MANY, wrong=0.9, refused=0.9)
    assert lines.weak_at == lines.answered_at


def test_where_even_the_surest_is_wrong_nothing_is_answered() -> None:
    assert lines_for([judged(0.9, right=False)]).answered_at == 1.0


def test_what_is_as_sure_is_shown_together() -> None:
    alike = [judged(0.99, right=n < 2) for n in range(8)]
    assert lines_for(alike).answered_at == 1.0
    assert lines_for([*alike, *[judged(0.8)] * 30]).answered_at == 0.8


def test_without_a_question_that_has_an_answer_there_is_no_line() -> None:
    with pytest.raises(ValueError, match="none of the questions has an answer"):
        lines_for([judged(0.5, right=False, answerable=False)])


def test_what_lines_do_is_told_in_words() -> None:
    told = risks(MANY, Lines(answered_at=0.5, weak_at=0.12))
    assert "0.50: 0.000" in told
    assert "0.12: 0.100" in told
    assert "0.600" in told
    assert "none of what is answered is wrong" in risks([], Lines(answered_at=0.5, weak_at=0.1))
