"""Whether two files of a set ask the same thing: what is learned on one part would help on another.

The same question is one that has the same words but for accents and capitals, one of the same
group, or one that the same sentences answer with the same words.
"""

from collections.abc import Hashable, Iterable, Iterator

from eval.datasets.fault import Fault
from eval.datasets.own import Asked, Problem
from index.words import words

REMEDY = "Put both into one file."


def leaks(asked: Iterable[Asked]) -> Iterator[Problem]:
    """Yield a problem for every question that a file before its own asks already."""
    first: dict[Hashable, Asked] = {}
    for each in asked:
        for sameness, same in _identities(each):
            before = first.setdefault(same, each)
            if before.line.file != each.line.file:
                message = f"It {sameness} as {before.question.id!r} in {before.line}."
                yield Problem(line=each.line, fault=Fault(message, REMEDY))
                break


def _identities(each: Asked) -> Iterator[tuple[str, Hashable]]:
    question = each.question
    # "And Poland?" is another question after another one.
    asked_in_full = question.standalone or question.text
    yield "asks the same", ("words", tuple(words(asked_in_full, question.language)))
    if each.written.group:
        yield "is of the same group", ("group", each.written.group)
    if question.facets:
        answers = frozenset((frozenset(f.places), frozenset(f.shorts)) for f in question.facets)
        yield "has the same answer", ("answers", answers)
