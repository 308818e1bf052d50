"""What the reader knows of a sentence of a candidate passage, in numbers.

All of it comes from vectors and postings that are stored already: reading costs no model call.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log

import numpy as np
import numpy.typing as npt

from index.article import Span
from index.protocols import PassageRecord, Snapshot, Vector
from index.terms import analyze, analyze_question
from qa.retrieve import Candidate, Question
from qa.surface import surface

Matrix = npt.NDArray[np.float32]

SCALARS = (
    "passage_cosine",
    "passage_centred",
    "passage_fused",  # less the best candidate's
    "passage_lexical",  # share of the best candidate's
    "passage_rank",  # 1 / rank
    "sentence_cosine",
    "sentence_centred",
    "sentence_lead",  # its cosine, less the best of the passage's other sentences
    "sentence_rank",  # 1 / rank among all sentences read
    "previous_cosine",
    "next_cosine",
    "title_words",  # weight of the question's words that the title has
    "sentence_words",  # weight of the question's words that the sentence has
    "near_words",  # the same, with the sentences beside it
    "passage_words",
    "sentence_words_lead",  # less the best of the passage's other sentences
    "new_words",  # log of the words that the question does not have
    "place",  # 1 / number of the sentence in its passage
    "opening",  # it opens the article
    "same_language",
)
SENTENCE_COSINE = SCALARS.index("sentence_cosine")
SENTENCE_RANK = SCALARS.index("sentence_rank")

TELLING = 4  # letters of a word that means the same where it is spelt the same
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A sentence of a candidate passage."""

    candidate: Candidate
    index: int

    @property
    def record(self) -> PassageRecord:
        """The passage it stands in."""
        return self.candidate.record

    @property
    def span(self) -> Span:
        """Where it stands in the article."""
        return self.record.passage.sentences[self.index]

    @property
    def text(self) -> str:
        """Its characters."""
        return self.span.of(self.record.article.text)

    @property
    def vector(self) -> Vector:
        """Its unit vector."""
        vector: Vector = self.record.sentence_vectors[self.index]
        return vector


@dataclass(frozen=True, slots=True, kw_only=True)
class Features:
    """All that the reader is given, one row a sentence."""

    sentences: tuple[Sentence, ...]
    scalars: Matrix  # (count, len(SCALARS))
    surface: Matrix  # (count, qa.surface.COUNT)
    sentence_vectors: Matrix  # (count, dimension)
    passage_vectors: Matrix  # (count, dimension)


def features(question: Question, candidates: Sequence[Candidate], snapshot: Snapshot) -> Features:
    """Describe every sentence of the candidates, once each, in the order of the candidates.

    Raises ValueError without candidates.
    """
    languages = {candidate.record.article.language for candidate in candidates}
    weights = {name: term_weights(question, name, snapshot) for name in languages}
    tables = [
        table(question, candidate, rank, candidates, weights[candidate.record.article.language])
        for rank, candidate in enumerate(candidates, start=1)
    ]
    kept = distinct(candidates)
    rows = [tables[number][sentence.index] for number, sentence in kept]
    scalars = np.array(rows, dtype=np.float32)
    scalars[:, SENTENCE_RANK] = 1 / (1 + (-scalars[:, SENTENCE_COSINE]).argsort().argsort())
    sentences = tuple(sentence for _, sentence in kept)
    return Features(
        sentences=sentences,
        scalars=scalars,
        surface=np.stack([surface(sentence.text) for sentence in sentences]),
        sentence_vectors=np.stack([sentence.vector for sentence in sentences]),
        passage_vectors=np.stack([sentence.record.vector for sentence in sentences]),
    )


