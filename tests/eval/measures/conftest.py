"""Records of invented questions, said in few words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pytest

from eval.question import Facet, Place, Question
from eval.record import Record
from qa.answer import (
    Answer,
    Citation,
    Coverage,
    FoundPassage,
    Point,
    Quote,
    Status,
    Timing,
    Verdict,
)

Slice = tuple[str, int, int]  # article, start, end


@dataclass(frozen=True)
class Shown:
    """A point of an answer: where its quotes stand, and its short text."""

    quotes: Sequence[Slice]
    short: str | None = None
    text: str | None = None  # of the quotes; else made up from their places


def make_facet(name: str, *places: Slice, shorts: Sequence[str] = ()) -> Facet:
    return Facet(
        name=name,
        places=tuple(Place(article_id=a, start=s, end=e) for a, s, e in places),
        shorts=tuple(shorts),
    )


def make_record(
    *,
    points: Sequence[Shown] = (),
    facets: Sequence[Facet] = (),
    relevant: Mapping[str, int] | None = None,
    kind: str = "fact",
    language: str = "en",
    spoken: str = "en",
    found: Sequence[str] = (),
    confidence: float = 0.5,
    status: Status | None = None,
    verdicts: Sequence[Verdict] | None = None,
    languages: Sequence[str] = ("en",),
    wall_ms: float = 10.0,
) -> Record:
    """Return a record; ``found`` are the articles found, ``spoken`` is said in those cited."""
    question = Question(
        id="q",
        text="What?",
        language=language,
        kind=kind,
        facets=tuple(facets),
        relevant=relevant or {},
    )
    given = make_answer(points, spoken=spoken, confidence=confidence, status=status, ms=wall_ms - 1)
    return Record(
        question=question,
        answer=given,
        candidates=tuple(passage(article) for article in found),
        verdicts=tuple([Verdict.EXACT] * len(given.citations) if verdicts is None else verdicts),
        languages=tuple(languages),
        wall_ms=wall_ms,
    )


def make_answer(
    points: Sequence[Shown], *, spoken: str, confidence: float, status: Status | None, ms: float
) -> Answer:
    texts = {place: point.text for point in points for place in point.quotes}
    citations = {
        place: citation(number, place, text, spoken)
        for number, (place, text) in enumerate(texts.items(), start=1)
    }
    return Answer(
        question="What?",
        language="en",
        status=status or (Status.ANSWERED if points else Status.NO_ANSWER),
        confidence=confidence,
        answer="",
        points=tuple(
            Point(
                short=point.short,
                quotes=tuple(
                    Quote(text=citations[place].text, citation=citations[place].number)
                    for place in point.quotes
                ),
                independent_sources=1,
                score=1.0,
            )
            for point in points
        ),
        citations=tuple(citations.values()),
        nearest=(),
        coverage=Coverage(passages_read=1, articles_matched=1, articles_in_scope=1),
        generation=1,
        timing_ms=Timing(embed=1.0, retrieve=2.0, read=3.0, compose=4.0, total=ms),
    )


def citation(number: int, place: Slice, text: str | None, spoken: str) -> Citation:
    article, start, end = place
    return Citation(
        number=number,
        article_id=article,
        sha256="",
        title=None,
        source=None,
        url=None,
        published=None,
        language=spoken,
        start=start,
        end=end,
        text=text or f"{article} from {start} to {end}",
        link=None,
    )


def passage(article: str) -> FoundPassage:
    return FoundPassage(
        article_id=article, start=0, end=1, text="…", dense=0.0, lexical=0.0, score=0.0
    )


class Make:
    """What the tests make records with."""

    facet = staticmethod(make_facet)
    record = staticmethod(make_record)
    shown = Shown


@pytest.fixture(scope="session")
def make() -> type[Make]:
    return Make
