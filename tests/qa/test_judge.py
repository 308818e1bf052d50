"""The lines between the three outcomes."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from msgspec import structs

from index.article import Span
from qa.answer import Status
from qa.evidence import Evidence, at_first_sight
from qa.judge import FIRST_SIGHT, SUREST, Calibration, Judge
from qa.regression import ByLanguage, Regression

Sentences = Any  # tests/qa/conftest.py


@pytest.fixture
def evidence(sentences: Sentences) -> Callable[..., Evidence]:
    text = "Denmark sends ships."
    record = sentences.passage(text, (Span(0, len(text)),), 1)

    def made(score: float, **scalars: float) -> Evidence:
        return at_first_sight([sentences.scored(record, 0, score, **scalars)])[0]

    return made


@pytest.fixture
def judge(calibration: Calibration) -> Judge:
    return Judge(calibration=calibration, answered_at=0.5, weak_at=0.25)


@pytest.mark.parametrize(
    ("confidence", "status"),
    [
        (1.0, Status.ANSWERED),
        (0.5, Status.ANSWERED),
        (0.4999, Status.WEAK),
        (0.25, Status.WEAK),
        (0.2499, Status.NO_ANSWER),
        (0.0, Status.NO_ANSWER),
    ],
)
def test_the_lines_part_the_three_outcomes(judge: Judge, confidence: float, status: Status) -> None:
    assert judge.status(confidence) is status


def test_nothing_read_is_no_answer(judge: Judge) -> None:
    judgement = judge.judge([])
    assert (judgement.status, judgement.confidence) == (Status.NO_ANSWER, 0.0)


def test_what_is_no_answer_rests_on_nothing(
    judge: Judge, evidence: Callable[..., Evidence]
) -> None:
    judgement = judge.judge([evidence(2.0)])
    assert (judgement.status, judgement.evidence) == (Status.NO_ANSWER, ())


def test_a_weak_answer_is_still_quoted(judge: Judge, evidence: Callable[..., Evidence]) -> None:
    judgement = judge.judge([evidence(2.0, sentence_words=0.3)])
    assert judgement.status is Status.WEAK
    assert len(judgement.evidence) == 1


def test_sentences_far_below_the_best_are_left_out(
    judge: Judge, evidence: Callable[..., Evidence]
) -> None:
    best, near, far = evidence(1.0, sentence_words=1.0), evidence(-0.5), evidence(-0.6)
    assert judge.judge([best, near, far]).evidence == (best, near)


def test_what_is_likely_in_itself_is_kept_however_far_below(
    judge: Judge, evidence: Callable[..., Evidence]
) -> None:
    best, likely, other = evidence(5.0, sentence_words=1.0), evidence(0.0), evidence(-0.1)
    assert judge.judge([best, likely, other]).evidence == (best, likely)


def test_of_a_sure_answer_fewer_further_points_are_shown(
    judge: Judge, evidence: Callable[..., Evidence]
) -> None:
    calibration = structs.replace(judge.calibration, point_within=2.5, sure_within=1.5)
    judge = replace(judge, calibration=calibration)
    assert judge.judge([evidence(2.0, sentence_words=1.0)]).within == 1.5
    assert judge.judge([evidence(2.0, sentence_words=0.3)]).within == 2.5


def test_where_a_refusal_was_found_only_refusals_go_with_it(
    judge: Judge, evidence: Callable[..., Evidence]
) -> None:
    def that(score: float, refusal: float) -> Evidence:
        one = evidence(score, sentence_words=1.0)
        return replace(one, signs={**one.signs, "refusal": refusal, "asked_countries": 0.0})

    best, agrees, refuses, far = that(5.0, 1.0), that(4.0, -1.0), that(1.0, 1.0), that(-1.1, 1.0)
    assert judge.judge([best, agrees, refuses, far]).evidence == (best, refuses)
    asked_otherwise = that(5.0, 0.0)
    assert judge.judge([asked_otherwise, agrees]).evidence == (asked_otherwise, agrees)


def test_the_confidence_sees_how_near_the_sentences_are_as_a_whole(sentences: Sentences) -> None:
    record = sentences.passage("One. Two. Three.", sentences.of([4, 4, 6]), 1)
    first, *_ = at_first_sight(
        [
            sentences.scored(record, number, 3.0, sentence_cosine=cosine)
            for number, cosine in enumerate((0.9, 0.7, 0.8))
        ]
    )
    assert first.signs["median_cosine"] == pytest.approx(0.8)
    assert first.signs["first_sight"] == 3.0
    assert set(first.signs) >= set(FIRST_SIGHT)


@pytest.mark.parametrize("score", [-1e6, 1e6])
def test_a_confidence_is_a_probability_however_extreme_the_score(
    score: float, evidence: Callable[..., Evidence]
) -> None:
    every = Regression(weights=dict.fromkeys(FIRST_SIGHT, 1.0), bias=0.0)
    calibration = Calibration(
        answers=ByLanguage(same=every, across=every), point_within=1.0, sure_within=1.0
    )
    assert 0.0 <= calibration.confidence(evidence(score).signs) <= SUREST < 1.0


def test_each_side_of_the_language_line_has_weights_of_its_own(
    evidence: Callable[..., Evidence],
) -> None:
    sure, unsure = (Regression(weights={}, bias=bias) for bias in (3.0, -3.0))
    calibration = Calibration(
        answers=ByLanguage(same=sure, across=unsure), point_within=1.0, sure_within=1.0
    )
    assert calibration.confidence(evidence(0.0, same_language=1.0).signs) > 0.9
    assert calibration.confidence(evidence(0.0, same_language=0.0).signs) < 0.1
