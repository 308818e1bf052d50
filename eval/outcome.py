"""What became of a question, in one word: what a person who reads failures sorts them by."""

from enum import StrEnum

from eval.measures.answers import answers, first_right, is_list
from eval.measures.overlap import holds, quoted
from eval.question import Place
from eval.record import Record
from qa.answer import Status


class Outcome(StrEnum):
    """From right to wrong, by the stage where it went wrong."""

    RIGHT = "right"
    REFUSED_RIGHTLY = "refused rightly"
    INCOMPLETE = "incomplete"  # a list whose first item is right, and that lacks others
    NOT_FIRST = "not first"  # a later quote answers
    NOT_CHOSEN = "not chosen"  # a passage that answers was found, and other sentences were quoted
    REFUSED = "refused"  # a passage that answers was found, and nothing was quoted
    NOT_FOUND = "not found"  # no passage that answers is among the candidates
    NOT_REFUSED = "not refused"  # nothing answers it, and something was quoted

    @property
    def good(self) -> bool:
        """Whether there is nothing to mend."""
        return self in {Outcome.RIGHT, Outcome.REFUSED_RIGHTLY}


MEANS = {
    Outcome.RIGHT: "the first quote answers",
    Outcome.REFUSED_RIGHTLY: "nothing answers it, and that was said",
    Outcome.INCOMPLETE: "the first quote answers; other answers of the list are missing",
    Outcome.NOT_FIRST: "a later quote answers, the first does not",
    Outcome.NOT_CHOSEN: "a passage that answers was found, but other sentences were quoted",
    Outcome.REFUSED: "a passage that answers was found, but nothing was quoted",
    Outcome.NOT_FOUND: "no passage that answers was found",
    Outcome.NOT_REFUSED: "nothing answers it, and something was quoted all the same",
}


def outcome(record: Record) -> Outcome:
    """Return what became of a question.

    Where the gold are grades of articles alone, a passage of such an article answers, and the first
    passage that was found stands for the first quote.
    """
    question, answer = record.question, record.answer
    refused = answer.status is Status.NO_ANSWER
    if not question.answerable:
        return Outcome.REFUSED_RIGHTLY if refused else Outcome.NOT_REFUSED
    if not question.facets:
        return _of_ranking(record)
    if first_right(record):
        return Outcome.INCOMPLETE if _lacks_items(record) else Outcome.RIGHT
    if any(holds(each, question.places) for p in answer.points for each in quoted(answer, p)):
        return Outcome.NOT_FIRST
    if gold_rank(record) is None:
        return Outcome.NOT_FOUND
    return Outcome.REFUSED if refused else Outcome.NOT_CHOSEN


def right(record: Record) -> bool:
    """Whether the first quote answers or, where nothing does, the question was refused."""
    return outcome(record) in {Outcome.RIGHT, Outcome.INCOMPLETE, Outcome.REFUSED_RIGHTLY}


def gold_rank(record: Record) -> int | None:
    """Return the rank, from 1, of the first candidate that answers; None if there is none."""
    for rank, candidate in enumerate(record.candidates, start=1):
        if is_gold(record, candidate.article_id, candidate.start, candidate.end):
            return rank
    return None


def is_gold(record: Record, article_id: str, start: int, end: int) -> bool:
    """Whether a slice of an article answers: by its place or, without places, by its article."""
    places: tuple[Place, ...] = record.question.places
    if places:
        return any(place.overlaps(article_id, start, end) for place in places)
    return article_id in record.question.grades


def _of_ranking(record: Record) -> Outcome:
    rank = gold_rank(record)
    if rank is None:
        return Outcome.NOT_FOUND
    return Outcome.RIGHT if rank == 1 else Outcome.NOT_FIRST


def _lacks_items(record: Record) -> bool:
    recall = answers(record)["facet_recall"] if is_list(record.question) else None
    return recall is not None and recall < 1
