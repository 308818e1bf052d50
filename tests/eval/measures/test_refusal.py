"""The right questions are refused, and the curve says what it costs."""

from typing import Any

import pytest

from eval.measures.interval import estimate, mean_of
from eval.measures.refusal import (
    aurc,
    auroc_answerable,
    auroc_right,
    given,
    refusal,
    refusal_f1,
    refusal_precision,
    risk_coverage,
)
from eval.record import Record
from qa.answer import Status


@pytest.fixture
def records(make: Any) -> list[Record]:
    """Five questions with an answer, one of them refused; three without, two of them refused."""
    gold = [make.facet("x", ("a", 0, 9))]
    right, wrong = [make.shown([("a", 0, 9)])], [make.shown([("b", 0, 9)])]
    return [
        make.record(facets=gold, points=right, confidence=0.9),
        make.record(facets=gold, points=right, confidence=0.7),
        make.record(facets=gold, points=wrong, confidence=0.6),
        make.record(facets=gold, points=right, confidence=0.3, status=Status.WEAK),
        make.record(facets=gold, confidence=0.2),
        make.record(points=wrong, confidence=0.8),
        make.record(confidence=0.1),
        make.record(confidence=0.1),
    ]


def test_refusals_are_counted_by_whether_there_is_an_answer(records: list[Record]) -> None:
    values = [refusal(record) for record in records]
    recall = estimate(mean_of([value["refusal_recall"] for value in values]))
    wrongly = estimate(mean_of([value["refused_answerable"] for value in values]))
    assert (recall.value, recall.count) == (pytest.approx(2 / 3), 3)
    assert (wrongly.value, wrongly.count) == (pytest.approx(1 / 5), 5)


def test_precision_and_f1_of_refusing(records: list[Record]) -> None:
    precision, f1 = estimate(refusal_precision(records)), estimate(refusal_f1(records))
    assert (precision.value, precision.count) == (pytest.approx(2 / 3), 3)
    assert (f1.value, f1.count) == (pytest.approx(2 * 2 / (3 + 3)), 4)


def test_where_nothing_could_be_refused_or_was_there_is_no_precision(
    records: list[Record],
) -> None:
    answerable, none_refused = records[:5], [records[0], records[5]]
    assert estimate(refusal_precision(answerable)).value is None
    assert estimate(refusal_f1(answerable)).value is None
    assert estimate(refusal_precision(none_refused)).value is None
    assert estimate(refusal_f1(none_refused)).value == 0


def test_the_confidence_tells_questions_with_an_answer_from_the_others(
    records: list[Record],
) -> None:
    # Fifteen pairs; the question without an answer at 0.8 is above four of the five others.
    assert estimate(auroc_answerable(records)).value == pytest.approx((15 - 4) / 15)


def test_the_confidence_tells_right_first_quotes_of_the_answers_given(
    records: list[Record],
) -> None:
    # Right at 0.9, 0.7 and 0.3, wrong at 0.8 and 0.6: three of six pairs are in order.
    confidence, right = given(records)
    assert sorted(confidence[right]) == [0.3, 0.7, 0.9]
    assert sorted(confidence[~right]) == [0.6, 0.8]
    assert estimate(auroc_right(records)).value == pytest.approx(3 / 6)


def test_what_is_judged_by_grades_alone_has_no_right_or_wrong_quote(make: Any) -> None:
    graded = make.record(relevant={"a": 1}, points=[make.shown([("a", 0, 9)])])
    assert len(given([graded])[0]) == 0
    assert risk_coverage([graded]) == ()
    assert estimate(aurc([graded])).value is None
    assert estimate(auroc_right([graded])).value is None


def test_the_curve_has_a_point_for_each_confidence(records: list[Record]) -> None:
    curve = risk_coverage(records)
    assert [kept.confidence for kept in curve] == [0.9, 0.8, 0.7, 0.6, 0.3, 0.2, 0.1]
    assert [kept.coverage for kept in curve] == [n / 8 for n in (1, 2, 3, 4, 5, 6, 8)]
    risks = [0, 1 / 2, 1 / 3, 2 / 4, 2 / 5, 3 / 6, 5 / 8]
    assert [kept.risk for kept in curve] == pytest.approx(risks)


def test_the_area_is_the_mean_risk_of_the_curve(records: list[Record]) -> None:
    risks = [0, 1 / 2, 1 / 3, 2 / 4, 2 / 5, 3 / 6, 4 / 7, 5 / 8]
    assert estimate(aurc(records)).value == pytest.approx(sum(risks) / 8)
