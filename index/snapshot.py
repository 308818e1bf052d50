"""One generation as questions see it."""

import sqlite3
import weakref
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from threading import Lock
from types import TracebackType
from typing import Self

import numpy as np

from index import rows
from index.article import Article, Passage
from index.catalog import Catalog
from index.generation import Generation
from index.protocols import (
    NO_FILTERS,
    Filters,
    Hit,
    PassageRecord,
    Scores,
    Summary,
    Vector,
    Vectors,
)
from index.scope import Scope


class LocalSnapshot:
    """The ``Snapshot`` of a folder of this machine.

    It keeps a read transaction open, so that what a writer deletes meanwhile is still there for it.
    Let go of it soon (the transaction ends with the object, with ``close`` or a ``with`` block):
    while it lives, the write-ahead log cannot be emptied. Threads may share it.
    """

    def __init__(
        self, generation: Generation, catalog: Catalog, connection: sqlite3.Connection
    ) -> None:
        self._generation = generation
        self._connection = connection
        self._lock = Lock()
        self._translated = catalog.translated
        self._close = weakref.finalize(self, catalog.give_back, connection)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the read transaction; the snapshot must not be asked any more."""
        self._close()

    @property
    def generation(self) -> int:
        """Number of the last change that this snapshot shows."""
        return self._generation.state.generation

    def languages(self, filters: Filters = NO_FILTERS) -> Mapping[str, int]:
        """Return how many passages in scope each language has, most first."""
        return self._scope(filters).languages()

    def sources(self, filters: Filters = NO_FILTERS) -> Mapping[str, int]:
        """Return how many articles in scope each outlet has, most first."""
        return self._scope(filters).sources()

    def count_articles(self, filters: Filters = NO_FILTERS) -> int:
        """Return how many articles are in scope."""
        return self._scope(filters).count_articles

    def centroid(self, language: str) -> Vector | None:
        """Return the mean passage vector of a language (not normalised), None without passages."""
        with self._reading() as connection:
            row = connection.execute(
                "SELECT passages, total FROM centroids WHERE language = ?", (language,)
            ).fetchone()
        if row is None or row[0] <= 0:
            return None
        mean: Vector = (np.frombuffer(row[1], "<f8") / row[0]).astype(np.float32)
        return mean

    def dense(self, vector: Vector, limit: int, filters: Filters = NO_FILTERS) -> list[Hit]:
        """Return at most ``limit`` hits by cosine, best first; empty when nothing is in scope."""
        found = self._generation.nearest(vector, limit, self._scope(filters))
        return self._hits(found)

    def cosines(self, vector: Vector, passage_ids: Sequence[int]) -> Scores:
        """Return the cosine with each passage, shape ``(len(passage_ids),)``, in their order."""
        return self._generation.cosines(vector, passage_ids)

    def lexical(self, question: str, limit: int, filters: Filters = NO_FILTERS) -> list[Hit]:
        """Return at most ``limit`` hits by BM25, best first; empty when no word matches."""
        words = self._generation.words
        if words is None:
            return []
        scope = self._scope(filters)
        found = words.search(
            question, limit, languages=list(scope.languages()), allowed=scope.passage_ids()
        )
        exists = self._generation.columns.has_passage  # the words may lag behind a failed commit
        return self._hits((id_, score) for id_, score in found if exists(id_))

    def document_frequency(self, terms: Sequence[str], language: str) -> list[int]:
        """Return in how many passages of the language each analysed term occurs."""
        words = self._generation.words
        return words.document_frequency(terms, language) if words else [0] * len(terms)

    def passages(self, passage_ids: Sequence[int]) -> list[PassageRecord]:
        """Return the records, in the order asked. Raises KeyError for one not in the snapshot.

        A passage whose segment is damaged has vectors of zeros: it is similar to nothing.
        """
        with self._reading() as connection:
            found = rows.passages_by_id(connection, passage_ids)
            articles = rows.stored_articles(connection, {number for number, _ in found.values()})
        vectors = self._generation.vectors(passage_ids)
        records = []
        for passage_id in passage_ids:
            number, passage = found[passage_id]
            vector, sentence_vectors = vectors.get(passage_id) or self._no_vectors(passage)
            stored = articles[number]
            records.append(
                PassageRecord(
                    passage_id=passage_id,
                    article=stored.article,
                    sha256=stored.sha256,
                    group=stored.group,
                    passage=passage,
                    vector=vector,
                    sentence_vectors=sentence_vectors,
                )
            )
        return records

    def article(self, article_id: str) -> Article | None:
        """Return an article, None if there is none of this id."""
        with self._reading() as connection:
            return rows.articles(connection, [article_id]).get(article_id)

    def passages_of(self, article_id: str) -> tuple[Passage, ...]:
        """Return the passages of an article, in order; empty if there is no such article."""
        with self._reading() as connection:
            return rows.passages_of(connection, article_id)

    def summary(self, article_id: str) -> Summary | None:
        """Return what is known of one article, None if there is none of this id."""
        with self._reading() as connection:
            return rows.summary(connection, article_id)

    def summaries(
        self, limit: int, *, after: str | None = None, filters: Filters = NO_FILTERS
    ) -> list[Summary]:
        """Return at most ``limit`` articles by ascending id, those after the id ``after``."""
        with self._reading() as connection:
            return rows.summaries(connection, limit, after=after, filters=filters)

    def _hits(self, found: Iterable[tuple[int, float]]) -> list[Hit]:
        language = self._generation.columns.language_of
        return [
            Hit(passage_id=passage_id, language=language(passage_id), score=score)
            for passage_id, score in found
        ]

    def _scope(self, filters: Filters) -> Scope:
        with self._reading() as connection:
            return self._generation.scope(filters, connection)

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        with self._lock, self._translated():
            if not self._close.alive:
                raise ValueError("the snapshot was closed")
            yield self._connection

    def _no_vectors(self, passage: Passage) -> tuple[Vector, Vectors]:
        dimension = self._generation.state.built.dimension
        return (
            np.zeros(dimension, np.float32),
            np.zeros((len(passage.sentences), dimension), np.float32),
        )
