"""One writer at a time, among the threads of a process and among processes.

The lock is held for one batch, not for the life of a process, so that the service and the command
line can write in turn. The kernel lets go of it when its holder dies, however it dies.
"""

import fcntl
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from index.errors import StoreError, WriterBusyError

PATIENCE_S = 30.0
_POLL_S = 0.01


class WriterLock:
    """The right to write to one data folder."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._thread = threading.Lock()

    @contextmanager
    def held(self, timeout_s: float = PATIENCE_S) -> Iterator[None]:
        """Hold the lock. Raises WriterBusyError when it is not free within ``timeout_s``.

        Not reentrant: who holds it must not ask again.
        """
        deadline = time.monotonic() + timeout_s
        if not self._thread.acquire(timeout=timeout_s):
            raise self._busy(timeout_s)
        try:
            descriptor = self._open()
            try:
                while not _try(descriptor):
                    if time.monotonic() >= deadline:
                        raise self._busy(timeout_s)
                    time.sleep(_POLL_S)
                yield
            finally:
                os.close(descriptor)  # lets go of the lock
        finally:
            self._thread.release()

    def _open(self) -> int:
        try:
            return os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        except OSError as error:
            raise StoreError(
                f"{self._path} cannot be opened for writing: {error.strerror}.",
                remedy="Check that the folder is there and yours to write.",
            ) from error

    def _busy(self, timeout_s: float) -> WriterBusyError:
        return WriterBusyError(
            f"Another process is writing to {self._path.parent}; waited {timeout_s:g} s.",
            remedy="Try again when it has finished. Reading is possible meanwhile.",
        )


def _try(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
