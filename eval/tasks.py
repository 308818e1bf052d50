"""What the reader and the judge learn from: questions, what they are asked of, and what is right.

An index may hold five articles or a million, of one language or of ten, and may not have the
answer. So a question is asked of all paragraphs of a set, of a random few, or of those around the
answering one (which are closest to it); each paragraph in one of the set's languages; and for a
share of the questions the paragraph that answers is taken away.
"""

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from eval.question import Collection, Question
from index.article import Span
from index.protocols import Filters

SMALLEST, LARGEST = 4, 60  # articles of a small scope


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A question, the articles it is asked of, and the places that answer it."""

    question: str
    scope: Filters
    gold: Mapping[str, tuple[Span, ...]]  # by article id
    document: int

    def holds(self, article_id: str, span: Span) -> bool:
        """Whether a slice of an article overlaps an answer."""
        answers = self.gold.get(article_id, ())
        return any(a.start < span.end and span.start < a.end for a in answers)


def whole(
    asked: Collection, over: Collection, *, beside: Sequence[Collection] = ()
) -> Iterator[Task]:
    """Ask every question of all paragraphs, the ones of ``beside`` too."""
    ids = tuple(a.id for collection in (over, *beside) for a in collection.articles)
    scope = Filters(article_ids=ids)
    for document, question, gold in pairs(asked, over):
        yield Task(question=question, scope=scope, gold=gold, document=document)


def without_answer(tasks: Iterator[Task]) -> Iterator[Task]:
    """Take the answering paragraphs away."""
    for task in tasks:
        left = tuple(i for i in task.scope.article_ids if i not in task.gold)
        yield replace(task, scope=Filters(article_ids=left), gold={})


def varied(
    asked: Collection, over: Sequence[Collection], *, seed: int, removed: float, share: float = 1.0
) -> Iterator[Task]:
    """Ask a ``share`` of the questions of scopes of all kinds.

    Each paragraph is in scope in one language, drawn from ``over``, whose collections are parallel
    to ``asked``: the n-th paragraph and question of one are the n-th of the others.
    """
    chance = random.Random(seed)  # noqa: S311
    golds = [list(pairs(asked, collection)) for collection in over]
    count = len(over[0].articles)
    for number in range(len(golds[0])):
        if chance.random() >= share:
            continue
        spoken = [chance.randrange(len(over)) for _ in range(count)]
        document = golds[0][number][0]
        _, question, gold = golds[spoken[document]][number]
        numbers = scope(chance, count, document)
        if chance.random() < removed:
            numbers = [n for n in numbers if n != document]
            gold = {}
        ids = tuple(over[spoken[n]].articles[n].id for n in numbers)
        yield Task(question=question, scope=Filters(article_ids=ids), gold=gold, document=document)


def scope(chance: random.Random, count: int, document: int) -> list[int]:
    """Return the numbers of the paragraphs to ask, the answering one among them."""
    kind = chance.random()
    if kind < 0.5 or count <= SMALLEST:
        return list(range(count))
    size = min(chance.randint(SMALLEST, LARGEST), count)
    if kind < 0.75:
        return sorted({*chance.sample(range(count), size), document})
    first = max(0, min(document - chance.randrange(size), count - size))
    return list(range(first, first + size))


def pairs(
    asked: Collection, over: Collection
) -> Iterator[tuple[int, str, dict[str, tuple[Span, ...]]]]:
    """Yield the number of the answering paragraph, the question and where it is answered.

    Questions without an answer are passed over: what answers nothing is made by taking away.
    """
    numbers = {article.id: number for number, article in enumerate(over.articles)}
    for question, there in zip(asked.questions, over.questions, strict=True):
        gold = by_article(there)
        if gold:
            yield numbers[next(iter(gold))], question.text, gold


def by_article(question: Question) -> dict[str, tuple[Span, ...]]:
    """Return the places that answer a question, by the id of their article."""
    gold: dict[str, tuple[Span, ...]] = {}
    for place in question.places:
        spans = gold.get(place.article_id, ())
        gold[place.article_id] = (*spans, Span(place.start, place.end))
    return gold
