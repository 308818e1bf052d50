"""Is it an answer? The outcome of a question, with a calibrated confidence.

The confidence is the probability that the first quote answers: a logistic regression (Platt 1999)
on what the reader says of its best sentence and on how far that one stands out, fitted by
``eval.fit`` on questions with and without an answer. The weights shipped now are provisional:
set by hand, not fitted, so that the confidence is not calibrated yet.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from math import exp
from typing import Self

import msgspec

from index.protocols import Vector
from qa.answer import Status
from qa.features import SCALARS
from qa.read import Evidence

SIGNS = (
    "score",  # of the best sentence
    "margin",  # over the next sentence of another passage
    "passage_centred",
    "sentence_centred",
    "sentence_words",
    "passage_words",
    "new_words",
    "same_language",
)


class Calibration(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The weights of the regression, and the line of a further point."""

    weights: dict[str, float]
    bias: float
    point_within: float  # logits that a further point may be below the first

    @classmethod
    def load(cls) -> Self:
        """Load the weights that were shipped."""
        return msgspec.json.decode(files("qa").joinpath("judge.json").read_bytes(), type=cls)

    def confidence(self, signs: Mapping[str, float]) -> float:
        """Return the probability that the first quote answers, in [0, 1]."""
        logit = self.bias + sum(self.weights[name] * signs[name] for name in SIGNS)
        return 1 / (1 + exp(-max(-30.0, min(30.0, logit))))


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """The outcome, how sure it is, and the sentences it rests on, the strongest first."""

    status: Status
    confidence: float
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Judge:
    """Draws the lines between ``answered``, ``weak`` and ``no_answer``."""

    calibration: Calibration
    answered_at: float
    weak_at: float

    @classmethod
    def shipped(cls, *, answered_at: float, weak_at: float) -> Self:
        """Return the judge that comes with the project, with these lines."""
        return cls(calibration=Calibration.load(), answered_at=answered_at, weak_at=weak_at)

    def judge(self, evidence: Sequence[Evidence]) -> Judgement:
        """Return the outcome for sentences that are given the strongest first."""
        if not evidence:
            return Judgement(status=Status.NO_ANSWER, confidence=0.0, evidence=())
        best = evidence[0]
        given = signs(best.scalars, score=best.score, margin=margin(evidence))
        confidence = round(self.calibration.confidence(given), 4)
        status = self.status(confidence)
        kept = () if status is Status.NO_ANSWER else self.near_the_best(evidence)
        return Judgement(status=status, confidence=confidence, evidence=kept)

    def status(self, confidence: float) -> Status:
        """Return on which side of the two lines a confidence is."""
        if confidence >= self.answered_at:
            return Status.ANSWERED
        return Status.WEAK if confidence >= self.weak_at else Status.NO_ANSWER

    def near_the_best(self, evidence: Sequence[Evidence]) -> tuple[Evidence, ...]:
        """Return the sentences that answer nearly as well as the first."""
        line = evidence[0].score - self.calibration.point_within
        return tuple(one for one in evidence if one.score >= line)


def signs(scalars: Vector, *, score: float, margin: float) -> dict[str, float]:
    """Return what the confidence is computed from, for the best sentence."""
    given = dict(zip(SCALARS, map(float, scalars), strict=True))
    return {"score": score, "margin": margin} | {n: given[n] for n in SIGNS if n in given}


def margin(evidence: Sequence[Evidence]) -> float:
    """Return the best score less that of the next sentence of another passage; 0 without one."""
    best = evidence[0]
    others = (e for e in evidence if e.record.passage_id != best.record.passage_id)
    second = next(others, best)
    return best.score - second.score
