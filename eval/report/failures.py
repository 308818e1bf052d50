"""The questions that went wrong, with all that is needed to see why."""

from collections.abc import Sequence
from dataclasses import dataclass

from eval.measures.overlap import quoted
from eval.outcome import MEANS, Outcome, gold_rank, is_gold, outcome
from eval.question import Facet, Place, Question
from eval.record import Record
from eval.report.passage import Piece, in_context, pieces
from eval.report.views import RunView
from qa.answer import FoundPassage


@dataclass(frozen=True, slots=True, kw_only=True)
class Gold:
    """One of the right answers, and where it stands as far as a run came by it."""

    name: str
    shorts: tuple[str, ...]
    places: tuple[tuple[str, tuple[Piece, ...]], ...]  # article id, the words as they stand there


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One quote of an answer."""

    text: str
    article_id: str
    source: str
    right: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranked:
    """One candidate."""

    rank: int
    article_id: str
    start: int
    end: int
    pieces: tuple[Piece, ...]
    right: bool
    dense: str
    lexical: str
    score: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What one run made of the question."""

    view: RunView
    outcome: Outcome
    status: str
    confidence: str
    understood_as: str | None
    points: tuple[tuple[Said, ...], ...]
    gold_rank: int | None
    ranked: tuple[Ranked, ...]

    @property
    def means(self) -> str:
        """The outcome in a sentence."""
        return MEANS[self.outcome]


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """A question that at least one run did not answer as it should."""

    question: Question
    golds: tuple[Gold, ...]
    given: tuple[Given, ...]

    @property
    def outcomes(self) -> tuple[Outcome, ...]:
        """What went wrong, without doubles."""
        return tuple(dict.fromkeys(g.outcome for g in self.given if not g.outcome.good))


@dataclass(frozen=True, slots=True, kw_only=True)
class Failures:
    """The failures that are shown, and how many there are."""

    shown: tuple[Failure, ...]
    total: int

    def outcomes(self) -> dict[Outcome, int]:
        """Return how many of the shown failures are of each kind, from the first stage on."""
        return {
            each: count
            for each in Outcome
            if (count := sum(each in failure.outcomes for failure in self.shown))
        }

    def values(self, name: str) -> list[str]:
        """Return the languages or the kinds there are."""
        return sorted({getattr(failure.question, name) for failure in self.shown})


def failures(views: Sequence[RunView], *, limit: int) -> Failures:
    """Return the failures, the surest of them first: those are the ones to learn from."""
    asked: dict[str, list[tuple[RunView, Record]]] = {}
    for view in views:
        for record in view.run.records:
            asked.setdefault(record.question.id, []).append((view, record))
    failed = [
        each for each in asked.values() if any(not outcome(record).good for _, record in each)
    ]
    failed.sort(key=lambda each: -max(record.answer.confidence for _, record in each))
    return Failures(shown=tuple(failure(each) for each in failed[:limit]), total=len(failed))


def failure(answers: Sequence[tuple[RunView, Record]]) -> Failure:
    """Return one question with what each run made of it."""
    records = [record for _, record in answers]
    question = records[0].question
    return Failure(
        question=question,
        golds=tuple(gold(facet, records) for facet in question.facets) or graded(question),
        given=tuple(given(view, record) for view, record in answers),
    )


def gold(facet: Facet, records: Sequence[Record]) -> Gold:
    """Return a facet with its places in their context, as far as a record holds them."""
    places = [(place.article_id, in_context(place, records)) for place in facet.places]
    return Gold(name=facet.name, shorts=facet.shorts, places=tuple(dict.fromkeys(places)))


def graded(question: Question) -> tuple[Gold, ...]:
    """Return the relevant articles, where the gold is of articles alone."""
    return tuple(
        Gold(name=f"article {article_id}", shorts=(), places=()) for article_id in question.relevant
    )


def given(view: RunView, record: Record) -> Given:
    """Return what a run made of a question."""
    answer = record.answer
    return Given(
        view=view,
        outcome=outcome(record),
        status=answer.status.value,
        confidence=f"{answer.confidence:.2f}",
        understood_as=answer.understood_as,
        points=tuple(
            tuple(
                Said(
                    text=citation.text,
                    article_id=citation.article_id,
                    source=citation.source or citation.title or citation.article_id,
                    right=is_gold(record, citation.article_id, citation.start, citation.end),
                )
                for citation in quoted(answer, point)
            )
            for point in answer.points
        ),
        gold_rank=gold_rank(record),
        ranked=tuple(
            ranked(record, rank, candidate) for rank, candidate in enumerate(record.candidates, 1)
        ),
    )


def ranked(record: Record, rank: int, candidate: FoundPassage) -> Ranked:
    """Return a candidate, with the gold and what was quoted marked in it."""
    cited = [
        Place(article_id=c.article_id, start=c.start, end=c.end) for c in record.answer.citations
    ]
    return Ranked(
        rank=rank,
        article_id=candidate.article_id,
        start=candidate.start,
        end=candidate.end,
        pieces=pieces(candidate, record.question.places, cited),
        right=is_gold(record, candidate.article_id, candidate.start, candidate.end),
        dense=signed(candidate.dense, 3),
        lexical=signed(candidate.lexical, 1),
        score=signed(candidate.score, 2),
    )


def signed(score: float, digits: int) -> str:
    """Return a score with a true minus."""
    return f"{score:.{digits}f}".replace("-", "−")
