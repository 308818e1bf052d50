"""The one who writes: a turn under the lock, with mending before and merging after.

Whatever a killed process leaves behind (files that no manifest names, words that lag) is put right
at the beginning of the next turn, and when an index is opened.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

import msgspec

from index import merge
from index.adopt import adopt
from index.catalog import Catalog
from index.changes import Change, Existing
from index.committer import Committer
from index.folder import DataFolder
from index.generation import Damaged, Generation
from index.lexicon import Lexicon
from index.lock import PATIENCE_S, WriterLock
from index.newest import Newest
from index.repair import damaged, words_agree
from index.state import read_state
from index.vectors import SegmentFile
from index.vectors import merge as write_merged


class Writer:
    """Writes to one data folder. All but ``turn``, ``mend`` and ``check`` is used inside a turn."""

    def __init__(self, folder: DataFolder, catalog: Catalog, lexicon: Lexicon) -> None:
        self._folder = folder
        self._catalog = catalog
        self._lexicon = lexicon
        self._committer = Committer(folder, catalog, lexicon)
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
                self._committer.set_aside(broken, generation)
                generation = newest.generation()
            yield generation
            if self._log_holds_deleted:
                self._log_holds_deleted = not self._catalog.checkpoint()

    def mend(self) -> None:
        """Mend what a dead writer left, unless a living one is at work: then WriterBusyError."""
        with self._lock.held(timeout_s=0):
            self._mend()

    def check(self) -> None:
        """Mend, after reading the words through: they are written again if they are damaged."""
        with self._lock.held(timeout_s=0):
            self._check_words()
            self._mend()

    def put(self, changes: Sequence[Change], before: Generation, newest: Newest) -> None:
        """Store a batch as one new generation. Raises DiskFullError."""
        self._committer.put(changes, before)
        self.merge(merge.due(self.sizes()), newest)

    def remove(self, gone: Iterable[Existing], before: Generation, newest: Newest) -> None:
        """Delete articles as one new generation, off the disk too where it does not take long."""
        self._committer.remove(gone, before)
        self._log_holds_deleted = True
        self.merge(merge.due(self.sizes()), newest)
        small = merge.with_deleted_rows(self.sizes(), bytes_at_most=merge.PURGED_BYTES)
        self.merge(small, newest)

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
            some = any(mask.any() for mask in alive)
            merged = write_merged(self._folder.vectors, segments, alive) if some else None
            entries = [segment.entry for segment in segments]
            self._committer.replace_segments(entries, merged, generation)

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
            self._committer.set_aside(broken, generation)
            generation = newest.generation()
        self._check_words()
        if not words_agree(generation.words, generation.columns):
            self._lexicon.clear()
        self._committer.recount(generation)
        self._mend()

    def _mend(self) -> None:
        with self._catalog.reading() as connection:
            self._lexicon.catch_up(connection, read_state(connection))
        self._committer.sweep()

    def _check_words(self) -> None:
        with self._catalog.reading() as connection:
            self._lexicon.check(connection, read_state(connection))

    def _exists(self, damaged: Damaged) -> bool:
        # What is missing may come back (a disk not mounted); only what is there and wrong is sure.
        return all((self._folder.vectors / file.name).exists() for file in damaged.entry.files)
