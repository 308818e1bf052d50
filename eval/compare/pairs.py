"""The records of two runs, question by question."""

from collections.abc import Sequence
from dataclasses import dataclass

from eval.question import Question
from eval.record import Record
from eval.run.file import Run
from index.errors import InputError

NAMED = 3  # questions named in a message


class NotComparableError(InputError):
    """Two runs that did not ask the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """One question, answered before and after."""

    before: Record
    after: Record

    @property
    def question(self) -> Question:
        """What was asked, both times."""
        return self.before.question


def paired(before: Run, after: Run, *, common: bool = False) -> tuple[Pair, ...]:
    """Return the questions of both runs, in the order of the first.

    Runs over different questions are refused, unless only what they have in ``common`` is wanted.
    A question that is not the same in both, or whose gold is not, never makes a pair. Raises
    NotComparableError.
    """
    later = {record.question.id: record for record in after.records}
    there = {record.question.id for record in before.records}
    missing = [each for each in there if each not in later]
    added = [each for each in later if each not in there]
    if (missing or added) and not common:
        raise NotComparableError(
            f"The runs asked different questions: {before.path} has {len(missing):,} that "
            f"{after.path} lacks{_named(missing)}, which has {len(added):,} others{_named(added)}.",
            remedy="Finish a run that was stopped, or compare what both have with --common.",
        )
    pairs = [
        Pair(before=record, after=later[record.question.id])
        for record in before.records
        if record.question.id in later
    ]
    if not pairs:
        raise NotComparableError(
            f"{before.path} and {after.path} have no question in common.",
            remedy="Compare two runs of the same set.",
        )
    _require_same_gold(pairs)
    return tuple(pairs)


def _require_same_gold(pairs: Sequence[Pair]) -> None:
    changed = [p.question.id for p in pairs if p.before.question != p.after.question]
    if changed:
        raise NotComparableError(
            f"{len(changed):,} questions, or what is right for them, are not the same in both "
            f"runs{_named(changed)}.",
            remedy="Run the set again with one of the two versions, and compare those.",
        )


def _named(ids: Sequence[str]) -> str:
    if not ids:
        return ""
    first = ", ".join(sorted(ids)[:NAMED])
    return f" ({first}, …)" if len(ids) > NAMED else f" ({first})"
