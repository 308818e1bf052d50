"""One write transaction: the rows of a new generation.

Used under the writer's lock, inside ``Catalog.writing``. Nothing here touches a file.
"""

import sqlite3
from collections import defaultdict
from collections.abc import Iterable

import msgspec
import numpy as np
import numpy.typing as npt

from index import families, rows
from index.article import Article
from index.changes import Change, Existing
from index.duplicates import signature
from index.generation import Generation
from index.protocols import Vector
from index.vectors import SegmentFile

REMOVALS_KEPT = 1_000  # generations that a reader may be behind before it reads all again


class Commit:
    """Collects what a generation changes; ``finish`` writes what can only be known at the end."""

    def __init__(self, connection: sqlite3.Connection, before: Generation) -> None:
        self._connection = connection
        self._before = before
        self.generation = before.state.generation + 1
        self._gone: list[int] = []
        self._sums: dict[str, npt.NDArray[np.float64]] = defaultdict(self._zero)
        self._counts: dict[str, int] = defaultdict(int)

    def store(self, change: Change, first_id: int) -> None:
        """Add or replace an article; its new passages are numbered from ``first_id``."""
        if change.existing is None:
            number = self._add(change.article)
        else:
            number = change.existing.number
            self._replace(change, change.existing)
        self._connection.executemany(
            "INSERT INTO passages VALUES (?, ?, ?, ?)",
            (
                (first_id + place, number, embedded.content_hash, rows.packed(embedded.passage))
                for place, embedded in enumerate(change.new_passages)
            ),
        )
        vectors = (embedded.vector for embedded in change.new_passages)
        self._count(change.article.language, vectors, sign=1)

    def remove(self, existing: Existing) -> None:
        """Delete an article with all that is its own."""
        self._forget_passages(existing)
        families.leave(self._connection, existing.number)
        self._connection.execute("DELETE FROM articles WHERE number = ?", (existing.number,))
        self._log(article=existing.number)

    def finish(self, segment: SegmentFile | None) -> None:
        """Name the new segment in the manifest, count the tombstones, raise the generation."""
        if segment is not None:
            add_segment(self._connection, segment)
        for name, count in self._before.holders(self._gone).items():
            self._connection.execute(
                "UPDATE segments SET dead = dead + ? WHERE name = ?", (count, name)
            )
        self._write_centroids()
        raise_generation(self._connection, manifest=segment is not None)
        self._forget_old_removals()

    def _add(self, article: Article) -> int:
        cursor = self._connection.execute(
            "INSERT INTO articles VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?)",
            (article.id, *self._known_of(article)),
        )
        number = cursor.lastrowid or 0
        self._connection.execute("UPDATE articles SET family = number WHERE number = ?", (number,))
        self._write_text(number, article)
        return number

    def _replace(self, change: Change, existing: Existing) -> None:
        article, number = change.article, existing.number
        self._connection.execute(
            "UPDATE articles SET title = ?, source = ?, url = ?, published = ?, language = ?,"
            " sha256 = ?, characters = ?, generation = ? WHERE number = ?",
            (*self._known_of(article), number),
        )
        if article.text != existing.article.text:
            families.leave(self._connection, number)
            self._connection.execute("DELETE FROM texts WHERE article = ?", (number,))
            self._write_text(number, article)
        if not change.keeps_passages:
            self._forget_passages(existing)
            self._connection.execute("DELETE FROM passages WHERE article = ?", (number,))
        elif article.language != existing.article.language:
            vectors = self._vectors(existing)
            self._count(existing.article.language, vectors, sign=-1)
            self._count(article.language, vectors, sign=1)

    def _known_of(self, article: Article) -> tuple[str | int | None, ...]:
        return (
            article.title,
            article.source,
            article.url,
            article.published.toordinal() if article.published else None,
            article.language,
            article.sha256,
            len(article.text),
            self.generation,
        )

    def _write_text(self, number: int, article: Article) -> None:
        sketch = signature(article.text)
        self._connection.execute(
            "INSERT INTO texts VALUES (?, ?, ?)", (number, sketch, article.text)
        )
        families.join(self._connection, number, sketch)

    def _forget_passages(self, existing: Existing) -> None:
        self._count(existing.article.language, self._vectors(existing), sign=-1)
        self._gone.extend(existing.passage_ids)
        for passage in existing.passage_ids:
            self._log(passage=passage)

    def _log(self, *, article: int | None = None, passage: int | None = None) -> None:
        self._connection.execute(
            "INSERT INTO removals VALUES (?, ?, ?)", (self.generation, article, passage)
        )

    def _vectors(self, existing: Existing) -> list[Vector]:
        found = self._before.vectors(existing.passage_ids)
        return [vector for vector, _ in found.values()]

    def _count(self, language: str, vectors: Iterable[Vector], *, sign: int) -> None:
        for vector in vectors:
            self._sums[language] += sign * vector.astype(np.float64)
            self._counts[language] += sign

    def _write_centroids(self) -> None:
        for language, count in self._counts.items():
            row = self._connection.execute(
                "SELECT passages, total FROM centroids WHERE language = ?", (language,)
            ).fetchone()
            passages = count + (row[0] if row else 0)
            total = self._sums[language] + (np.frombuffer(row[1], "<f8") if row else 0)
            self._connection.execute("DELETE FROM centroids WHERE language = ?", (language,))
            if passages > 0:
                self._connection.execute(
                    "INSERT INTO centroids VALUES (?, ?, ?)",
                    (language, passages, total.astype("<f8").tobytes()),
                )

    def _forget_old_removals(self) -> None:
        oldest = self.generation - REMOVALS_KEPT
        deleted = self._connection.execute(
            "DELETE FROM removals WHERE generation <= ?", (oldest,)
        ).rowcount
        if deleted:
            self._connection.execute("UPDATE state SET removals_from = ?", (oldest,))

    def _zero(self) -> npt.NDArray[np.float64]:
        return np.zeros(self._before.state.built.dimension)


def add_segment(connection: sqlite3.Connection, segment: SegmentFile) -> None:
    """Name a segment in the manifest."""
    entry = msgspec.json.encode(segment).decode()
    connection.execute("INSERT INTO segments VALUES (?, 0, ?)", (segment.name, entry))


def raise_generation(connection: sqlite3.Connection, *, by: int = 1, manifest: bool) -> None:
    """Count one more generation, and one more state of the manifest if that changed."""
    connection.execute(
        "UPDATE state SET generation = generation + ?, manifest = manifest + ?", (by, int(manifest))
    )
