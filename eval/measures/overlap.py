"""Which words of the articles an answer rests on, and whether they are the right ones."""

from collections.abc import Sequence

from eval.question import Place
from qa.answer import Answer, Citation, Point


def quoted(answer: Answer, point: Point) -> tuple[Citation, ...]:
    """Return the citations of a point's quotes, in order; a quote without one is passed over."""
    by_number = {citation.number: citation for citation in answer.citations}
    numbers = [quote.citation for quote in point.quotes]
    return tuple(by_number[number] for number in numbers if number in by_number)


def first_quoted(answer: Answer, point: Point) -> Citation | None:
    """Return the citation of a point's first quote, None if it has none."""
    return next(iter(quoted(answer, point)), None)


def holds(citation: Citation | None, places: Sequence[Place]) -> bool:
    """Whether a citation shares a character with one of the places."""
    return citation is not None and any(
        place.overlaps(citation.article_id, citation.start, citation.end) for place in places
    )
