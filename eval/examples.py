"""Questions with the sentences that were read for them, as the reader is given them."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from eval.squad import Collection, GoldQuestion
from index.protocols import NO_FILTERS, Filters
from qa.engine import Engine
from qa.features import Features, features
from qa.retrieve import Question

PASSAGES = 20  # read per question, as the engine does
SMALLEST, LARGEST = 4, 60  # articles of a small index


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """One question, the sentences read for it, and which of them hold the answer."""

    question: Question
    given: Features
    right: npt.NDArray[np.bool_]  # (sentences,)
    answerable: bool


def examples(
    engine: Engine,
    questions: Collection,
    articles: Collection,
    *,
    seed: int,
    removed: float,
    every: int = 1,
) -> Iterator[Example]:
    """Ask the questions of the articles; of a share ``removed`` the answering one is taken away.

    ``articles`` has the same paragraphs as ``questions``, perhaps in another language: the n-th of
    one is the n-th of the other, and so are their questions. ``every`` fifth, say, is asked.
    """
    chance = random.Random(seed)  # noqa: S311
    ids = [article.id for article in articles.articles]
    pairs = list(zip(questions.questions, articles.questions, strict=True))
    for asked, gold in pairs[::every]:
        gone = chance.random() < removed
        filters = scope(chance, ids, gold.article_id, without=gone)
        yield read(engine, asked.text, gold, filters)


def scope(chance: random.Random, ids: Sequence[str], gold: str, *, without: bool) -> Filters:
    """Return all articles or, half of the time, a few; with the answering one or without it."""
    if chance.random() < 0.5:
        chosen = set(ids)
    else:
        chosen = set(chance.sample(ids, min(len(ids), chance.randint(SMALLEST, LARGEST)))) | {gold}
    return Filters(article_ids=tuple(sorted(chosen - {gold} if without else chosen)))


def read(engine: Engine, text: str, gold: GoldQuestion, filters: Filters = NO_FILTERS) -> Example:
    """Retrieve for one question and mark the sentences that overlap an answer."""
    question = engine.understand(text)
    with engine.store.snapshot() as snapshot:
        candidates = engine.candidates(question, snapshot, filters, PASSAGES)
        given = features(question, candidates, snapshot)
    right = [
        sentence.record.article.id == gold.article_id
        and any(a.start < sentence.span.end and sentence.span.start < a.end for a in gold.answers)
        for sentence in given.sentences
    ]
    return Example(
        question=question,
        given=given,
        right=np.array(right),
        answerable=any(c.record.article.id == gold.article_id for c in candidates),
    )
