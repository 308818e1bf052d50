"""Whole generations onto the disk: segment files first, then the catalog, then the words.

Each method is one generation, all of it or nothing, and needs the writer's lock.
"""

import logging
import shutil
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress

from index.catalog import Catalog
from index.changes import Change, Existing, rows_of
from index.commit import Commit, add_segment, raise_generation
from index.errors import StoreError
from index.files import disk_full
from index.folder import DAMAGED, DataFolder, remove_orphans
from index.generation import Damaged, Generation, manifest
from index.lexicon import Lexicon
from index.repair import recount
from index.vectors import SegmentFile, SegmentRows, write_segment

ROOM_TO_SPARE_BYTES = 32 << 20  # for the catalog's log and the words of a batch

log = logging.getLogger(__name__)


class Committer:
    """Writes new generations of one data folder."""

    def __init__(self, folder: DataFolder, catalog: Catalog, lexicon: Lexicon) -> None:
        self._folder = folder
        self._catalog = catalog
        self._lexicon = lexicon

    def put(self, changes: Sequence[Change], before: Generation) -> None:
        """Store a batch. Raises DiskFullError."""
        with self._catalog.reading() as connection:
            passage_id = _next_passage_id(connection)
        rows = rows_of(changes, passage_id)
        self._require_room(changes, rows)
        segment = write_segment(self._folder.vectors, rows) if rows else None
        with self._committing(before) as connection:
            commit = Commit(connection, before)
            for change in changes:
                commit.store(change, passage_id)
                passage_id += len(change.new_passages)
            commit.finish(segment)

    def remove(self, gone: Iterable[Existing], before: Generation) -> None:
        """Delete articles."""
        with self._committing(before, purge=True) as connection:
            commit = Commit(connection, before)
            for existing in gone:
                commit.remove(existing)
            commit.finish(None)

    def replace_segments(
        self, old: Sequence[SegmentFile], new: SegmentFile | None, before: Generation
    ) -> None:
        """Put a merged segment in the place of those that it was made of."""
        # Exact segments answer the same before and after; of an approximate one, a merge changes
        # what it finds, and an answer names the generation that it can be repeated on.
        entries = [*old, new] if new else old
        exact = all(entry.kind == "flat" for entry in entries)
        with self._catalog.writing() if exact else self._committing(before) as connection:
            connection.executemany("DELETE FROM segments WHERE name = ?", ((e.name,) for e in old))
            if new is not None:
                add_segment(connection, new)
            raise_generation(connection, by=0 if exact else 1, manifest=True)
        for entry in old:
            for file in entry.files:
                (self._folder.vectors / file.name).unlink(missing_ok=True)

    def set_aside(self, damaged: Sequence[Damaged], before: Generation) -> None:
        """Take segments out of the manifest and rename their files, as they cannot be used.

        Their passages have no vectors then, until they are embedded again.
        """
        with self._committing(before) as connection:
            for one in damaged:
                connection.execute("DELETE FROM segments WHERE name = ?", (one.entry.name,))
            raise_generation(connection, manifest=True)
        for one in damaged:
            log.warning("%s Its passages are found by their words only.", one.complaint)
            for file in one.entry.files:
                path = self._folder.vectors / file.name
                if path.exists():
                    path.replace(path.with_name(path.name + DAMAGED))

    def recount(self, before: Generation) -> None:
        """Write what is counted anew, and have all readers read everything anew."""
        with self._committing(before) as connection:
            recount(connection, before)
            raise_generation(connection, manifest=True)

    def sweep(self) -> None:
        """Delete the segment files that no manifest names: a dead writer left them."""
        with self._catalog.reading() as connection:
            names = [entry.name for entry in manifest(connection)]
        for name in remove_orphans(self._folder.vectors, names):
            log.info("Deleted %s, which a writer left behind.", name)

    @contextmanager
    def _committing(
        self, before: Generation, *, purge: bool = False
    ) -> Iterator[sqlite3.Connection]:
        """Commit catalog and words; when an exception leaves, free what was written for nothing."""
        try:
            with self._catalog.writing() as connection:
                yield connection
                self._lexicon.stage(connection, before.state, purge=purge)
        except BaseException:
            # It may have come just after the commit (Ctrl-C): only the manifest knows.
            self._lexicon.rollback()
            with suppress(StoreError):
                self.sweep()
            raise
        self._lexicon.commit(before.state.generation + 1)

    def _require_room(self, changes: Sequence[Change], rows: SegmentRows | None) -> None:
        # Found out now, a full disk leaves everything as it was; during the commit of the words
        # it would leave them behind the catalog until there is room again.
        texts = sum(len(change.article.text) for change in changes)
        vectors = rows.vectors.nbytes + rows.sentence_vectors.nbytes if rows else 0
        if shutil.disk_usage(self._folder.path).free < 8 * texts + vectors + ROOM_TO_SPARE_BYTES:
            raise disk_full(self._folder.path)


def _next_passage_id(connection: sqlite3.Connection) -> int:
    row = connection.execute("SELECT seq FROM sqlite_sequence WHERE name = 'passages'").fetchone()
    return 1 + (row[0] if row else 0)
