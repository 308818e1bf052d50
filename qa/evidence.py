"""From sentences at first sight to evidence: what the answer and the judge rest on.

With the trained reader, the most promising texts are read together with the question, and what it
says of each sentence is weighed with the first score. Without it, the first score stands.
"""

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Protocol

import msgspec
import numpy as np

from index.article import Span
from index.e5_halves import TokenStates
from index.protocols import PassageRecord, Vector
from qa.countries import asks_for_countries, countries
from qa.features import SCALARS, SENTENCE_COSINE
from qa.joint import SentenceReading
from qa.read import Scored
from qa.regression import ByLanguage
from qa.windows import Window, windows

# What is weighed to a score, by the names of ``weigh.json``.
WEIGHED = ("first_sight", "answers", "relevant", "span", "best_of_window", "asked_countries")
# The logit of a short answer over "none here" from which it is shown: above it, nine of ten are
# right where the sentence is (68 of our own dev questions).
SHORT_AT = 2.0


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


class TextReader(Protocol):
    """Reads a question and a text together: ``qa.joint.JointReader``."""

    def question(self, text: str) -> TokenStates:
        """Return what is needed of a question, once for all texts."""

    def read(
        self, question: TokenStates, text: str, sentences: Sequence[Span]
    ) -> list[SentenceReading]:
        """Return what is said of each sentence, a slice of ``text``, in their order."""


def shipped_weighing() -> ByLanguage:
    """Return how a sentence's score is weighed from ``WEIGHED``, as ``eval.weigh`` fitted it."""
    return msgspec.json.decode(files("qa").joinpath("weigh.json").read_bytes(), type=ByLanguage)


def at_first_sight(scored: Sequence[Scored]) -> list[Evidence]:
    """Return every sentence as evidence, without reading any again."""
    shared = of_all(scored)
    return [
        evidence(one, score=one.score, signs={**signs(one), **shared}, short=None) for one in scored
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rereading:
    """Reads the most promising texts with the trained reader."""

    reader: TextReader
    weighing: ByLanguage
    limit: int  # texts at most
    limit_ms: float  # after which no further text is begun

    def read(self, question: str, scored: Sequence[Scored]) -> list[Evidence]:
        """Return the sentences of the texts that were read, the strongest first.

        ``scored`` are given the strongest first; at least one text is read.
        """
        shared = of_all(scored)
        found = [
            evidence(one, score=self.weighing.logit(given), signs={**given, **shared}, short=short)
            for one, given, short in self.given(question, scored)
        ]
        return sorted(found, key=lambda one: -one.score)  # stable: of equals, the first stays first

    def given(
        self, question: str, scored: Sequence[Scored]
    ) -> Iterator[tuple[Scored, dict[str, float], Span | None]]:
        """Yield each sentence that was read, with all that is known of it and its short answer."""
        readings: dict[tuple[str, Span], tuple[SentenceReading, float, Span | None]] = {}
        for window, read in self._texts(question, scored):
            best = max(one.answers for one in read)
            for sentence, reading in zip(window.sentences, read, strict=True):
                key = (window.record.article.id, sentence)
                short = short_answer(window, reading)
                if key not in readings or readings[key][0].answers < reading.answers:
                    readings[key] = reading, best, short
        for one in scored:
            known = readings.get((one.record.article.id, one.sentence))
            if known is not None:
                reading, best, short = known
                told = said(reading, best) | {"asked_countries": new_countries(question, one.text)}
                yield one, {**signs(one), **told}, short

    def _texts(
        self, question: str, scored: Sequence[Scored]
    ) -> Iterator[tuple[Window, list[SentenceReading]]]:
        began = time.perf_counter()
        asked = self.reader.question(question)
        for number, window in enumerate(windows(scored)[: self.limit]):
            if number and (time.perf_counter() - began) * 1000 > self.limit_ms:
                return
            yield window, self.reader.read(asked, window.text, window.within)


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


def said(reading: SentenceReading, best: float) -> dict[str, float]:
    """Return what the reader says of a sentence; ``best`` is its best of the same text."""
    return {
        "answers": reading.answers,
        "relevant": reading.relevant,
        "span": reading.span,
        "best_of_window": float(reading.answers >= best),
    }


def short_answer(window: Window, reading: SentenceReading) -> Span | None:
    """Return the answering words in the article, whole ones; None where they are not sure."""
    if reading.short is None or reading.span < SHORT_AT:
        return None
    text = window.record.article.text
    start, end = window.start + reading.short.start, window.start + reading.short.end
    while start < end and not text[start].isalnum():
        start += 1
    while start < end and not text[end - 1].isalnum():
        end -= 1
    if start == end:
        return None
    while start > 0 and text[start - 1].isalnum():
        start -= 1
    while end < len(text) and text[end].isalnum():
        end += 1
    return Span(start, end)


def new_countries(question: str, sentence: str) -> float:
    """Return 1 for a sentence that names a country where one is asked for, -1 for one without.

    Those that the question names do not count; 0 where none is asked for.
    """
    if not asks_for_countries(question):
        return 0.0
    return 1.0 if countries(sentence) - countries(question) else -1.0


def of_all(scored: Sequence[Scored]) -> dict[str, float]:
    """Return what is known of all sentences together."""
    cosines = [float(one.scalars[SENTENCE_COSINE]) for one in scored]
    return {"median_cosine": float(np.median(cosines))} if cosines else {}
