"""Mending what can be mended without the embedder, and finding what cannot be used."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from index.columns import Columns
from index.generation import Damaged, Generation, open_segment
from index.terms import TermsSearcher
from index.vectors import SegmentFile

ROWS_AT_ONCE = 8_192


def damaged(folder: Path, entries: list[SegmentFile]) -> list[Damaged]:
    """Return the segments of which a file is missing or fails its checksum; reads all of them."""
    opened = [open_segment(folder, entry, verify=True) for entry in entries]
    return [one for one in opened if isinstance(one, Damaged)]


def words_agree(searcher: TermsSearcher | None, columns: Columns) -> bool:
    """Tell whether the words are those of exactly the passages that there are."""
    return searcher is not None and np.array_equal(
        searcher.passage_ids(), np.flatnonzero(columns.owner)
    )


def dead_rows(generation: Generation) -> dict[str, int]:
    """Return how many rows of each segment belong to deleted passages."""
    owner = generation.columns.owner
    return {s.name: int(np.count_nonzero(owner[s.ids] == 0)) for s in generation.segments}


def recount(connection: sqlite3.Connection, generation: Generation) -> None:
    """Write the tombstones and the centroids anew, from the segments."""
    for name, dead in dead_rows(generation).items():
        connection.execute("UPDATE segments SET dead = ? WHERE name = ?", (dead, name))
    connection.execute("DELETE FROM centroids")
    connection.executemany("INSERT INTO centroids VALUES (?, ?, ?)", _centroids(generation))


def _centroids(generation: Generation) -> Iterator[tuple[str, int, bytes]]:
    columns, dimension = generation.columns, generation.state.built.dimension
    count = len(columns.languages.names)
    totals, passages = np.zeros((count, dimension)), np.zeros(count, np.int64)
    for opened in generation.segments:
        alive = np.flatnonzero(columns.owner[opened.ids])
        for start in range(0, len(alive), ROWS_AT_ONCE):
            rows = alive[start : start + ROWS_AT_ONCE]
            codes = columns.language[columns.owner[opened.ids[rows]]]
            np.add.at(totals, codes, opened.segment.vectors(rows).astype(np.float64))
            passages += np.bincount(codes, minlength=count)
    for name, number, total in zip(columns.languages.names, passages, totals, strict=True):
        if name is not None and number:
            yield name, int(number), total.astype("<f8").tobytes()
