"""Near-duplicate groups in the catalog: a new text joins the group of the oldest it resembles.

A group is named by its first article. Groups are never joined by a text that resembles two of
them, so that a chain of small changes cannot pull unlike texts together.
"""

import sqlite3
from hashlib import blake2b

from index.duplicates import DUPLICATE_AT, bands, similarity
from index.rows import as_json

CANDIDATES = 256  # compared at most, the oldest: a band of boilerplate may be shared by thousands


def join(connection: sqlite3.Connection, number: int, signature: bytes) -> None:
    """Put an article, alone until now, into the group that its text belongs to."""
    keys = _keys(signature)
    candidates = connection.execute(
        "SELECT DISTINCT article FROM bands WHERE band IN (SELECT value FROM json_each(?))"
        " ORDER BY article LIMIT ?",
        (as_json(keys), CANDIDATES),
    ).fetchall()
    connection.executemany("INSERT OR IGNORE INTO bands VALUES (?, ?)", ((k, number) for k in keys))
    for (candidate,) in candidates:
        other, family = connection.execute(
            "SELECT t.signature, a.family FROM texts t JOIN articles a ON a.number = t.article"
            " WHERE a.number = ?",
            (candidate,),
        ).fetchone()
        if candidate != number and similarity(signature, other) >= DUPLICATE_AT:
            _become_family(connection, family, number)
            return


def leave(connection: sqlite3.Connection, number: int) -> None:
    """Take an article out of its group; the next one becomes the first of those that stay."""
    (signature,) = connection.execute(
        "SELECT signature FROM texts WHERE article = ?", (number,)
    ).fetchone()
    connection.executemany(
        "DELETE FROM bands WHERE band = ? AND article = ?", ((k, number) for k in _keys(signature))
    )
    connection.execute("UPDATE articles SET family = number WHERE number = ?", (number,))
    connection.execute(
        "UPDATE articles SET family = (SELECT min(number) FROM articles"
        "  WHERE family = :gone AND number <> :gone) WHERE family = :gone AND number <> :gone",
        {"gone": number},
    )


def _become_family(connection: sqlite3.Connection, family: int, number: int) -> None:
    # An old article whose text was replaced may join those that came after it.
    connection.execute(
        "UPDATE articles SET family = ? WHERE family IN (?, ?)",
        (min(family, number), family, number),
    )


def _keys(signature: bytes) -> list[int]:
    return [
        int.from_bytes(blake2b(band, digest_size=8).digest(), "little", signed=True)
        for band in bands(signature)
    ]
