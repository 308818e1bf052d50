"""The one who writes: a turn under the lock, commits of whole batches, merges, and mending.

Segment files are written first, then the catalog commits, then the words. Whatever a killed
process leaves behind is put right at the beginning of the next turn.
"""

import logging
import shutil
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

import msgspec

from index import merge
from index.adopt import adopt
from index.catalog import Catalog, read_state
from index.changes import Change, Existing, rows_of
from index.commit import Commit, add_segment, raise_generation
from index.files import disk_full
from index.folder import DAMAGED, DataFolder, remove_orphans
from index.generation import Damaged, Generation, manifest
from index.lexicon import Lexicon
from index.lock import PATIENCE_S, WriterLock
from index.newest import Newest
from index.repair import damaged, recount, words_agree
from index.vectors import SegmentFile, SegmentRows, write_segment
from index.vectors import merge as write_merged

ROOM_TO_SPARE_BYTES = 32 << 20  # for the catalog's log and the words of a batch

log = logging.getLogger(__name__)


class Writer:
    """Writes to one data folder. All but ``turn`` and ``mend`` is used inside a turn."""

    def __init__(self, folder: DataFolder, catalog: Catalog, lexicon: Lexicon) -> None:
        self._folder = folder
        self._catalog = catalog
        self._lexicon = lexicon
        self._lock = WriterLock(folder.lock)
        self._log_holds_deleted = False

    @contextmanager
    def turn(self, newest: Newest, timeout_s: float = PATIENCE_S) -> Iterator[Generation]:
        """Hold the lock; give the newest generation, after mending what a dead writer left.

        Raises WriterBusyError when others do not let go of the lock in time.
        """
        with self._lock.held(timeout_s):
            self._mend()
            generation = newest.generation()
            if broken := [damaged for damaged in generation.damaged if self._exists(damaged)]:
                self.set_aside(broken, generation)
                generation = newest.generation()
            yield generation
            if self._log_holds_deleted:
                self._log_holds_deleted = not self._catalog.checkpoint()

    def mend(self) -> None:
        """Mend what a dead writer left, unless a living one is at work: then WriterBusyError."""
        with self._lock.held(timeout_s=0):
            self._mend()

    def check_words(self) -> None:
        """Read the lexical index through, and write it again if it is damaged."""
        with self._lock.held(timeout_s=0):
            self._lexicon.check()
            self._mend()

    def put(self, changes: Sequence[Change], before: Generation) -> None:
        """Store a batch as one new generation."""
        with self._catalog.reading() as connection:
            passage_id = _next_passage_id(connection)
        rows = rows_of(changes, passage_id)
        self._require_room(changes, rows)
        segment = write_segment(self._folder.vectors, rows) if rows else None
        with self._committing(before, segment) as connection:
            commit = Commit(connection, before)
            for change in changes:
                commit.store(change, passage_id)
                passage_id += len(change.new_passages)
            commit.finish(segment)

    def remove(self, gone: Iterable[Existing], before: Generation) -> None:
        """Delete articles as one new generation."""
        with self._committing(before, None, purge=True) as connection:
            commit = Commit(connection, before)
            for existing in gone:
                commit.remove(existing)
            commit.finish(None)
        self._log_holds_deleted = True

    def sizes(self) -> list[merge.Size]:
        """Return how large the segments are, by name."""
        with self._catalog.reading() as connection:
            found = connection.execute("SELECT dead, entry FROM segments ORDER BY name").fetchall()
        entries = [(dead, msgspec.json.decode(entry, type=SegmentFile)) for dead, entry in found]
        return [
            merge.Size(name=entry.name, rows=entry.passages, dead=dead, bytes=entry.bytes)
            for dead, entry in entries
        ]

    def merge(self, groups: Iterable[Sequence[str]], newest: Newest) -> None:
        """Make one segment of each group, without the rows of deleted passages."""
        for names in groups:
            generation = newest.generation()
            opened = [segment for segment in generation.segments if segment.name in names]
            if len(opened) < len(names):
                continue  # one of them is damaged; it must not be lost sight of
            alive = [generation.columns.owner[segment.ids] > 0 for segment in opened]
            segments = [segment.segment for segment in opened]
            merged = (
                write_merged(self._folder.vectors, segments, alive)
                if any(mask.any() for mask in alive)
                else None
            )
            entries = [segment.entry for segment in segments]
            self._switch(entries, merged, generation)

    def set_aside(self, damaged: Sequence[Damaged], before: Generation) -> None:
        """Take segments out of the manifest and rename their files, as they cannot be used.

        Their passages have no vectors then, until they are embedded again.
        """
        with self._committing(before, None) as connection:
            for one in damaged:
                connection.execute("DELETE FROM segments WHERE name = ?", (one.entry.name,))
            raise_generation(connection, manifest=True)
        for one in damaged:
            log.warning("%s Its passages are found by their words only.", one.complaint)
            for file in one.entry.files:
                path = self._folder.vectors / file.name
                if path.exists():
                    path.replace(path.with_name(path.name + DAMAGED))

    def adopt(self, source: DataFolder, *, move: bool) -> None:
        """Make another index the content of this one, as a new generation."""
        adopt(self._folder, self._catalog, self._lexicon, source, move=move)
        self._mend()

    def repair(self, newest: Newest) -> None:
        """Mend all that needs no embedder, and take out of use what is damaged or missing."""
        generation = newest.generation()
        entries = [opened.segment.entry for opened in generation.segments]
        broken = [*generation.damaged, *damaged(self._folder.vectors, entries)]
        if broken:
            self.set_aside(broken, generation)
            generation = newest.generation()
        self._lexicon.check()
        if not words_agree(generation.words, generation.columns):
            self._lexicon.clear()
        with self._committing(generation, None) as connection:
            recount(connection, generation)
            raise_generation(connection, manifest=True)  # so that all readers read anew
        self._mend()

    def _mend(self) -> None:
        with self._catalog.reading() as connection:
            self._lexicon.catch_up(connection, read_state(connection))
            names = [entry.name for entry in manifest(connection)]
        for name in remove_orphans(self._folder.vectors, names):
            log.info("Deleted %s, which a writer left behind.", name)

    @contextmanager
    def _committing(
        self, before: Generation, segment: SegmentFile | None, *, purge: bool = False
    ) -> Iterator[sqlite3.Connection]:
        """Commit catalog and words; forget words and segment when an exception leaves."""
        try:
            with self._catalog.writing() as connection:
                yield connection
                self._lexicon.stage(connection, before.state, purge=purge)
        except BaseException:
            self._lexicon.rollback()
            self._unlink([segment] if segment else [])
            raise
        self._lexicon.commit(before.state.generation + 1)

    def _switch(
        self, old: Sequence[SegmentFile], new: SegmentFile | None, before: Generation
    ) -> None:
        # Exact segments answer the same before and after; of an approximate one, a merge changes
        # what it finds, and an answer names the generation that it can be repeated on.
        entries = [*old, new] if new else old
        if any(entry.kind != "flat" for entry in entries):
            with self._committing(before, new) as connection:
                raise_generation(connection, manifest=True)
                _rename(connection, old, new)
        else:
            with self._catalog.writing() as connection:
                connection.execute("UPDATE state SET manifest = manifest + 1")
                _rename(connection, old, new)
        self._unlink(old)

    def _require_room(self, changes: Sequence[Change], rows: SegmentRows | None) -> None:
        # Found out now, a full disk leaves everything as it was; during the commit of the words
        # it would leave them behind the catalog until there is room again.
        texts = sum(len(change.article.text) for change in changes)
        vectors = rows.vectors.nbytes + rows.sentence_vectors.nbytes if rows else 0
        if shutil.disk_usage(self._folder.path).free < 8 * texts + vectors + ROOM_TO_SPARE_BYTES:
            raise disk_full(self._folder.path)

    def _exists(self, damaged: Damaged) -> bool:
        # What is missing may come back (a disk not mounted); only what is there and wrong is sure.
        return all((self._folder.vectors / file.name).exists() for file in damaged.entry.files)

    def _unlink(self, entries: Iterable[SegmentFile]) -> None:
        for entry in entries:
            for file in entry.files:
                (self._folder.vectors / file.name).unlink(missing_ok=True)


def _rename(
    connection: sqlite3.Connection, old: Sequence[SegmentFile], new: SegmentFile | None
) -> None:
    connection.executemany("DELETE FROM segments WHERE name = ?", ((e.name,) for e in old))
    if new is not None:
        add_segment(connection, new)


def _next_passage_id(connection: sqlite3.Connection) -> int:
    row = connection.execute("SELECT seq FROM sqlite_sequence WHERE name = 'passages'").fetchone()
    return 1 + (row[0] if row else 0)
