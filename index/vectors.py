"""Segments: immutable files of passage vectors, and the search in one of them.

Row ``r`` of a segment is the passage ``ids[r]``. Deleted passages keep their row: a search is given
the rows that count. A small segment is searched exactly. In a large one the index proposes
candidates, which are then scored by their vectors. All files are mapped into memory, not read.
"""

import secrets
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Self

import numpy as np
import numpy.typing as npt

from index.arrays import Packed, map_array, pack, unpack, write_array
from index.files import check
from index.protocols import Vector, Vectors
from index.vectors_entry import SegmentFile, SegmentRows
from index.vectors_faiss import (
    Found,
    Mask,
    Rows,
    approximate_index,
    exact_index,
    nearest,
    read_index,
    write_index,
)

if TYPE_CHECKING:
    import faiss

__all__ = ["FLAT_UP_TO", "Segment", "SegmentFile", "SegmentRows", "merge", "write_segment"]

# Measured with 384 components on one thread of an AVX-512 machine, on vectors drawn around those of
# real sentences, with questions for queries. An exact search takes 0.07 ms per 1,000 passages, an
# approximate one 0.5 ms and 0.006 ms per 1,000; an index holds several segments of this size at
# once, and a larger one has nothing to gain from being exact.
FLAT_UP_TO = 16_384  # passages
# Of 1,000,000 passages the 10 nearest are found with a recall of 0.982 among 800 candidates and of
# 0.994 among 1,600, the 100 nearest with 0.955 among 1,600 and 0.984 among 3,200, in 6 to 7 ms
# (exact search: 70 to 150 ms).
CANDIDATES_LEAST = 1_600
CANDIDATES_EACH = 32  # for each passage that is asked for
EXACT_UP_TO = 8_000  # allowed passages: scoring all of them takes less than proposing candidates
TRAINED_ON = 4_096  # vectors; faiss uses no more for 16 centroids
BLOCK_ROWS = 8_192


class Segment:
    """An open segment; any number of threads may read it."""

    def __init__(self, entry: SegmentFile, paths: Sequence[Path]) -> None:
        passages, dimension = entry.passages, entry.dimension
        self.entry = entry
        self._index = read_index(paths[0], passages, dimension)
        table = map_array(paths[1], (passages, 2), np.int64)
        self.ids: Rows = np.ascontiguousarray(table[:, 0])
        self.sentence_counts: Rows = np.ascontiguousarray(table[:, 1])
        self._sentence_ends = np.cumsum(self.sentence_counts)
        self._sentences: Packed = map_array(paths[2], (entry.sentences, dimension), np.int16)
        self._vectors: Packed | None = None
        if entry.kind == "pq":
            self._vectors = map_array(paths[3], (passages, dimension), np.int16)

    @classmethod
    def open(cls, folder: Path, entry: SegmentFile, *, verify: bool = False) -> Self:
        """Open what ``write_segment`` wrote; ``verify`` compares the checksums too.

        Raises CorruptError naming the file that is missing or is not the one written.
        """
        return cls(entry, [check(folder, file, verify=verify) for file in entry.files])

    def __len__(self) -> int:
        return self.entry.passages

    def search(self, vector: Vector, limit: int, allowed: Mask | None = None) -> Found:
        """Return the rows of the nearest passages and their inner products, best first.

        As many as ``limit``, or as are allowed if those are fewer. None allows all.
        """
        count = len(self) if allowed is None else int(np.count_nonzero(allowed))
        limit = min(limit, count)
        if limit <= 0:
            return np.empty(0, np.int64), np.empty(0, np.float32)
        if self._vectors is None:
            return nearest(self._index, vector, limit, allowed)
        candidates = max(CANDIDATES_EACH * limit, CANDIDATES_LEAST)
        if count <= max(candidates, EXACT_UP_TO):
            rows = np.arange(count) if allowed is None else np.flatnonzero(allowed)
        else:
            rows = np.sort(nearest(self._index, vector, candidates, allowed)[0])
        scores = self.vectors(rows) @ vector
        best = np.argsort(-scores, kind="stable")[:limit]
        return rows[best], scores[best]

    def vectors(self, rows: Rows) -> Vectors:
        """Return passage vectors, shape ``(len(rows), dimension)``, in the order of ``rows``."""
        if self._vectors is not None:
            return unpack(self._vectors[rows])
        if len(rows) == 0:
            return np.empty((0, self.entry.dimension), np.float32)
        vectors: Vectors = self._index.reconstruct_batch(np.ascontiguousarray(rows, np.int64))
        return vectors

    def sentence_vectors(self, row: int) -> Vectors:
        """Return the vectors of one passage's sentences, in order, one a row."""
        end = self._sentence_ends[row]
        return unpack(self._sentences[end - self.sentence_counts[row] : end])

    def table(self, rows: Rows) -> npt.NDArray[np.int64]:
        """Return passage id and number of sentences of each row, shape ``(len(rows), 2)``."""
        return np.column_stack((self.ids[rows], self.sentence_counts[rows]))

    def sentences_of(self, rows: Rows) -> Iterator[Packed]:
        """Yield the sentence vectors of these passages one after the other, in blocks."""
        kept = np.zeros(len(self), np.bool_)
        kept[rows] = True
        for block in _blocks(np.flatnonzero(np.repeat(kept, self.sentence_counts))):
            yield self._sentences[block]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Content:
    """What is to be written, and where it comes from block by block: memory stays bounded."""

    table: npt.NDArray[np.int64]  # (n, 2): passage id, number of sentences
    dimension: int
    vectors: Callable[[Rows], Vectors]  # of rows in [0, n), ascending
    sentences: Iterable[Packed]

    def blocks(self) -> Iterator[Vectors]:
        return map(self.vectors, _blocks(np.arange(len(self.table))))


