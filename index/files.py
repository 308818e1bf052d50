"""Files that are written whole or not at all, and that can be checked later."""

import errno
import hashlib
import os
import secrets
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO, Protocol

from msgspec import Struct

from index.errors import CorruptError, DiskFullError

FULL = (errno.ENOSPC, errno.EDQUOT)  # no space on the device, none left of the quota
BLOCK_BYTES = 1 << 20


class StoredFile(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a manifest knows of one file, to find out whether it is still the one written."""

    name: str
    bytes: int
    sha256: str


class Sink(Protocol):
    """What a writer of a file is given: bytes go in, in order."""

    def write(self, block: bytes, /) -> int:
        """Append the block; return its length."""


def write_durably(
    path: Path, content: bytes | Callable[[Sink], object], *, mode: int = 0o666
) -> StoredFile:
    """Write a file so that it is there, whole, after a power cut; or leave nothing of it.

    ``content`` is the bytes, or a function that writes them. An existing file is replaced at once.
    ``mode`` is who may read and write it, less the umask. Raises DiskFullError when there is no
    room.
    """
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}.tmp")
    try:
        with open(temporary, "wb", opener=lambda name, flags: os.open(name, flags, mode)) as file:
            sink = _HashingSink(file)
            _ = sink.write(content) if isinstance(content, bytes) else content(sink)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
        sync_folder(path.parent)
    except OSError as error:
        if error.errno in FULL:
            raise disk_full(path.parent) from error
        raise
    finally:
        temporary.unlink(missing_ok=True)
    return StoredFile(name=path.name, bytes=sink.length, sha256=sink.hash.hexdigest())


def sync_folder(folder: Path) -> None:
    """Make what was created, renamed or removed in the folder survive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sha256_of(path: Path) -> str:
    """Return the hexadecimal SHA-256 of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def check(folder: Path, stored: StoredFile, *, verify: bool) -> Path:
    """Return the path of the file if it is the one written; ``verify`` reads all of it.

    Raises CorruptError when it is missing, of another size or, with ``verify``, of other bytes.
    """
    path = folder / stored.name
    if not path.is_file():
        raise corrupt(path, "is missing")
    if path.stat().st_size != stored.bytes:
        raise corrupt(path, f"has {path.stat().st_size} bytes, not {stored.bytes}")
    if verify and sha256_of(path) != stored.sha256:
        raise corrupt(path, "fails its checksum")
    return path


def corrupt(path: Path, complaint: str) -> CorruptError:
    """Return the error that says what is wrong with a derived file, and how to mend it."""
    return CorruptError(
        f"{path} {complaint}.",
        remedy="It is derived from the catalog: `pullquote rebuild` writes it again.",
    )


def disk_full(folder: Path) -> DiskFullError:
    """Return the error of a disk without room for a file of the folder."""
    return DiskFullError(
        f"There is no room left on the disk of {folder}; nothing of this batch was stored.",
        remedy="Free some space and try again: the index is as it was before.",
    )


class _HashingSink:
    """Writes to a file and hashes on the way, so that nothing is read back."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.hash = hashlib.sha256()
        self.length = 0

    def write(self, block: bytes) -> int:
        self._file.write(block)
        self.hash.update(block)
        self.length += memoryview(block).nbytes
        return memoryview(block).nbytes
