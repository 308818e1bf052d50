"""Merging: many small segments become one, and rows of deleted passages disappear.

Sizes are kept apart by a factor, so that a row is copied a handful of times however many batches
come (the tiers of a log-structured merge, O'Neil et al., Acta Informatica 33, 1996).
"""

import math
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from index.vectors import FLAT_UP_TO

FACTOR = 8  # as many segments of a tier are merged into one of the next
DEAD_SHARE = 0.2  # of the rows of a segment; above, it is written again
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


def due(sizes: Iterable[Size], *, rows_at_most: int | None = FLAT_UP_TO) -> list[list[str]]:
    """Return the groups of segments that should become one each.

    No group keeps more than ``rows_at_most``, which bounds the work while a writer waits.
    """
    tiers: dict[int, list[Size]] = defaultdict(list)
    groups = []
    for size in sizes:
        tiers[int(math.log(max(size.alive, 1), FACTOR))].append(size)
    for _, tier in sorted(tiers.items()):
        if len(tier) >= FACTOR:
            groups.append(tier)
        else:
            groups.extend([size] for size in tier if size.dead > DEAD_SHARE * size.rows)
    return [
        [size.name for size in group]
        for group in groups
        if rows_at_most is None or sum(size.alive for size in group) <= rows_at_most
    ]


def with_deleted_rows(sizes: Iterable[Size], *, bytes_at_most: int | None) -> list[list[str]]:
    """Return each segment that holds rows of deleted passages, those that are not too large."""
    return [
        [size.name]
        for size in sizes
        if size.dead and (bytes_at_most is None or size.bytes <= bytes_at_most)
    ]
