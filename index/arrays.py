"""Matrices in ``.npy`` files, mapped into memory and not read.

Vectors take sixteen bits a component. One of a unit vector lies in [-1, 1], so fixed point is as
exact as half precision, and numpy turns it into float32 ten times faster.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from index.files import Sink, StoredFile, corrupt, write_durably
from index.protocols import Vectors

_ONE = 32767  # what 1.0 is stored as

Packed = npt.NDArray[np.int16]


def pack(vectors: Vectors) -> Packed:
    """Return the vectors as fixed point, same shape; no component changes by more than 2e-5."""
    return np.rint(np.clip(vectors, -1, 1) * _ONE).astype(np.int16)


def unpack(packed: Packed) -> Vectors:
    """Return fixed point as float32, same shape."""
    return packed.astype(np.float32) * np.float32(1 / _ONE)


def write_array(
    path: Path, shape: tuple[int, int], dtype: npt.DTypeLike, blocks: Iterable[npt.NDArray[Any]]
) -> StoredFile:
    """Write a matrix durably, one block of rows after the other. Raises DiskFullError."""

    def write(sink: Sink) -> None:
        descr = np.lib.format.dtype_to_descr(np.dtype(dtype))
        header = {"descr": descr, "fortran_order": False, "shape": shape}
        np.lib.format.write_array_header_1_0(sink, header)
        for block in blocks:
            sink.write(np.ascontiguousarray(block, dtype).tobytes())

    return write_durably(path, write)


def map_array(path: Path, shape: tuple[int, int], dtype: npt.DTypeLike) -> npt.NDArray[Any]:
    """Return the matrix in a file, mapped. Raises CorruptError when it is not the one expected."""
    if 0 in shape:
        return np.empty(shape, dtype)  # there is nothing to map
    try:
        array: npt.NDArray[Any] = np.load(path, mmap_mode="r")
    except (ValueError, EOFError) as error:
        raise corrupt(path, "cannot be read as an array") from error
    if array.shape != shape or array.dtype != dtype:
        raise corrupt(path, f"holds {array.shape} {array.dtype}, not {shape} {np.dtype(dtype)}")
    return array
