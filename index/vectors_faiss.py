"""What Pullquote asks of FAISS: an index for a number of vectors, written, read and searched.

A small index is exact. A large one is a product quantiser (Jégou, Douze & Schmid, TPAMI 2011) of
four bits for two components, scanned in registers (André, Kermarrec & Le Scouarnec, VLDB 2015);
what it proposes is to be scored by the vectors themselves. There are no inverted lists: in the
space of e5 questions lie apart from passages, and a quarter of all lists had to be read for a
recall of 0.97; to read all the codes takes less time than that.
"""

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from index.files import StoredFile, corrupt, write_durably
from index.protocols import Vector, Vectors

if TYPE_CHECKING:
    import faiss

Mask = npt.NDArray[np.bool_]  # shape (rows,)
Rows = npt.NDArray[np.int64]
Found = tuple[Rows, npt.NDArray[np.float32]]  # rows and their inner products, best first


def exact_index(dimension: int) -> "faiss.Index":
    """Return an empty index that finds what is nearest."""
    import faiss

    return faiss.IndexFlatIP(dimension)


def approximate_index(dimension: int, sample: Vectors) -> "faiss.Index":
    """Return an empty index that proposes what is near; the same sample gives the same index."""
    import faiss

    # One list that holds everything: of the indexes that scan codes in registers, only those
    # with lists can leave rows out.
    everything = faiss.IndexFlatL2(dimension)
    everything.add(np.zeros((1, dimension), np.float32))
    parts = dimension // 2 if dimension % 2 == 0 else dimension
    index = faiss.IndexIVFPQFastScan(everything, dimension, 1, parts, 4, faiss.METRIC_INNER_PRODUCT)
    index.by_residual = False
    index.train(np.ascontiguousarray(sample, np.float32))
    return index


def write_index(path: Path, index: "faiss.Index") -> StoredFile:
    """Write an index durably. Raises DiskFullError."""
    import faiss

    return write_durably(
        path, lambda sink: faiss.write_index(index, faiss.PyCallbackIOWriter(sink.write))
    )


def read_index(path: Path, count: int, dimension: int) -> "faiss.Index":
    """Map an index into memory. Raises CorruptError when it is not the one expected."""
    import faiss

    try:
        index = faiss.read_index(str(path), faiss.IO_FLAG_MMAP_IFC)
    except RuntimeError as error:
        raise corrupt(path, "cannot be read by faiss") from error
    if (index.ntotal, index.d) != (count, dimension):
        raise corrupt(path, f"holds {index.ntotal} vectors of length {index.d}")
    return index


def nearest(index: "faiss.Index", vector: Vector, limit: int, allowed: Mask | None) -> Found:
    """Return at most ``limit`` rows, all of them allowed, with their inner products."""
    import faiss

    # Of the calling thread. More threads gain nothing for one question, and all wait for the
    # slowest: on a busy machine 62 ms for 13,566 passages, where one thread took 1.3 ms.
    faiss.omp_set_num_threads(1)
    selector = None
    if allowed is not None:
        selector = faiss.IDSelectorBitmap(np.packbits(allowed, bitorder="little"))
    parameters = (
        faiss.SearchParameters(sel=selector)
        if isinstance(index, faiss.IndexFlat)
        else faiss.SearchParametersIVF(sel=selector, nprobe=1)
    )
    scores, rows = index.search(vector.reshape(1, -1), limit, params=parameters)
    found = rows[0] >= 0
    return rows[0][found], scores[0][found]
