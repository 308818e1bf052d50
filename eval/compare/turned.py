"""Which questions turned right, and which turned wrong."""

from collections.abc import Sequence
from dataclasses import dataclass

from eval.compare.pairs import Pair
from eval.outcome import Outcome, outcome, right
from eval.record import Record
from qa.answer import Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Turned:
    """A question that one run got right and the other did not, with what each said first."""

    id: str
    question: str
    language: str
    kind: str
    to_right: bool
    before: Outcome
    after: Outcome
    said_before: str
    said_after: str


def turned(pairs: Sequence[Pair]) -> list[Turned]:
    """Return the questions that turned, those that turned right first."""
    found = [_turned(pair) for pair in pairs if right(pair.before) != right(pair.after)]
    return sorted(found, key=lambda each: not each.to_right)


def _turned(pair: Pair) -> Turned:
    question = pair.question
    return Turned(
        id=question.id,
        question=question.text,
        language=question.language,
        kind=question.kind,
        to_right=right(pair.after),
        before=outcome(pair.before),
        after=outcome(pair.after),
        said_before=said(pair.before),
        said_after=said(pair.after),
    )


def said(record: Record) -> str:
    """Return the first quote of an answer, or that there is none."""
    if record.answer.status is Status.NO_ANSWER or not record.answer.points:
        return "(no answer)"
    return record.answer.points[0].quotes[0].text
