"""Is it an answer? The outcome of a question, with a calibrated confidence.

The confidence is the probability that the first quote answers: a logistic regression (Platt 1999)
on what the reader says of its best sentence and on how far that one stands out, fitted by
``eval.fit`` on questions with and without an answer, of which the reader has seen none.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from math import exp
from typing import Self

import msgspec
import numpy as np
import numpy.typing as npt

from index.protocols import Scores, Vector
from qa.answer import Status
from qa.features import SCALARS
from qa.read import Evidence

SIGNS = (
    "score",  # of the best sentence
    "margin",  # over the next sentence of another passage
    "share",  # of the best sentence in the sum of all, as a softmax gives it
    "passage_cosine",
    "passage_centred",
    "sentence_cosine",
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
        scores = np.array([one.score for one in evidence])
        passages = np.array([one.record.passage_id for one in evidence])
        given = signs(evidence[0].scalars, scores, passages)
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


def signs(scalars: Vector, scores: Scores, passages: npt.NDArray[np.integer]) -> dict[str, float]:
    """Return what the confidence is computed from.

    ``scalars`` are the best sentence's; ``scores`` and ``passages`` (the passage that each stands
    in, by any number) are all sentences', shape ``(count,)``.
    """
    best = int(np.argmax(scores))
    others = scores[passages != passages[best]]
    given = dict(zip(SCALARS, map(float, scalars), strict=True))
    return {name: given[name] for name in SIGNS if name in given} | {
        "score": float(scores[best]),
        "margin": float(scores[best] - others.max()) if len(others) else 0.0,
        "share": float(1 / np.exp(scores - scores[best]).sum()),
    }
