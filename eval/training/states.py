"""What the lower half of the model makes of every text: read once, kept on disk.

Two gigabytes for five million tokens, in half precision, mapped into memory and not loaded.
"""

from pathlib import Path

import numpy as np
import numpy.typing as npt
from rich.progress import track

from eval.training.corpus import Corpus
from index.e5_halves import Halves, TokenStates
from index.protocols import Vector, Vectors

Half = npt.NDArray[np.float16]
EVERY = 2_000  # rows between two notes of how far it came


class States:
    """The states of all rows of a corpus."""

    def __init__(self, folder: Path) -> None:
        self.tokens: Half = np.load(folder / "tokens.npy", mmap_mode="r")  # (tokens, hidden)
        self.openings: Half = np.load(folder / "openings.npy")  # (rows, hidden)
        self.vectors: Vectors = np.load(folder / "vectors.npy")  # (rows, hidden), unit


def read_all(corpus: Corpus, halves: Halves, hidden: int, folder: Path) -> None:
    """Read every row, going on where it was stopped; ``halves`` are the embedder's own."""
    rows = len(corpus.starts) - 1
    shape = (int(corpus.starts[-1]), hidden)
    tokens = _opened(folder / "tokens.npy", np.float16, shape)
    openings = _opened(folder / "openings.npy", np.float16, (rows, hidden))
    vectors = _opened(folder / "vectors.npy", np.float32, (rows, hidden))
    note = folder / "read.txt"
    begin = int(note.read_text("ascii")) if note.exists() else 0
    for row in track(range(begin, rows), description="Reading", total=rows, completed=begin):
        states = read(corpus, halves, row)
        tokens[corpus.tokens(row)] = states.tokens[: corpus.length(row)]
        openings[row] = states.opening
        vectors[row] = vector(halves, states)
        if row % EVERY == EVERY - 1 or row == rows - 1:
            for array in (tokens, openings, vectors):
                array.flush()
            note.write_text(str(row + 1), "ascii")


def read(corpus: Corpus, halves: Halves, row: int) -> TokenStates:
    """Return a row as the lower half leaves it."""
    if len(corpus.texts) <= row < len(corpus.texts) + len(corpus.asked):
        return halves.question(corpus.words(row))
    return halves.passage(corpus.words(row))


def vector(halves: Halves, states: TokenStates) -> Vector:
    """Return a row's vector: the mean of what the upper half goes on to make of its tokens.

    Near enough to that of the embedder, which sees the prompt as well, to find what is close.
    """
    mean = halves.together(np.vstack([states.opening, states.tokens])).mean(axis=0)
    found: Vector = mean / np.linalg.norm(mean)
    return found


def _opened(path: Path, kind: type[np.generic], shape: tuple[int, ...]) -> np.memmap:
    mode = "r+" if path.exists() else "w+"
    return np.lib.format.open_memmap(path, mode, kind, shape)
