"""What the answer and the judge rest on: sentences, with all that is known of each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from index.article import Span
from index.protocols import PassageRecord, Vector
from qa.features import SCALARS, SENTENCE_COSINE
from qa.read import Scored


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A sentence, how strongly it answers, and what the judge goes by."""

    record: PassageRecord
    sentence: Span
    vector: Vector
    text: str
    short: Span | None  # the answering words, in characters of the article
    score: float  # a logit: above 0 is more likely than not
    signs: Mapping[str, float]

    @property
    def place(self) -> tuple[str, Span]:
        """Where the sentence stands: the id of its article, and the slice."""
        return self.record.article.id, self.sentence


def at_first_sight(scored: Sequence[Scored]) -> list[Evidence]:
    """Return every sentence as evidence, without reading any again."""
    shared = of_all(scored)
    return [
        evidence(one, score=one.score, signs={**signs(one), **shared}, short=None) for one in scored
    ]


def evidence(
    one: Scored, *, score: float, signs: Mapping[str, float], short: Span | None
) -> Evidence:
    """Return a scored sentence as evidence; the score is rounded, as in ``qa.read``."""
    return Evidence(
        record=one.record,
        sentence=one.sentence,
        vector=one.vector,
        text=one.text,
        short=short,
        score=round(score, 6),
        signs=signs,
    )


def signs(one: Scored) -> dict[str, float]:
    """Return what is known of a sentence at first sight."""
    scalars = dict(zip(SCALARS, map(float, one.scalars), strict=True))
    return {**scalars, "first_sight": one.score}


def of_all(scored: Sequence[Scored]) -> dict[str, float]:
    """Return what is known of all sentences together."""
    cosines = [float(one.scalars[SENTENCE_COSINE]) for one in scored]
    return {"median_cosine": float(np.median(cosines))} if cosines else {}
