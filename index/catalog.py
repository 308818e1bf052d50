"""The catalog: one SQLite file that is the truth; all else in the data folder derives from it.

WAL with ``synchronous=FULL``: what is committed survives a power cut, readers keep the generation
they began with, and a deleted text is overwritten (``secure_delete``). The only module that opens
the file and that translates SQLite's errors into ours.
"""

import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from shutil import disk_usage
from threading import RLock

from index.errors import CorruptError, StoreError
from index.files import disk_full
from index.schema import APPLICATION_ID, FORMAT, SCHEMA

FILE_NAME = "catalog.sqlite"
BUSY_TIMEOUT_S = 30.0
CHECKPOINT_PAGES = 4_000  # 16 MB of write-ahead log before it is folded into the file
CHECKPOINT_PATIENCE_MS = 300
SMALLEST_FREE_BYTES = 1 << 20
_SETTINGS = (
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    "PRAGMA secure_delete = ON",
    f"PRAGMA wal_autocheckpoint = {CHECKPOINT_PAGES}",
    "PRAGMA mmap_size = 268435456",
    "PRAGMA temp_store = MEMORY",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """Which embedder an index is built with."""

    fingerprint: str
    dimension: int
    model: str  # as it is asked for on the command line


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """The one row of the table ``state``: the schema says what each field means."""

    incarnation: str
    generation: int
    manifest: int
    removals_from: int
    built: Built

    def shows_the_same(self, other: "State") -> bool:
        """Tell whether both hold the same articles."""
        return (self.incarnation, self.generation) == (other.incarnation, other.generation)

    def is_after(self, other: "State") -> bool:
        """Tell whether this is a later state of the same index."""
        later = self.generation > other.generation or self.manifest > other.manifest
        return self.incarnation == other.incarnation and later


class Catalog:
    """The connections of one process to a catalog: any number that read, one at a time writes."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._idle: list[sqlite3.Connection] = []
        self._lock = RLock()  # a snapshot may be collected, and give back, inside of it
        self._closed = False

    @property
    def is_blank(self) -> bool:
        """Whether there is no catalog yet: no file, or one whose making was interrupted."""
        if not self.path.exists():
            return True
        with self.reading() as connection:
            return connection.execute("SELECT 1 FROM sqlite_master").fetchone() is None

    def create(self, built: Built) -> None:
        """Make the tables. Needs the writer's lock, and a catalog that is blank."""
        with self.translated():
            connection = self._connect(create=True)
            try:
                connection.execute("PRAGMA journal_mode = WAL")
                with transaction(connection):
                    _make(connection, built)
            finally:
                connection.close()

    def check_format(self) -> None:
        """Raise CorruptError or StoreError unless the file is a catalog that we can read."""
        with self.reading() as connection:
            ours = _pragma(connection, "application_id") == APPLICATION_ID
            found = _pragma(connection, "user_version")
        if not ours:
            raise StoreError(
                f"{self.path} is not a Pullquote catalog.",
                remedy="Choose another folder with --data.",
            )
        if found != FORMAT:
            raise StoreError(
                f"{self.path} has format {found}; this program reads format {FORMAT}.",
                remedy="Use the version of pullquote that wrote it, or index into a new folder.",
            )

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Give a connection inside a read transaction: all its queries see the same generation."""
        connection = self.borrow()
        try:
            with self.translated():
                yield connection
        finally:
            self.give_back(connection)

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Give a connection inside a write transaction: all of it is durable on leaving, or none.

        Needs the writer's lock. Raises DiskFullError, CorruptError or StoreError.
        """
        connection = self._take()
        try:
            with self.translated(), transaction(connection):
                yield connection
        finally:
            self.give_back(connection)

    @contextmanager
    def beside(self, other: Path) -> Iterator[sqlite3.Connection]:
        """Give a read transaction that sees another catalog too, under the name ``other``."""
        with self.translated():
            connection = self._connect()
            try:
                connection.execute("ATTACH ? AS other", (str(other),))
                connection.execute("BEGIN")
                yield connection
            finally:
                connection.close()

    def borrow(self) -> sqlite3.Connection:
        """Take a connection in a new read transaction; ``give_back`` ends it."""
        connection = self._take()
        with self.translated():
            connection.execute("BEGIN")
        return connection

    def give_back(self, connection: sqlite3.Connection) -> None:
        """End the read transaction of a connection and keep it for the next."""
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        with self._lock:
            if not self._closed:
                self._idle.append(connection)
                return
        connection.close()

    def checkpoint(self) -> bool:
        """Fold the write-ahead log into the file and empty it; False when a reader prevents it.

        Readers of older generations are waited for a little: until then, a deleted text is still
        in the log.
        """
        with self.translated():
            connection = self._connect()
            try:
                connection.execute(f"PRAGMA busy_timeout = {CHECKPOINT_PATIENCE_MS}")
                busy: int = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
            finally:
                connection.close()
        return not busy

    def copy_to(self, target: Path) -> None:
        """Copy the newest generation into a file, while others read and write."""
        with self.translated():
            source, copy = self._connect(), sqlite3.connect(target)
            try:
                source.backup(copy)
                copy.execute("PRAGMA journal_mode = DELETE")  # one file, nothing beside it
            finally:
                copy.close()
                source.close()

    def replace_by(self, source: Path) -> None:
        """Take over the content of another catalog, in one transaction. Needs the writer's lock.

        Readers, in other processes too, see the old content or the new one.
        """
        with self.translated():
            new, connection = sqlite3.connect(source), self._connect()
            try:
                new.backup(connection)
            finally:
                connection.close()
                new.close()

    def close(self) -> None:
        """Close what is idle now, and the rest when it is given back."""
        with self._lock:
            self._closed = True
            idle, self._idle = self._idle, []
        for connection in idle:
            connection.close()

    @contextmanager
    def translated(self) -> Iterator[None]:
        """Raise our errors for SQLite's, with what to do about them."""
        try:
            yield
        except sqlite3.Error as error:
            raise self._translate(error) from error

    def _translate(self, error: sqlite3.Error) -> StoreError:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        if code == sqlite3.SQLITE_FULL:
            return disk_full(self.path.parent)
        if code == sqlite3.SQLITE_IOERR and disk_usage(self.path.parent).free < SMALLEST_FREE_BYTES:
            return disk_full(self.path.parent)  # the shared memory beside the log found no room
        if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
            return CorruptError(
                f"{self.path} is damaged: {error}.",
                remedy="Restore a backup: pullquote restore FOLDER.",
            )
        return StoreError(
            f"{self.path} cannot be used: {error}.",
            remedy="Check that the folder is there, on a local disk, and yours to write.",
        )

    def _take(self) -> sqlite3.Connection:
        with self._lock:
            if self._closed:
                raise StoreError(f"{self.path} was closed.", remedy="Open the index again.")
            if self._idle:
                return self._idle.pop()
        with self.translated():
            return self._connect()

    def _connect(self, *, create: bool = False) -> sqlite3.Connection:
        connection = sqlite3.connect(
            f"{self.path.absolute().as_uri()}?mode={'rwc' if create else 'rw'}",
            uri=True,
            timeout=BUSY_TIMEOUT_S,
            isolation_level=None,
            check_same_thread=False,
        )
        for setting in _SETTINGS:
            connection.execute(setting)
        return connection


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """Run a write transaction: committed on leaving, undone when an exception leaves."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")


def read_state(connection: sqlite3.Connection) -> State:
    """Return the generation and what else there is one of."""
    row = connection.execute(
        "SELECT incarnation, generation, manifest, removals_from, fingerprint, dimension, model"
        " FROM state"
    ).fetchone()
    return State(
        incarnation=row[0],
        generation=row[1],
        manifest=row[2],
        removals_from=row[3],
        built=Built(fingerprint=row[4], dimension=row[5], model=row[6]),
    )


def _make(connection: sqlite3.Connection, built: Built) -> None:
    for statement in SCHEMA.split(";\n"):
        connection.execute(statement)
    connection.execute(
        "INSERT INTO state VALUES (1, ?, ?, ?, ?, 0, 0, 0)",
        (secrets.token_hex(8), built.fingerprint, built.dimension, built.model),
    )
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {FORMAT}")


def _pragma(connection: sqlite3.Connection, name: str) -> int:
    value: int = connection.execute(f"PRAGMA {name}").fetchone()[0]
    return value
