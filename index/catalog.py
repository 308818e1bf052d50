"""The catalog: one SQLite file that is the truth; all else in the data folder derives from it.

WAL with ``synchronous=FULL``: what is committed survives a power cut, readers keep the generation
they began with, and a deleted text is overwritten (``secure_delete``). The only module that opens
the file and that translates SQLite's errors into ours.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from shutil import disk_usage
from threading import RLock

from index.errors import CorruptError, StoreError
from index.files import disk_full
from index.schema import APPLICATION_ID, FORMAT, make
from index.state import Built

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
        with self.translated(), closing(self.connect(create=True)) as connection:
            connection.execute("PRAGMA journal_mode = WAL")
            with transaction(connection):
                make(connection, built)

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
        with self.translated(), closing(self.connect()) as connection:
            connection.execute(f"PRAGMA busy_timeout = {CHECKPOINT_PATIENCE_MS}")
            busy: int = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        return not busy

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
            return self.connect()

    def connect(self, *, create: bool = False) -> sqlite3.Connection:
        """Open a connection of the caller's own, who closes it."""
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


def _pragma(connection: sqlite3.Connection, name: str) -> int:
    value: int = connection.execute(f"PRAGMA {name}").fetchone()[0]
    return value
