"""A question on its way to the answer: what is known before all is known."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from qa.answer import Answer, Citation, Coverage, FoundPassage

FIRST_RANKED = 5  # passages shown before they are read


@dataclass(frozen=True, slots=True, kw_only=True)
class Retrieved:
    """The passages are found and are now read; the best ranked come with their scores."""

    question: str
    language: str
    passages: tuple[FoundPassage, ...]
    coverage: Coverage
    generation: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Quoted:
    """One quote of the answer, with its citation."""

    point: int  # from 1: quotes of one point say the same
    short: str | None
    independent_sources: int  # of the point
    citation: Citation


Stage = Retrieved | Quoted | Answer


def quoted(answer: Answer) -> Iterator[Quoted]:
    """Yield the quotes of an answer, in the order in which it uses them."""
    citations = {citation.number: citation for citation in answer.citations}
    for number, point in enumerate(answer.points, 1):
        for quote in point.quotes:
            yield Quoted(
                point=number,
                short=point.short,
                independent_sources=point.independent_sources,
                citation=citations[quote.citation],
            )


def last(stages: Iterable[Stage]) -> Answer:
    """Return the answer that the stages end in."""
    *_, answer = stages
    if not isinstance(answer, Answer):
        raise TypeError(f"the last stage is {type(answer).__name__}, not an answer")
    return answer
