"""The lines between the three outcomes."""

import numpy as np
import pytest

from index.article import Article, Passage, Span
from index.protocols import PassageRecord
from qa.answer import Status
from qa.evidence import Evidence, at_first_sight
from qa.features import SCALARS, SENTENCE_COSINE
from qa.judge import FIRST_SIGHT, Calibration, Judge
from qa.read import Scored


def scored(
    score: float, *, passage_id: int = 1, sentence_words: float = 0.0, cosine: float = 0.0
) -> Scored:
    article = Article(id="a", text="Denmark sends ships.", language="en")
    span = Span(0, len(article.text))
    vector = np.ones(1, np.float32)
    scalars = np.zeros(len(SCALARS), np.float32)
    scalars[SCALARS.index("sentence_words")] = sentence_words
    scalars[SENTENCE_COSINE] = cosine
    record = PassageRecord(
        passage_id=passage_id,
        article=article,
        sha256=article.sha256,
        group="a",
        passage=Passage(sentences=(span,)),
        vector=vector,
        sentence_vectors=vector[None],
    )
    return Scored(
        record=record,
        sentence=span,
        vector=vector,
        text=article.text,
        scalars=scalars,
        score=score,
    )


def evidence(score: float, *, sentence_words: float = 0.0) -> Evidence:
    return at_first_sight([scored(score, sentence_words=sentence_words)])[0]


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


def test_what_is_no_answer_rests_on_nothing(judge: Judge) -> None:
    judgement = judge.judge([evidence(2.0)])
    assert (judgement.status, judgement.evidence) == (Status.NO_ANSWER, ())


def test_a_weak_answer_is_still_quoted(judge: Judge) -> None:
    judgement = judge.judge([evidence(2.0, sentence_words=0.3)])
    assert judgement.status is Status.WEAK
    assert len(judgement.evidence) == 1


def test_sentences_far_below_the_best_are_left_out(judge: Judge) -> None:
    best, near, far = evidence(3.0, sentence_words=1.0), evidence(1.5), evidence(1.4)
    assert judge.judge([best, near, far]).evidence == (best, near)


def test_the_confidence_sees_how_near_the_sentences_are_as_a_whole() -> None:
    first, *_ = at_first_sight([scored(3.0, cosine=cosine) for cosine in (0.9, 0.7, 0.8)])
    assert first.signs["median_cosine"] == pytest.approx(0.8)
    assert first.signs["first_sight"] == 3.0
    assert set(first.signs) >= set(FIRST_SIGHT)


@pytest.mark.parametrize("score", [-1e6, 1e6])
def test_a_confidence_is_a_probability_however_extreme_the_score(score: float) -> None:
    calibration = Calibration(weights=dict.fromkeys(FIRST_SIGHT, 1.0), bias=0.0, point_within=1.0)
    assert 0.0 <= calibration.confidence(evidence(score).signs) <= 1.0
