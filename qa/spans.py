"""Where in a sentence the short answers are: the likeliest runs of tokens."""

import numpy as np

from index.protocols import Vector

LONGEST_SHORT = 24  # tokens of a short answer at most
MOST_SHORT = 4  # short answers of one sentence


def best_spans(starts: Vector, ends: Vector) -> list[tuple[float, tuple[int, int]]]:
    """Return the highest sums of a start and an end, and the tokens: first and last, included.

    The highest first; no two share a token.
    """
    sums = starts[:, None] + ends[None, :]
    begins, stops = np.arange(len(starts))[:, None], np.arange(len(ends))[None, :]
    sums = np.where((stops >= begins) & (stops - begins < LONGEST_SHORT), sums, -np.inf)
    found: list[tuple[float, tuple[int, int]]] = []
    while len(found) < MOST_SHORT and np.isfinite(sums.max()):
        first, last = divmod(int(sums.argmax()), len(ends))
        found.append((float(sums[first, last]), (first, last)))
        sums = np.where((begins <= last) & (stops >= first), -np.inf, sums)
    return found
