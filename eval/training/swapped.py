"""Questions that a paragraph does not answer, because they ask of another name or another number.

"When did the yard in Gdynia close?" of a paragraph on the yard in Vigo: every other word fits. Such
pairs teach to refuse (adversarial questions as by Rajpurkar, Jia & Liang 2018, arXiv 1806.03822,
there written by people).
"""

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain

from eval.question import Collection, Question
from qa.wording import Wording

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
MARK = ":swapped"  # ends the id of such a question


def with_swapped(collection: Collection, *, share: float, seed: int) -> Collection:
    """Add, of a share of the questions, one with a name or a number of another one in it.

    The last have no answer, and no facet; ``swapped_in`` tells what was put in. A question without
    a name, or for which none is found that its article lacks, adds none.
    """
    chance = random.Random(seed)  # noqa: S311
    texts = {
        article.id: f"{article.title or ''} {article.text}".lower()
        for article in collection.articles
    }
    by_kind: dict[bool, list[str]] = {True: [], False: []}  # whether a number
    for question in collection.questions:
        for _, _, word in replaceable(question):
            by_kind[_is_number(word)].append(word)
    added = []
    for question in collection.questions:
        places = list(replaceable(question)) if chance.random() < share else []
        if not places or question.written_for is None:
            continue
        start, end, word = chance.choice(places)
        text = texts[question.written_for]
        other = _other(by_kind[_is_number(word)], text, question.text.lower(), chance)
        if other is not None:
            asked = question.text[:start] + other + question.text[end:]
            added.append(
                replace(question, id=f"{question.id}{MARK}:{other}", text=asked, facets=())
            )
    return replace(collection, questions=(*collection.questions, *added))


def swapped_in(question: Question) -> str | None:
    """Return the name or number that was put into a question, None if none was."""
    _, mark, other = question.id.partition(f"{MARK}:")
    return other if mark else None


def replaceable(question: Question) -> Iterator[tuple[int, int, str]]:
    """Yield start, end and text of each name and number of a question."""
    wording = Wording.of(question.text, otherwise=question.language)
    names = (
        (wording.words[run.first].start, wording.words[run.end - 1].end) for run in wording.names
    )
    numbers = (match.span() for match in _NUMBER.finditer(question.text))
    for start, end in dict.fromkeys(chain(names, numbers)):
        yield start, end, question.text[start:end]


def _other(among: Sequence[str], text: str, question: str, chance: random.Random) -> str | None:
    """Return a name that neither the text nor the question has, None after some tries."""
    for _ in range(8):
        other = chance.choice(among)
        if other.lower() not in text and other.lower() not in question:
            return other
    return None


def _is_number(word: str) -> bool:
    return word[:1].isdigit()
