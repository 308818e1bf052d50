"""What a segment of vectors is made of, and what the manifest knows of it."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
from msgspec import Struct

from index.files import StoredFile
from index.protocols import Vectors


class SegmentFile(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The entry of a segment in the manifest."""

    name: str
    kind: Literal["flat", "pq"]  # exact or approximate
    passages: int
    sentences: int
    dimension: int
    files: tuple[StoredFile, ...]  # index, passages, sentence vectors; of "pq" also vectors

    @property
    def bytes(self) -> int:
        """Size on disk."""
        return sum(file.bytes for file in self.files)


@dataclass(frozen=True, slots=True, kw_only=True)
class SegmentRows:
    """What a segment is made of: ``n`` passages with ``m`` sentences, vectors of length ``d``."""

    passage_ids: npt.NDArray[np.int64]  # (n,)
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
