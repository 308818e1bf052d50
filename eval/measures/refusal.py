"""Whether the right questions are refused, and what it would cost to refuse more or fewer.

Refused is what comes back as ``no_answer``; a ``weak`` answer is an answer. The positives of
precision and recall are the questions without an answer, as in Rajpurkar, Jia & Liang 2018 (arXiv
1806.03822). Precision depends on how many of those a set has; AUROC and the two shares do not.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from eval.measures.answers import first_right
from eval.measures.interval import Floats, Sample
from eval.measures.ordering import Flags, auroc, divided, grouped, risk_area
from eval.record import Record
from qa.answer import Status

NAMES = ("refusal_recall", "refused_answerable")


def refused(record: Record) -> bool:
    """Whether the question was told that nothing here answers it."""
    return record.answer.status is Status.NO_ANSWER


def refusal(record: Record) -> dict[str, float | None]:
    """Return 1 or 0 for one question; the mean of each is a share.

    ``refusal_recall``: the share of the questions without an answer that were refused.
    ``refused_answerable``: the share of the others that were.
    """
    was_refused = float(refused(record))
    answerable = record.question.answerable
    return {
        "refusal_recall": None if answerable else was_refused,
        "refused_answerable": was_refused if answerable else None,
    }


def refusal_precision(records: Sequence[Record]) -> Sample:
    """Return the share of the refused questions that have no answer.

    Not defined where none was refused, or where all questions have an answer.
    """
    was_refused, unanswerable = _flags(records)
    rightly = was_refused & unanswerable

    def statistic(weights: Floats) -> Floats:
        among = np.where(weights @ unanswerable > 0, weights @ was_refused, 0)
        return divided(weights @ rightly, among)

    return Sample(len(records), statistic, rests_on=int(was_refused.sum()))


def refusal_f1(records: Sequence[Record]) -> Sample:
    """Return the harmonic mean of precision and recall: twice the hits over both totals.

    Not defined where all questions have an answer.
    """
    was_refused, unanswerable = _flags(records)
    rightly = was_refused & unanswerable

    def statistic(weights: Floats) -> Floats:
        lacking = weights @ unanswerable
        both = np.where(lacking > 0, weights @ was_refused + lacking, 0)
        return divided(2 * (weights @ rightly), both)

    return Sample(len(records), statistic, rests_on=int((was_refused | unanswerable).sum()))


def auroc_answerable(records: Sequence[Record]) -> Sample:
    """Return how well the confidence tells questions with an answer from those without."""
    return auroc(_confidence(records), ~_flags(records)[1])


def auroc_right(records: Sequence[Record]) -> Sample:
    """Return how well the confidence tells right first quotes from wrong ones.

    Of the answers that were given: what a refused question would have been told is not known.
    """
    confidence, right = given(records)
    return auroc(confidence, right)


def given(records: Sequence[Record]) -> tuple[Floats, Flags]:
    """Return the confidence of the answers that were given, and whether the first quote is right.

    Questions that were refused have no first quote; a run with ``weak_at`` 0 refuses none.
    """
    pairs = [(r.answer.confidence, first_right(r)) for r in records if r.answer.points]
    told = [(confidence, right) for confidence, right in pairs if right is not None]
    return np.array([c for c, _ in told], np.float64), np.array([r for _, r in told], np.bool_)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What is left of the questions if those of less confidence are not answered."""

    confidence: float  # of the least confident that is
    coverage: float  # share of the questions that are answered
    risk: float  # share of these whose first quote does not answer


def risk_coverage(records: Sequence[Record]) -> tuple[Kept, ...]:
    """Return the risk–coverage curve, the most confident first, a point for each confidence.

    El-Yaniv & Wiener, JMLR 2010. A question that was refused, or has no answer, counts as wrong
    where it is covered: past the line of the judge the curve is what the run withheld. Empty where
    the gold tells of no question whether the first quote answers.
    """
    confidence, wrong = _risks(records)
    if not len(confidence):
        return ()
    order, starts = grouped(-confidence)
    ends = np.append(starts[1:], len(order))
    lost = np.cumsum(wrong[order])
    return tuple(
        Kept(
            confidence=float(confidence[order[end - 1]]),
            coverage=end / len(order),
            risk=float(lost[end - 1] / end),
        )
        for end in ends.tolist()
    )


def aurc(records: Sequence[Record]) -> Sample:
    """Return the area under the risk–coverage curve, of the same questions: lower is better."""
    confidence, wrong = _risks(records)
    return risk_area(confidence, wrong)


def _risks(records: Sequence[Record]) -> tuple[Floats, Flags]:
    told = [(r.answer.confidence, first_right(r)) for r in records]
    known = [(confidence, not right) for confidence, right in told if right is not None]
    return np.array([c for c, _ in known], np.float64), np.array([w for _, w in known], np.bool_)


def _confidence(records: Sequence[Record]) -> Floats:
    return np.array([record.answer.confidence for record in records], np.float64)


def _flags(records: Sequence[Record]) -> tuple[Flags, Flags]:
    """Return which questions were refused, and which have no answer."""
    return (
        np.array([refused(record) for record in records], np.bool_),
        np.array([not record.question.answerable for record in records], np.bool_),
    )
