"""The most promising texts, read together with the question by the trained reader.

What it says of each sentence is weighed with the first score.
"""

import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field, replace
from importlib.resources import files
from itertools import count
from typing import Protocol

import msgspec

from index.article import Span
from index.e5_halves import TokenStates
from index.protocols import PassageRecord
from qa.agreement import agreement
from qa.asked_countries import asks_for_countries
from qa.countries import countries
from qa.evidence import Evidence, evidence, of_all, signs
from qa.joint import SentenceReading
from qa.names import left_out
from qa.polarity import asks_for_refusals, says_no
from qa.read import Scored
from qa.recent import Recent
from qa.regression import ByLanguage
from qa.retrieve import Question
from qa.short import short_answers
from qa.windows import Window, windows

# What is weighed to a score, by the names of ``weigh.json``.
WEIGHED = (
    "first_sight",
    "answers",
    "answers_below",  # the most believed sentence of all that were read
    "relevant",
    "span",
    "best_of_window",
    "asked_countries",
    "left_out",  # share of the question's names that the text lacks
    "refusal",  # where a refusal is asked for: 1 for a sentence that says no, -1 for another
    "no",  # where none is: 1 for a sentence that says no
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """A text that was read with the question."""

    window: Window
    best: float  # logit of its most believed sentence
    signs: Mapping[str, float]  # what is known of the text as a whole


class TextReader(Protocol):
    """Reads a question and a text together: ``qa.joint.JointReader``."""

    def question(self, text: str) -> TokenStates:
        """Return what is needed of a question, once for all texts."""

    def text(self, text: str) -> TokenStates:
        """Return what is needed of a text, once for all questions."""

    def read(
        self,
        question: TokenStates,
        passage: TokenStates,
        sentences: Sequence[Span],
        title: TokenStates | None = None,
    ) -> list[SentenceReading]:
        """Return what is said of each sentence, a slice of the passage's text, in their order.

        ``title`` is what the passage stands under.
        """


def shipped_weighing() -> ByLanguage:
    """Return how a sentence's score is weighed from ``WEIGHED``, as ``eval.weigh`` fitted it."""
    return msgspec.json.decode(files("qa").joinpath("weigh.json").read_bytes(), type=ByLanguage)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rereading:
    """Reads the most promising texts with the trained reader."""

    reader: TextReader
    weighing: ByLanguage
    pool: Executor  # reads texts beside each other
    limit: int  # texts at most
    limit_ms: float  # after which no further text is begun
    recent: Recent = field(default_factory=Recent)

    def read(self, question: Question, scored: Sequence[Scored], generation: int) -> list[Evidence]:
        """Return the sentences of the texts that were read, the strongest first.

        A sentence that gives several answers comes once for each. ``scored`` are given the
        strongest first; at least one text is read. How far other articles bear it out is known of
        the first sentence alone, for the judge.
        """
        shared = of_all(scored)
        found = [
            evidence(one, score=self.weighing.logit(given), signs={**given, **shared}, short=short)
            for one, given, shorts in self._given(question, scored, generation)
            for short in shorts or (None,)
        ]
        found.sort(key=lambda one: -one.score)  # stable: of equals, the first stays first
        if found:
            first = found[0]
            found[0] = replace(first, signs={**first.signs, "agreement": agreement(first, found)})
        return found

    def _given(
        self, question: Question, scored: Sequence[Scored], generation: int
    ) -> Iterator[tuple[Scored, dict[str, float], tuple[Span, ...]]]:
        """Yield each sentence that was read, with all that is known of it and its short answers."""
        found = self._readings(question, scored, generation)
        best = max((reading.answers for _, reading in found.values()), default=0.0)
        refusing = asks_for_refusals(question.text, question.language)
        of_countries = asks_for_countries(question.text)
        nowhere = absent(question, scored)
        for one in scored:
            known = found.get((one.record.article.id, one.sentence))
            if known is not None:
                read, reading = known
                shorts = short_answers(question, read.window, reading)
                told = {
                    **read.signs,
                    "answers": reading.answers,
                    "relevant": reading.relevant,
                    "span": reading.span,
                    "best_of_window": float(reading.answers >= read.best),
                    "answers_below": reading.answers - best,
                    "absent": nowhere,
                    "asked_countries": new_countries(question.text, one.text),
                    **polarity(one, refusing=refusing, by_whom=bool(shorts) or not of_countries),
                }
                yield one, {**signs(one), **told}, shorts

    def _readings(
        self, question: Question, scored: Sequence[Scored], generation: int
    ) -> dict[tuple[str, Span], tuple["Read", SentenceReading]]:
        """Return each sentence with what was said of it where it was believed most."""
        found: dict[tuple[str, Span], tuple[Read, SentenceReading]] = {}
        for window, said in self._texts(question, scored, generation):
            read = Read(
                window=window,
                best=max(reading.answers for reading in said),
                signs={"left_out": lacks(question, [window.record], window.text)},
            )
            for sentence, reading in zip(window.sentences, said, strict=True):
                key = (window.record.article.id, sentence)
                if key not in found or found[key][1].answers < reading.answers:
                    found[key] = read, reading
        return found

    def _texts(
        self, question: Question, scored: Sequence[Scored], generation: int
    ) -> Iterator[tuple[Window, list[SentenceReading]]]:
        until = time.perf_counter() + self.limit_ms / 1000
        asked = self.reader.question(question.text)
        if asks_for_refusals(question.text, question.language):
            scored = sorted(scored, key=lambda one: -promise(one))

        def read(rank: int, window: Window) -> list[SentenceReading] | None:
            if rank and time.perf_counter() > until:
                return None
            passage = self.recent.get(window.text, generation, self.reader.text)
            headline = window.record.article.title
            title = self.recent.get(headline, generation, self.reader.text) if headline else None
            return self.reader.read(asked, passage, window.within, title)

        chosen = windows(scored)[: self.limit]
        for window, said in zip(chosen, self.pool.map(read, count(), chosen), strict=True):
            if said is not None:
                yield window, said


def promise(one: Scored) -> float:
    """Return what a text is chosen by where refusals are asked for: it says no, or is set back."""
    return one.score + polarity(one, refusing=True, by_whom=True)["refusal"]


def lacks(question: Question, records: Iterable[PassageRecord], text: str) -> float:
    """Return the share of the question's names that neither the texts nor what heads them has.

    A reader of an article has its headline and its year before the eyes.
    """
    articles = {record.article.id: record.article for record in records}.values()
    heads = [
        f"{each.title or ''} {each.published.year if each.published else ''}" for each in articles
    ]
    return left_out(question.text, question.language, " ".join([*heads, text]))


def absent(question: Question, scored: Sequence[Scored]) -> float:
    """Return the share of the question's names that none of the passages found has.

    What no article names, none can tell of.
    """
    records = {one.record.passage_id: one.record for one in scored}.values()
    texts = " ".join(record.passage.span.of(record.article.text) for record in records)
    return lacks(question, records, texts)


def polarity(one: Scored, *, refusing: bool, by_whom: bool) -> dict[str, float]:
    """Return whether a sentence says no where the question does, and where it does not.

    One that does not tell ``by_whom`` the no is said, where that is asked, answers no better than
    one that says yes: "this has not kept France from signing".
    """
    no = says_no(one.text, one.record.article.language)
    if refusing:
        return {"refusal": 1.0 if no and by_whom else -1.0, "no": 0.0}
    return {"refusal": 0.0, "no": float(no)}


def new_countries(question: str, sentence: str) -> float:
    """Return 1 for a sentence that names a country where one is asked for, -1 for one without.

    Those that the question names do not count; 0 where none is asked for.
    """
    if not asks_for_countries(question):
        return 0.0
    return 1.0 if countries(sentence) - countries(question) else -1.0