def write_segment(folder: Path, rows: SegmentRows) -> SegmentFile:
    """Write a new segment, durably, under a name of its own, and return its manifest entry."""
    return _write(
        folder,
        _Content(
            table=np.column_stack((rows.passage_ids, rows.sentence_counts)).astype(np.int64),
            dimension=rows.vectors.shape[1],
            vectors=lambda wanted: rows.vectors[wanted],
            sentences=(
                pack(rows.sentence_vectors[block])
                for block in _blocks(np.arange(len(rows.sentence_vectors)))
            ),
        ),
    )


def merge(folder: Path, segments: Sequence[Segment], alive: Sequence[Mask]) -> SegmentFile:
    """Write one segment of the rows that are alive, in order, and return its manifest entry.

    Raises ValueError when no row is alive.
    """
    kept = [(segment, np.flatnonzero(rows)) for segment, rows in zip(segments, alive, strict=True)]
    starts = np.cumsum([0, *(len(rows) for _, rows in kept)])
    if starts[-1] == 0:
        raise ValueError("no row is alive")

    def vectors(wanted: Rows) -> Vectors:
        parts = np.split(wanted, np.searchsorted(wanted, starts[1:-1]))
        return np.concatenate(
            [
                segment.vectors(rows[part - start])
                for (segment, rows), part, start in zip(kept, parts, starts[:-1], strict=True)
            ]
        )

    return _write(
        folder,
        _Content(
            table=np.concatenate([segment.table(rows) for segment, rows in kept]),
            dimension=segments[0].entry.dimension,
            vectors=vectors,
            sentences=(block for segment, rows in kept for block in segment.sentences_of(rows)),
        ),
    )


def _write(folder: Path, content: _Content) -> SegmentFile:
    name = secrets.token_hex(8)
    passages, dimension = len(content.table), content.dimension
    sentences = int(content.table[:, 1].sum())
    files = [
        write_index(folder / f"{name}.faiss", _index(content)),
        write_array(folder / f"{name}.passages.npy", (passages, 2), np.int64, [content.table]),
        write_array(
            folder / f"{name}.sentences.npy", (sentences, dimension), np.int16, content.sentences
        ),
    ]
    if passages > FLAT_UP_TO:
        path, blocks = folder / f"{name}.vectors.npy", map(pack, content.blocks())
        files.append(write_array(path, (passages, dimension), np.int16, blocks))
    return SegmentFile(
        name=name,
        kind="flat" if passages <= FLAT_UP_TO else "pq",
        passages=passages,
        sentences=sentences,
        dimension=dimension,
        files=tuple(files),
    )


def _index(content: _Content) -> "faiss.Index":
    count = len(content.table)
    if count <= FLAT_UP_TO:
        index = exact_index(content.dimension)
    else:
        sample = np.linspace(0, count - 1, min(count, TRAINED_ON)).astype(np.int64)
        index = approximate_index(content.dimension, content.vectors(sample))
    for block in content.blocks():
        index.add(np.ascontiguousarray(block, np.float32))
    return index


def _blocks(rows: Rows) -> Iterator[Rows]:
    return (rows[start : start + BLOCK_ROWS] for start in range(0, len(rows), BLOCK_ROWS))
