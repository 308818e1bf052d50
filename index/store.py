"""The store on this machine's files: catalog, segments and words behind one door.

Threads may share a store, and processes a data folder: writers take turns, readers never wait for
a merge, and for a commit only as long as its words take to be written.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Self

import numpy as np

from index import changes, merge, rows
from index.article import Article
from index.catalog import Catalog
from index.errors import StoreError
from index.folder import DataFolder
from index.lexicon import Lexicon
from index.lock import WriterLock
from index.newest import Newest
from index.protocols import Prepared, Stored, Vector, Vectors
from index.snapshot import LocalSnapshot
from index.state import Built
from index.status import Status, status_of
from index.writer import Writer

ARTICLES_AT_ONCE = 64


class LocalStore:
    """The ``Store`` in one data folder. ``open`` makes one."""

    def __init__(self, folder: DataFolder, catalog: Catalog, expected: Built | None) -> None:
        lexicon = Lexicon(folder.terms)
        self._folder = folder
        self._catalog = catalog
        self._writer = Writer(folder, catalog, lexicon)
        self._newest = Newest(folder, catalog, lexicon, expected=expected, mend=self._writer.mend)

    @classmethod
    def open(
        cls, folder: Path, *, fingerprint: str, dimension: int, model: str, create: bool = True
    ) -> Self:
        """Open the index in ``folder``; make an empty one there if ``create``.

        ``model`` is what the user calls the embedder. Raises EmbedderChangedError when the index
        was built with another one, CorruptError, or StoreError when the folder is not ours.
        """
        place, built = (
            DataFolder(folder),
            Built(fingerprint=fingerprint, dimension=dimension, model=model),
        )
        catalog = Catalog(place.catalog)
        if create:
            place.make()
            with WriterLock(place.lock).held():
                if catalog.is_blank:
                    catalog.create(built)
        return cls._opened(place, catalog, built)

    @classmethod
    def open_existing(cls, folder: Path) -> Self:
        """Open an index for what needs no embedder: lists, status, maintenance, deleting."""
        place = DataFolder(folder)
        return cls._opened(place, Catalog(place.catalog), None)

    @classmethod
    def _opened(cls, place: DataFolder, catalog: Catalog, expected: Built | None) -> Self:
        place.require_existing()
        catalog.check_format()
        store = cls(place, catalog, expected)
        with suppress(StoreError):  # another process is writing, and mends, or we may not write
            store._writer.check()
        store._newest.generation()
        return store

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of files and memory; snapshots that are still held close with themselves."""
        self._newest.forget()
        self._catalog.close()

    @property
    def folder(self) -> Path:
        """The data folder."""
        return self._folder.path

    @property
    def fingerprint(self) -> str:
        """The embedder that made the vectors."""
        return self._newest.generation().state.built.fingerprint

    def snapshot(self) -> LocalSnapshot:
        """Return the newest committed generation."""
        generation, connection = self._newest.take()
        return LocalSnapshot(generation, self._catalog, connection)

    def known_vectors(
        self, content_hashes: Iterable[bytes]
    ) -> Mapping[bytes, tuple[Vector, Vectors]]:
        """Return the vectors that the store already holds for these contents."""
        generation, connection = self._newest.take()
        try:
            with self._catalog.translated():
                found = dict(rows.passages_with_content(connection, content_hashes))
        finally:
            self._catalog.give_back(connection)
        vectors = generation.vectors(list(found.values()))
        return {key: vectors[id_] for key, id_ in found.items() if id_ in vectors}

    def versions(self, article_ids: Sequence[str]) -> Mapping[str, Article]:
        """Return the stored articles among these ids: what is equal needs no new work."""
        with self._catalog.reading() as connection:
            return rows.articles(connection, article_ids)

    def articles(self, limit: int = ARTICLES_AT_ONCE) -> Iterator[list[Article]]:
        """Yield all articles in batches, in the order in which they first came."""
        last = 0
        while True:
            with self._catalog.reading() as connection:
                batch = rows.articles_after(connection, last, limit)
            if not batch:
                return
            last = batch[-1][0]
            yield [article for _, article in batch]

    def lost_articles(self, limit: int = ARTICLES_AT_ONCE) -> Iterator[list[Article]]:
        """Yield the articles whose passages lost vectors: prepare them, then ``restore_vectors``.

        They are the ones when the iteration begins.
        """
        numbers = self._lost_numbers()
        for start in range(0, len(numbers), limit):
            with self._catalog.reading() as connection:
                found = rows.stored_articles(connection, numbers[start : start + limit])
            yield [stored.article for _, stored in sorted(found.items())]

    def count_lost(self) -> int:
        """Return how many articles have passages that lost vectors."""
        return len(self._lost_numbers())

    def _lost_numbers(self) -> list[int]:
        generation = self._newest.generation()
        numbers: list[int] = np.unique(generation.columns.owner[generation.lost()]).tolist()
        return numbers

    def status(self) -> Status:
        """Return counts, sizes, and what is not as it should be."""
        return status_of(self._folder, self._newest.generation())

    def put(self, articles: Sequence[Prepared]) -> list[Stored]:
        """Add or replace articles, all or none, as one new generation.

        Of several with the same id the last one counts. Raises ArticleError, WriterBusyError,
        DiskFullError.
        """
        return self._put(articles, again=False)

    def restore_vectors(self, articles: Sequence[Prepared]) -> list[Stored]:
        """Write all passages of these articles anew, because their vectors were lost."""
        return self._put(articles, again=True)

    def remove(self, article_ids: Sequence[str]) -> list[str]:
        """Delete articles from text, vectors and postings; return the ids that there were."""
        with self._writer.turn(self._newest) as before:
            with self._catalog.reading() as connection:
                stored = changes.existing(connection, article_ids)
            if stored:
                self._writer.remove(stored.values(), before, self._newest)
        return [article_id for article_id in dict.fromkeys(article_ids) if article_id in stored]

    def merge(self, *, everything: bool = False) -> None:
        """Merge what is due, however large, and drop all rows of deleted passages.

        ``everything`` makes one segment of all. Slow on a large index; readers do not wait.
        """
        with self._writer.turn(self._newest):
            sizes = self._writer.sizes()
            if everything:
                self._writer.merge([[size.name for size in sizes]] if sizes else [], self._newest)
                return
            self._writer.merge(merge.due(sizes, rows_at_most=None), self._newest)
            dead = merge.with_deleted_rows(self._writer.sizes(), bytes_at_most=None)
            self._writer.merge(dead, self._newest)
        self._catalog.checkpoint()

    def adopt(self, source: Path, *, move: bool, ready: Callable[[], bool] = lambda: True) -> bool:
        """Replace all content by that of the index in ``source``, at once, as a new generation.

        ``move`` takes its files away from it. ``ready`` is asked when nobody else can write any
        more; if it says no, nothing happens and the result is False. Raises CorruptError when a
        file of the source is damaged.
        """
        with self._writer.turn(self._newest):
            if not ready():
                return False
            self._writer.adopt(DataFolder(source), move=move)
            return True

    def repair(self) -> None:
        """Mend all that needs no embedder, and take out of use what is damaged or missing."""
        with self._writer.turn(self._newest):
            self._writer.repair(self._newest)

    def _put(self, articles: Sequence[Prepared], *, again: bool) -> list[Stored]:
        ids = [prepared.article.id for prepared in articles]
        with self._writer.turn(self._newest) as before:
            changes.check(articles, before.state.built.dimension)
            with self._catalog.reading() as connection:
                stored = changes.existing(connection, ids)
            todo = changes.plan(articles, stored, again=again)
            if todo:
                self._writer.put(todo, before, self._newest)
            with self._catalog.reading() as connection:
                summaries = {id_: rows.summary(connection, id_) for id_ in ids}
        status = {change.article.id: change.status for change in todo}
        return [
            Stored(
                id=id_,
                status=status.get(id_, "unchanged"),
                passages=summary.passages,
                duplicate_of=summary.duplicate_of,
            )
            for id_ in ids
            if (summary := summaries[id_]) is not None
        ]
