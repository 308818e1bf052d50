"""What tantivy says in ValueErrors, said in our own errors."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from index.errors import WriterBusyError
from index.files import corrupt, disk_full

_ENOSPC = "os error 28"  # as Rust writes it


@contextmanager
def translated(folder: Path) -> Iterator[None]:
    """Raise WriterBusyError, DiskFullError or CorruptError where tantivy raises ValueError."""
    try:
        yield
    except ValueError as error:
        if "LockBusy" in str(error):
            raise WriterBusyError(
                f"Another process is writing to {folder}.", remedy="Try again when it is done."
            ) from error
        if _ENOSPC in str(error):
            raise disk_full(folder) from error
        raise corrupt(folder, f"cannot be used: {error}") from error
