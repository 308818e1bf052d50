"""From candidate passages to sentences: each is scored for how well it seems to answer.

The scorer is small enough to cost a millisecond. Over what is known of a sentence (``qa.features``)
it adds what it learned from public question sets about *this* embedder: a bilinear match of
question and sentence, and of question and passage (low rank, as in Yih et al. 2011, CoNLL,
"Learning discriminative projections"), and which surface marks (a number, a date, a name) a
question asks for.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Self

import numpy as np

from index.article import Span
from index.protocols import PassageRecord, Scores, Snapshot, Vector
from qa.features import Features, Matrix, features
from qa.retrieve import Candidate, Question


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """A sentence and how strongly it seems to answer, at first sight."""

    record: PassageRecord
    sentence: Span
    vector: Vector
    text: str
    scalars: Vector  # what ``qa.features.SCALARS`` names
    score: float  # a logit: above 0 is more likely than not


@dataclass(frozen=True, slots=True, kw_only=True)
class Scorer:
    """The weights of the reader, as ``eval.fit`` learns them; names are the arrays of its file."""

    mean: Matrix  # (scalars,)
    deviation: Matrix  # (scalars,)
    question: Matrix  # (dimension, rank)
    sentence: Matrix  # (dimension, rank)
    passage: Matrix  # (dimension, rank)
    demand: Matrix  # (dimension, demands)
    supply: Matrix  # (demands, surface)
    hidden: Matrix  # (scalars + 3, units)
    hidden_bias: Matrix  # (units,)
    output: Matrix  # (units,)
    direct: Matrix  # (scalars + 3,)
    bias: Matrix  # ()

    @classmethod
    def load(cls) -> Self:
        """Load the weights that were shipped."""
        with files("qa").joinpath("scorer.npz").open("rb") as file, np.load(file) as arrays:
            return cls(**{name: arrays[name] for name in cls.__dataclass_fields__})

    def score(
        self,
        question: Vector,
        scalars: Matrix,
        surface: Matrix,
        sentences: Matrix,
        passages: Matrix,
    ) -> Scores:
        """Return a logit a sentence, shape ``(count,)``.

        ``sentences`` and ``passages`` are the vectors of each sentence and of the passage it stands
        in, shape ``(count, dimension)``.
        """
        if len(question) == len(self.question):
            asked = question @ self.question
            wanted = np.tanh(question @ self.demand) @ self.supply
            matches = np.column_stack(
                [
                    (sentences @ self.sentence) @ asked,
                    (passages @ self.passage) @ asked,
                    surface @ wanted,
                ]
            )
        else:  # of another embedder nothing was learnt
            matches = np.zeros((len(scalars), 3), np.float32)
        inputs = np.column_stack([(scalars - self.mean) / self.deviation, matches])
        units = np.maximum(inputs @ self.hidden + self.hidden_bias, 0)
        scores: Scores = (units @ self.output + inputs @ self.direct + self.bias).astype(np.float64)
        return scores


class Reader:
    """Finds the sentences that answer, with the weights that were shipped."""

    def __init__(self, scorer: Scorer) -> None:
        self._scorer = scorer

    @classmethod
    def shipped(cls) -> Self:
        """Return the reader that comes with the project."""
        return cls(Scorer.load())

    def read(
        self, question: Question, candidates: Sequence[Candidate], snapshot: Snapshot
    ) -> list[Scored]:
        """Return every sentence of the candidates, the strongest first; of equals the earlier."""
        if not candidates:
            return []
        given = features(question, candidates, snapshot)
        # Rounded, so that a last bit that differs between processors cannot change the order.
        scores = self._scorer.score(
            question.vector,
            given.scalars,
            given.surface,
            given.sentence_vectors,
            given.passage_vectors,
        ).round(6)
        order = sorted(range(len(scores)), key=lambda row: (-scores[row], row))
        return [scored(given, row, float(scores[row])) for row in order]


def scored(given: Features, row: int, score: float) -> Scored:
    """Return a sentence with its score."""
    sentence = given.sentences[row]
    return Scored(
        scalars=given.scalars[row],
        record=sentence.record,
        sentence=sentence.span,
        vector=sentence.vector,
        text=sentence.text,
        score=score,
    )
