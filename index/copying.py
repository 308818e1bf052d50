"""Copies of a catalog through SQLite's online backup, while others read and write."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from index.catalog import Catalog


def copy_catalog(catalog: Catalog, target: Path) -> None:
    """Copy the newest generation into a new file."""
    with (
        catalog.translated(),
        closing(catalog.connect()) as source,
        closing(sqlite3.connect(target)) as copy,
    ):
        source.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")  # one file, nothing beside it


def replace_catalog(catalog: Catalog, source: Path) -> None:
    """Take over the content of another file, in one transaction. Needs the writer's lock.

    Readers, in other processes too, see the old content or the new one.
    """
    with (
        catalog.translated(),
        closing(sqlite3.connect(source)) as new,
        closing(catalog.connect()) as connection,
    ):
        new.backup(connection)


@contextmanager
def beside(catalog: Catalog, other: Path) -> Iterator[sqlite3.Connection]:
    """Give a read transaction that sees a second catalog too, under the name ``other``."""
    with catalog.translated(), closing(catalog.connect()) as connection:
        connection.execute("ATTACH ? AS other", (str(other),))
        connection.execute("BEGIN")
        yield connection
