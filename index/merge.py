"""Merging: many small segments become one, and rows of deleted passages disappear.

Sizes are kept apart by a factor, so that a row is copied a handful of times however many batches
come (the tiers of a log-structured merge, O'Neil et al., Acta Informatica 33, 1996).
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate

FACTOR = 8  # as many segments of a tier are merged into one of the next; a power of two
DEAD_SHARE = 0.2  # of the rows of a segment; above, it is written again
# Merging 100,000 passages of 384 components with their sentences takes 4 seconds on one core:
# whoever waits to write waits that long, once in as many passages.
ROWS_WHILE_WRITERS_WAIT = 1 << 17
PURGED_BYTES = 32 << 20  # a segment up to this size loses its deleted rows at once


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """How large a segment is."""

    name: str
    rows: int
    dead: int
    bytes: int

    @property
    def alive(self) -> int:
        """Rows that a merge would keep."""
        return self.rows - self.dead


def due(
    sizes: Iterable[Size], *, rows_at_most: int | None = ROWS_WHILE_WRITERS_WAIT
) -> list[list[str]]:
    """Return the groups of segments that should become one each.

    No group keeps more than ``rows_at_most``, which bounds the work while a writer waits.
    """
    tiers: dict[int, list[Size]] = defaultdict(list)
    for size in sorted(sizes, key=lambda size: (size.alive, size.name)):
        tiers[_tier(size)].append(size)
    groups = []
    for _, tier in sorted(tiers.items()):
        fitting = _fitting(tier, rows_at_most)
        if len(tier) >= FACTOR and len(fitting) >= FACTOR // 2:
            groups.append(fitting)
        else:
            groups += [[size] for size in fitting if size.dead > DEAD_SHARE * size.rows]
    return [[size.name for size in group] for group in groups]


def with_deleted_rows(sizes: Iterable[Size], *, bytes_at_most: int | None) -> list[list[str]]:
    """Return each segment that holds rows of deleted passages, those that are not too large."""
    return [
        [size.name]
        for size in sizes
        if size.dead and (bytes_at_most is None or size.bytes <= bytes_at_most)
    ]


def _tier(size: Size) -> int:
    """Return the power of ``FACTOR`` that the size is at least."""
    return (max(size.alive, 1).bit_length() - 1) // (FACTOR.bit_length() - 1)


def _fitting(tier: Sequence[Size], rows_at_most: int | None) -> list[Size]:
    """Return the smallest ones that together keep no more rows; the tier comes by size."""
    sums = accumulate(size.alive for size in tier)
    return [
        size
        for size, rows in zip(tier, sums, strict=True)
        if rows_at_most is None or rows <= rows_at_most
    ]
