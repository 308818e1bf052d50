"""Articles whose vectors cost no model call.

A text is put together from real sentences, so that its words are as frequent as in real texts. Its
vectors lie around those of other real sentences: a search has about as much to tell apart as in an
index of real passages, and finds nothing that is of use.
"""

import hashlib
import random
from collections.abc import Iterator, Sequence

import numpy as np

from index.article import Article, Passage, Span
from index.errors import InputError
from index.ingest import unit
from index.protocols import Embedded, Embedder, Prepared, Vectors

PASSAGES = 3  # of an article
SENTENCES = 6  # of a passage
ANCHORS = 400  # real sentences whose vectors others are drawn around: some seconds of embedding
SPREAD = 0.5  # length of what is added to a unit vector: the cosine with it is 0.89


class Inventor:
    """Makes articles out of the sentences of real ones. The same seed makes the same articles.

    Raises InputError for articles without a sentence.
    """

    def __init__(self, articles: Sequence[Article], embedder: Embedder, *, seed: int = 1) -> None:
        self._dice = random.Random(seed)  # noqa: S311 - repeatable, not secret
        self._chance = np.random.default_rng(seed)
        self._sentences = sentences_of(articles)
        if not self._sentences:
            raise InputError(
                "The articles have no sentence of more than three words.",
                remedy="Give articles that are written in sentences.",
            )
        count = min(ANCHORS, len(self._sentences))
        self._anchors = embedder.embed_passages(self._dice.sample(self._sentences, count))
        self._number = 0

    def batches(self, passages: int, at_once: int) -> Iterator[list[Prepared]]:
        """Yield articles of so many passages together, at most ``at_once`` in a batch."""
        left = passages
        while left > 0:
            batch: list[Prepared] = []
            while left > 0 and len(batch) < at_once:
                batch.append(self._article(min(PASSAGES, left)))
                left -= len(batch[-1].passages)
            yield batch

    def _article(self, passages: int) -> Prepared:
        self._number += 1
        drawn = self._dice.choices(self._sentences, k=passages * SENTENCES)
        text, spans = " ".join(drawn), []
        start = 0
        for sentence in drawn:
            spans.append(Span(start, start + len(sentence)))
            start += len(sentence) + 1
        article = Article(id=f"invented-{self._number:07}", text=text, language="fr")
        cuts = [tuple(spans[i : i + SENTENCES]) for i in range(0, len(spans), SENTENCES)]
        return Prepared(article=article, passages=tuple(self._passage(cut) for cut in cuts))

    def _passage(self, sentences: tuple[Span, ...]) -> Embedded:
        vectors = self._vectors(1 + len(sentences))
        return Embedded(
            passage=Passage(sentences=sentences),
            content_hash=hashlib.sha256(vectors.tobytes()).digest(),
            vector=vectors[0],
            sentence_vectors=vectors[1:],
        )

    def _vectors(self, count: int) -> Vectors:
        chosen = self._anchors[self._chance.integers(0, len(self._anchors), count)]
        noise = self._chance.standard_normal(chosen.shape) * SPREAD / np.sqrt(chosen.shape[1])
        return unit((chosen + noise).astype(np.float32))


def sentences_of(articles: Sequence[Article]) -> list[str]:
    """Return what stands between full stops, if it is longer than three words."""
    pieces = (piece.strip() for article in articles for piece in article.text.split("."))
    return [f"{piece}." for piece in pieces if len(piece.split()) > 3]
