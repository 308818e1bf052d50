"""One generation of the index in memory: columns, open segments and words that belong together."""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

import msgspec
import numpy as np

from index.columns import Columns
from index.errors import CorruptError
from index.protocols import Filters, Scores, Vector, Vectors
from index.rows import numbers_of
from index.scope import PassageIds, Scope
from index.state import State
from index.terms import TermsSearcher
from index.vectors import Segment, SegmentFile

SCOPES_KEPT = 8  # each takes a byte a passage
Rows = PassageIds


class OpenSegment:
    """A segment whose rows can be found by passage id."""

    def __init__(self, segment: Segment) -> None:
        self.segment = segment
        self.name = segment.entry.name
        self.ids = segment.ids
        ascending = bool(np.all(self.ids[1:] > self.ids[:-1]))
        self._order = None if ascending else np.argsort(self.ids)
        self._sorted = self.ids if self._order is None else self.ids[self._order]

    def rows_of(self, passage_ids: PassageIds) -> Rows:
        """Return the row of each passage, -1 for one that is not in this segment."""
        places = np.searchsorted(self._sorted, passage_ids)
        places[places == len(self._sorted)] = 0
        found = self._sorted[places] == passage_ids
        rows = places if self._order is None else self._order[places]
        return np.where(found, rows, -1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Damaged:
    """A segment that the manifest names and that cannot be used."""

    entry: SegmentFile
    complaint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Generation:
    """What all snapshots of one generation share; several threads read it at once."""

    state: State
    columns: Columns
    segments: tuple[OpenSegment, ...]
    damaged: tuple[Damaged, ...]
    words: TermsSearcher | None  # None when they cannot be read
    _scopes: dict[Filters, Scope] = field(default_factory=dict)

    @classmethod
    def read(
        cls,
        connection: sqlite3.Connection,
        state: State,
        folder: Path,
        words: TermsSearcher | None,
        *,
        known: Self | None,
        verify_bytes: int = 0,
    ) -> Self:
        """Return the generation that the connection sees; ``folder`` is that of the segments.

        ``known`` is an earlier one, of which what is the same is kept. Newly opened segments are
        read through and compared with their checksums, smallest first, ``verify_bytes`` at most.
        """
        columns, since = _start(state, known)
        opened = {segment.name: segment for segment in known.segments} if known else {}
        segments, damaged = [], []
        for entry in sorted(manifest(connection), key=lambda entry: entry.bytes):
            verify_bytes -= 0 if entry.name in opened else entry.bytes
            segment = opened.get(entry.name) or open_segment(
                folder, entry, verify=verify_bytes >= 0
            )
            if isinstance(segment, Damaged):
                damaged.append(segment)
            else:
                segments.append(segment)
        return cls(
            state=state,
            columns=Columns.follow(columns, connection, since),
            segments=tuple(sorted(segments, key=lambda segment: int(segment.ids[0]))),
            damaged=tuple(damaged),
            words=words,
        )

    @property
    def is_in_step(self) -> bool:
        """Whether the words are of the same generation as the rest."""
        return self.words is not None and self.words.generation == self.state.generation

    def scope(self, filters: Filters, connection: sqlite3.Connection) -> Scope:
        """Return what the filters let through."""
        scope = self._scopes.get(filters)
        if scope is None:
            named = filters.article_ids
            numbers = numbers_of(connection, named) if named else None
            scope = Scope(self.columns, filters, numbers)
            if len(self._scopes) >= SCOPES_KEPT:
                self._scopes.clear()
            self._scopes[filters] = scope
        return scope

    def nearest(self, vector: Vector, limit: int, scope: Scope) -> list[tuple[int, float]]:
        """Return the passages of the highest inner product: at most ``limit``, best first.

        Equal ones come by ascending id.
        """
        ids, scores = [np.empty(0, np.int64)], [np.empty(0, np.float32)]
        for opened in self.segments:
            allowed = scope.rows(opened.name, opened.ids)
            rows, found = opened.segment.search(vector, limit, allowed)
            ids.append(opened.ids[rows])
            scores.append(found)
        all_ids, all_scores = np.concatenate(ids), np.concatenate(scores)
        best = np.lexsort((all_ids, -all_scores))[:limit]
        return list(zip(all_ids[best].tolist(), all_scores[best].tolist(), strict=True))

    def vectors(self, passage_ids: Sequence[int]) -> dict[int, tuple[Vector, Vectors]]:
        """Return the vector and the sentences' vectors of each passage that has them."""
        wanted = np.array(passage_ids, np.int64)
        found: dict[int, tuple[Vector, Vectors]] = {}
        for opened in self.segments:
            rows = opened.rows_of(wanted)
            here = np.flatnonzero(rows >= 0)
            vectors = opened.segment.vectors(rows[here])
            for place, row, vector in zip(here, rows[here], vectors, strict=True):
                sentences = opened.segment.sentence_vectors(int(row))
                found[int(wanted[place])] = (vector, sentences)
        return found

    def cosines(self, vector: Vector, passage_ids: Sequence[int]) -> Scores:
        """Return the inner product with each passage, in their order; 0 without a vector."""
        wanted = np.array(passage_ids, np.int64)
        scores = np.zeros(len(wanted))
        for opened in self.segments:
            rows = opened.rows_of(wanted)
            here = np.flatnonzero(rows >= 0)
            scores[here] = opened.segment.vectors(rows[here]) @ vector
        return scores

    def holders(self, passage_ids: Sequence[int]) -> dict[str, int]:
        """Return how many of these passages each segment holds, without those that hold none."""
        wanted = np.array(passage_ids, np.int64)
        counts = {
            opened.name: int(np.count_nonzero(opened.rows_of(wanted) >= 0))
            for opened in self.segments
        }
        return {name: count for name, count in counts.items() if count}

    def lost(self) -> PassageIds:
        """Return the passages that no readable segment holds, ascending."""
        held = np.zeros(len(self.columns.owner), np.bool_)
        for opened in self.segments:
            held[opened.ids] = True
        return np.flatnonzero((self.columns.owner > 0) & ~held)


def open_segment(folder: Path, entry: SegmentFile, *, verify: bool) -> OpenSegment | Damaged:
    """Open what the manifest names, or say why it cannot be used."""
    try:
        return OpenSegment(Segment.open(folder, entry, verify=verify))
    except CorruptError as error:
        return Damaged(entry=entry, complaint=error.message)
    except FileNotFoundError as error:  # a merge took it away after the first look
        return Damaged(entry=entry, complaint=f"{error.filename} is missing.")


def manifest(connection: sqlite3.Connection) -> list[SegmentFile]:
    """Return the segments that make up this generation."""
    rows = connection.execute("SELECT entry FROM segments")
    return [msgspec.json.decode(entry, type=SegmentFile) for (entry,) in rows]


def _start(state: State, known: Generation | None) -> tuple[Columns, int]:
    """Return the columns to begin with, and the generation that they show."""
    if (
        known is None
        or known.state.incarnation != state.incarnation
        or known.state.generation < state.removals_from
    ):
        return Columns.empty(), -1
    return known.columns, known.state.generation