def table(
    question: Question,
    candidate: Candidate,
    rank: int,
    candidates: Sequence[Candidate],
    weights: Mapping[str, float],
) -> Matrix:
    """Return the scalars of all sentences of one candidate, one row each."""
    record = candidate.record
    article = record.article
    count = len(record.passage.sentences)
    most_words = max(other.lexical for other in candidates) or 1.0
    cosines = record.sentence_vectors @ question.vector
    terms = [analyze(span.of(article.text), article.language) for span in record.passage.sentences]
    shares = np.array([share(found, weights) for found in terms])
    centre = candidate.dense - candidate.centred
    columns: dict[str, object] = {
        "passage_cosine": candidate.dense,
        "passage_centred": candidate.centred,
        "passage_fused": candidate.score - candidates[0].score,
        "passage_lexical": candidate.lexical / most_words,
        "passage_rank": 1 / rank,
        "sentence_cosine": cosines,
        "sentence_centred": cosines - centre,
        "sentence_lead": cosines - best_other(cosines),
        "sentence_rank": 0.0,  # known when all sentences are
        "previous_cosine": np.concatenate([[candidate.dense], cosines[:-1]]),
        "next_cosine": np.concatenate([cosines[1:], [candidate.dense]]),
        "title_words": share(analyze(article.title or "", article.language), weights),
        "sentence_words": shares,
        "near_words": [
            share([t for near in terms[max(0, i - 1) : i + 2] for t in near], weights)
            for i in range(count)
        ],
        "passage_words": share([t for found in terms for t in found], weights),
        "sentence_words_lead": shares - best_other(shares),
        "new_words": [log(1 + len(set(found) - set(weights))) for found in terms],
        "place": 1 / np.arange(1, count + 1),
        "opening": [span.start == 0 for span in record.passage.sentences],
        "same_language": article.language == question.language,
    }
    return np.stack(
        [np.broadcast_to(np.asarray(columns[name], np.float32), count) for name in SCALARS], axis=1
    )


def best_other(values: npt.NDArray[np.floating]) -> npt.NDArray[np.floating]:
    """Return for each value the largest of the others; itself where it is alone."""
    if len(values) == 1:
        return values
    largest, second = np.sort(values)[[-1, -2]]
    others: npt.NDArray[np.floating] = np.where(
        np.arange(len(values)) == values.argmax(), second, largest
    )
    return others


def share(found: Sequence[str], weights: Mapping[str, float]) -> float:
    """Return the weight of the question's terms that are among the found ones, in [0, 1]."""
    there = set(found)
    return sum((weight for term, weight in weights.items() if term in there), 0.0)


def distinct(candidates: Sequence[Candidate]) -> list[tuple[int, Sentence]]:
    """Return all sentences with the number of their candidate; a shared one with the better."""
    found: dict[tuple[str, Span], tuple[int, Sentence]] = {}
    for number, candidate in enumerate(candidates):
        for index, span in enumerate(candidate.record.passage.sentences):
            key = (candidate.record.article.id, span)
            found.setdefault(key, (number, Sentence(candidate=candidate, index=index)))
    return list(found.values())


def term_weights(question: Question, language: str, snapshot: Snapshot) -> Mapping[str, float]:
    """Return each analysed term of the question with its share of their weight; sums to 1.

    In texts of another language short words do not count, which are spelt alike by accident ("se",
    "a"). The weight is the inverse document frequency of BM25 (Robertson & Zaragoza 2009, section
    3.3).
    """
    text = question.text if language == question.language else telling(question.text)
    terms = sorted(set(analyze_question(text, language)))
    if not terms:
        return {}
    passages = snapshot.languages().get(language, 0)
    frequencies = snapshot.document_frequency(terms, language)
    weights = [  # the postings count what was deleted until they are merged
        log(1 + (passages - frequency + 0.5) / (frequency + 0.5))
        for frequency in (min(each, passages) for each in frequencies)
    ]
    total = sum(weights)
    return {term: weight / total for term, weight in zip(terms, weights, strict=True)}


def telling(question: str) -> str:
    """Return the words that say something in any language: long ones, names and numbers."""
    return " ".join(
        word
        for word in _WORD.findall(question)
        if len(word) >= TELLING or word[0].isupper() or any(c.isdigit() for c in word)
    )
