"""Is it an answer? The outcome of a question, with a calibrated confidence.

The confidence is the probability that the first quote answers: a logistic regression (Platt 1999)
on what is known of the best sentence, at first sight (fitted by ``eval.fit``) or once the trained
reader has read it (by ``eval.weigh``), on questions with and without an answer, of which neither
has seen any.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from math import exp
from typing import Self

import msgspec

from qa.answer import Status
from qa.evidence import Evidence
from qa.regression import ByLanguage

# How far the best sentence stands out is left out. It tells whether the first quote is right (eight
# public dev sets, mean AUROC 0.896 with it, 0.877 without), but not whether anything answers (0.910
# and 0.914), and it misleads where several answer: "which countries refuse?".
FIRST_SIGHT = (
    "first_sight",  # score of the best sentence
    "median_cosine",  # of all sentences
    "passage_cosine",
    "passage_centred",
    "sentence_cosine",
    "sentence_centred",
    "sentence_words",
    "passage_words",
    "new_words",
)
REREAD = (  # with the trained reader
    *FIRST_SIGHT,
    "answers",
    "answers_below",
    "relevant",
    "span",
    "left_out",
    "absent",
    "refusal",
    "agreement",  # of another article: see ``qa.agreement``
)


REFUSALS_WITHIN = 6.0  # logits that a further sentence that says no may be below the first
LIKELY = 0.0  # score of a sentence that is more likely than not to answer
# More cannot be told from the thousands of questions that fit the confidence, and nothing that is
# read by a model is certain.
SUREST = 0.99


class Calibration(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How sure to be of the first sentence, and the line of a further point."""

    answers: ByLanguage
    point_within: float  # logits that a further point may be below the first
    sure_within: float  # the same where the first is an answer: less is left to find

    def confidence(self, signs: Mapping[str, float]) -> float:
        """Return the probability that the first quote answers, in [0, ``SUREST``]."""
        logit = max(-30.0, min(30.0, self.answers.logit(signs)))
        return min(SUREST, 1 / (1 + exp(-logit)))


class Calibrations(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The shipped ones: without and with the trained reader."""

    first_sight: Calibration
    reread: Calibration

    @classmethod
    def load(cls) -> Self:
        """Load the weights that were shipped."""
        return msgspec.json.decode(files("qa").joinpath("judge.json").read_bytes(), type=cls)


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """The outcome, how sure it is, and the sentences it rests on, the strongest first."""

    status: Status
    confidence: float
    evidence: tuple[Evidence, ...]
    within: float = 0.0  # logits that a point may be below the first


@dataclass(frozen=True, slots=True, kw_only=True)
class Judge:
    """Draws the lines between ``answered``, ``weak`` and ``no_answer``."""

    calibration: Calibration
    answered_at: float
    weak_at: float

    def judge(self, evidence: Sequence[Evidence]) -> Judgement:
        """Return the outcome for sentences that are given the strongest first."""
        if not evidence:
            return Judgement(status=Status.NO_ANSWER, confidence=0.0, evidence=())
        confidence = round(self.calibration.confidence(evidence[0].signs), 4)
        status = self.status(confidence)
        kept = () if status is Status.NO_ANSWER else self.near_the_best(evidence)
        sure = status is Status.ANSWERED
        within = self.calibration.sure_within if sure else self.calibration.point_within
        return Judgement(status=status, confidence=confidence, evidence=kept, within=within)

    def status(self, confidence: float) -> Status:
        """Return on which side of the two lines a confidence is."""
        if confidence >= self.answered_at:
            return Status.ANSWERED
        return Status.WEAK if confidence >= self.weak_at else Status.NO_ANSWER

    def near_the_best(self, evidence: Sequence[Evidence]) -> tuple[Evidence, ...]:
        """Return the sentences that answer nearly as well as the first, or likely in themselves.

        They are what points rest on; ``within`` says which of those are shown. Where a refusal was
        asked for and found, all that say no and are not far below it, and none that agree; where
        countries were, none that names no country for it.
        """
        first = evidence[0]
        line = min(first.score - self.calibration.point_within, LIKELY)
        if first.signs.get("refusal", 0) > 0:
            named = first.short is not None and first.signs["asked_countries"] > 0
            evidence = [
                one
                for one in evidence
                if one.signs["refusal"] > 0 and (one.short is not None or not named)
            ]
            line = min(line, first.score - REFUSALS_WITHIN)
        return tuple(one for one in evidence if one.score >= line)
