"""Segments: immutable files of passage vectors that are searched with FAISS.

A segment is three files that are never changed: a FAISS index whose row ``r`` is the vector of the
passage ``ids[r]``, the sentence vectors one passage after the other, and the table that says which
passage has how many of them. Deleted passages stay in the file; a search is given the rows that
count. All three are mapped into memory, not read: what is not searched takes no memory.

The only module that imports faiss.
"""

import secrets
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Self

import numpy as np
import numpy.typing as npt
from msgspec import Struct

from index.files import Sink, StoredFile, check, corrupt, write_durably
from index.protocols import Vector, Vectors

if TYPE_CHECKING:
    import faiss

FLAT_UP_TO = 50_000  # passages
EXACT_UP_TO = 4_000  # allowed passages
PROBES = 64  # lists of an approximate segment that one search reads
BLOCK_ROWS = 8_192

Mask = npt.NDArray[np.bool_]  # shape (passages,)
Rows = npt.NDArray[np.int64]
Kind = Literal["flat", "ivf"]


class SegmentFile(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The entry of a segment in the manifest."""

    name: str
    kind: Kind
    passages: int
    sentences: int
    dimension: int
    files: tuple[StoredFile, StoredFile, StoredFile]  # index, rows, sentence vectors

    @property
    def bytes(self) -> int:
        """Size on disk."""
        return sum(file.bytes for file in self.files)


@dataclass(frozen=True, slots=True, kw_only=True)
class SegmentRows:
    """What a segment is made of: ``n`` passages with ``m`` sentences, vectors of length ``d``."""

    passage_ids: Rows  # (n,)
    vectors: Vectors  # (n, d), of unit length
    sentence_counts: npt.NDArray[np.int32]  # (n,), their sum is m
    sentence_vectors: Vectors  # (m, d), in the order of the passages

    def __post_init__(self) -> None:
        n, d = self.vectors.shape
        m = int(self.sentence_counts.sum())
        if n == 0:
            raise ValueError("a segment holds at least one passage")
        if self.passage_ids.shape != (n,) or self.sentence_counts.shape != (n,):
            raise ValueError("one id and one number of sentences for each passage vector")
        if self.sentence_vectors.shape != (m, d):
            raise ValueError(f"sentence vectors {self.sentence_vectors.shape}, not {(m, d)}")


class Segment:
    """An open segment; any number of threads may read it."""

    def __init__(
        self,
        entry: SegmentFile,
        index: "faiss.Index",
        table: npt.NDArray[np.int64],
        sentences: npt.NDArray[np.float16],
    ) -> None:
        self.entry = entry
        self.ids: Rows = np.ascontiguousarray(table[:, 0])
        self.sentence_counts = table[:, 1].astype(np.int32)
        self._index = index
        self._offsets = np.concatenate(([0], np.cumsum(table[:, 1])))
        self._sentences = sentences

    @classmethod
    def open(cls, folder: Path, entry: SegmentFile, *, verify: bool = False) -> Self:
        """Open what ``write_segment`` wrote; ``verify`` compares the checksums too.

        Raises CorruptError naming the file that is missing or is not the one written.
        """
        index, rows, sentences = (check(folder, file, verify=verify) for file in entry.files)
        return cls(
            entry,
            _read_index(index, entry),
            _read_array(rows, (entry.passages, 2), np.int64),
            _read_array(sentences, (entry.sentences, entry.dimension), np.float16),
        )

    def __len__(self) -> int:
        return self.entry.passages

    def search(
        self, vector: Vector, limit: int, allowed: Mask | None = None
    ) -> tuple[Rows, npt.NDArray[np.float32]]:
        """Return the rows of the nearest passages and their inner products, best first.

        At most ``limit``; exactly ``limit`` when so many rows are allowed. None allows all.
        """
        count = len(self) if allowed is None else int(np.count_nonzero(allowed))
        limit = min(limit, count)
        if limit <= 0:
            return np.empty(0, np.int64), np.empty(0, np.float32)
        if self.entry.kind == "flat":
            return _ask(self._index, vector, limit, _selecting(allowed))
        if allowed is not None and count <= max(EXACT_UP_TO, limit):
            return self._search_exactly(vector, limit, np.flatnonzero(allowed))
        return self._search_lists(vector, limit, allowed, count)

    def vectors(self, rows: Rows) -> Vectors:
        """Return passage vectors, shape ``(len(rows), dimension)``, in the order of ``rows``."""
        if len(rows) == 0:
            return np.empty((0, self.entry.dimension), np.float32)
        vectors: Vectors = self._index.reconstruct_batch(np.ascontiguousarray(rows, np.int64))
        return vectors

    def sentence_vectors(self, row: int) -> Vectors:
        """Return the vectors of one passage's sentences, in order, one a row."""
        return self._sentences[self._offsets[row] : self._offsets[row + 1]].astype(np.float32)

    def _search_exactly(
        self, vector: Vector, limit: int, rows: Rows
    ) -> tuple[Rows, npt.NDArray[np.float32]]:
        scores = self.vectors(rows) @ vector
        best = np.lexsort((rows, -scores))[:limit]
        return rows[best], scores[best]

    def _search_lists(
        self, vector: Vector, limit: int, allowed: Mask | None, count: int
    ) -> tuple[Rows, npt.NDArray[np.float32]]:
        # The fewer rows are allowed, the more lists hold the best of them; a row that is not
        # allowed costs next to nothing.
        lists = self._index.nlist
        probes = min(lists, PROBES * len(self) // count)
        rows, scores = _ask(self._index, vector, limit, _probing(probes, allowed))
        if len(rows) < limit and probes < lists:
            rows, scores = _ask(self._index, vector, limit, _probing(lists, allowed))
        return rows, scores


def write_segment(folder: Path, rows: SegmentRows) -> SegmentFile:
    """Write a new segment, durably, under a name of its own, and return its manifest entry."""
    return _write(
        folder,
        passages=len(rows.passage_ids),
        dimension=rows.vectors.shape[1],
        table=np.column_stack((rows.passage_ids, rows.sentence_counts)).astype(np.int64),
        vectors=lambda: iter([rows.vectors]),
        sample=lambda wanted: rows.vectors[_spread(len(rows.vectors), wanted)],
        sentences=iter([rows.sentence_vectors]),
    )


def merge(folder: Path, segments: Sequence[Segment], alive: Sequence[Mask]) -> SegmentFile:
    """Write one segment of the rows that are alive, in order, and return its manifest entry.

    Raises ValueError when no row is alive. Vectors are copied in blocks.
    """
    kept = [np.flatnonzero(mask) for mask in alive]
    passages = sum(len(rows) for rows in kept)
    if passages == 0:
        raise ValueError("no row is alive")
    pairs = list(zip(segments, kept, strict=True))
    tables = [np.column_stack((s.ids[rows], s.sentence_counts[rows])) for s, rows in pairs]

    def sample(wanted: int) -> Vectors:
        spread = _spread(passages, wanted)
        starts = np.cumsum([0, *(len(rows) for rows in kept)])
        return np.concatenate(
            [
                segment.vectors(
                    rows[spread[(spread >= start) & (spread < start + len(rows))] - start]
                )
                for (segment, rows), start in zip(pairs, starts, strict=False)
            ]
        )

    return _write(
        folder,
        passages=passages,
        dimension=segments[0].entry.dimension,
        table=np.concatenate(tables).astype(np.int64),
        vectors=lambda: (s.vectors(rows) for s, kept in pairs for rows in _blocks(kept)),
        sample=sample,
        sentences=(s.sentence_vectors(int(row)) for s, rows in pairs for row in rows),
    )


def _write(
    folder: Path,
    *,
    passages: int,
    dimension: int,
    table: npt.NDArray[np.int64],
    vectors: Callable[[], Iterator[Vectors]],
    sample: Callable[[int], Vectors],
    sentences: Iterable[Vectors],
) -> SegmentFile:
    import faiss

    name = secrets.token_hex(8)
    index = _new_index(passages, dimension, sample)
    for block in vectors():
        index.add(np.ascontiguousarray(block, np.float32))
    if isinstance(index, faiss.IndexIVF):
        index.make_direct_map()
    count = int(table[:, 1].sum())
    files = (
        write_durably(
            folder / f"{name}.faiss",
            lambda sink: faiss.write_index(index, faiss.PyCallbackIOWriter(sink.write)),
        ),
        write_durably(
            folder / f"{name}.rows.npy",
            lambda sink: _write_array(sink, table.shape, np.int64, [table]),
        ),
        write_durably(
            folder / f"{name}.sentences.npy",
            lambda sink: _write_array(sink, (count, dimension), np.float16, sentences),
        ),
    )
    return SegmentFile(
        name=name,
        kind="ivf" if isinstance(index, faiss.IndexIVF) else "flat",
        passages=passages,
        sentences=count,
        dimension=dimension,
        files=files,
    )


def _new_index(passages: int, dimension: int, sample: Callable[[int], Vectors]) -> "faiss.Index":
    import faiss

    if passages <= FLAT_UP_TO:
        return faiss.IndexFlatIP(dimension)
    lists = 1 << round(np.log2(4 * np.sqrt(passages)))
    index = faiss.IndexIVFScalarQuantizer(
        faiss.IndexFlatIP(dimension),
        dimension,
        lists,
        faiss.ScalarQuantizer.QT_fp16,
        faiss.METRIC_INNER_PRODUCT,
        False,
    )
    index.train(np.ascontiguousarray(sample(40 * lists), np.float32))
    return index


def _spread(count: int, wanted: int) -> Rows:
    return np.unique(np.linspace(0, count - 1, min(count, wanted)).astype(np.int64))


def _blocks(rows: Rows) -> Iterator[Rows]:
    for start in range(0, len(rows), BLOCK_ROWS):
        yield rows[start : start + BLOCK_ROWS]


def _write_array(
    sink: Sink,
    shape: tuple[int, ...],
    dtype: npt.DTypeLike,
    blocks: Iterable[npt.NDArray[np.generic]],
) -> None:
    header = {
        "descr": np.lib.format.dtype_to_descr(np.dtype(dtype)),
        "fortran_order": False,
        "shape": shape,
    }
    np.lib.format.write_array_header_1_0(sink, header)
    for block in blocks:
        sink.write(np.ascontiguousarray(block, dtype).tobytes())


def _read_array(path: Path, shape: tuple[int, int], dtype: npt.DTypeLike) -> npt.NDArray[Any]:
    try:
        array: npt.NDArray[Any] = np.load(path, mmap_mode="r")
    except ValueError as error:
        raise corrupt(path, "cannot be read as an array") from error
    if array.shape != shape or array.dtype != dtype:
        raise corrupt(path, f"holds {array.shape} {array.dtype}, not {shape} {np.dtype(dtype)}")
    return array


def _read_index(path: Path, entry: SegmentFile) -> "faiss.Index":
    import faiss

    try:
        index = faiss.read_index(str(path), faiss.IO_FLAG_MMAP_IFC)
    except RuntimeError as error:
        raise corrupt(path, "cannot be read by faiss") from error
    if index.ntotal != entry.passages or index.d != entry.dimension:
        raise corrupt(
            path,
            f"holds {index.ntotal} vectors of {index.d}, not {entry.passages} of {entry.dimension}",
        )
    return index


def _selecting(allowed: Mask | None) -> "faiss.SearchParameters":
    import faiss

    return faiss.SearchParameters(sel=_selector(allowed))


def _probing(probes: int, allowed: Mask | None) -> "faiss.SearchParametersIVF":
    import faiss

    return faiss.SearchParametersIVF(nprobe=probes, sel=_selector(allowed))


def _selector(allowed: Mask | None) -> "faiss.IDSelectorBitmap | None":
    import faiss

    return (
        None if allowed is None else faiss.IDSelectorBitmap(np.packbits(allowed, bitorder="little"))
    )


def _ask(
    index: "faiss.Index", vector: Vector, limit: int, parameters: "faiss.SearchParameters"
) -> tuple[Rows, npt.NDArray[np.float32]]:
    scores, rows = index.search(vector.reshape(1, -1), limit, params=parameters)
    found = rows[0] >= 0
    return rows[0][found], scores[0][found]
