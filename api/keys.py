"""The keys of a service: a file of the data folder that holds what is needed to know one again.

A key is 256 random bits behind a prefix. So much cannot be guessed, whatever it is hashed with:
one SHA-256 without salt is enough, and nothing else of a key is ever stored. The file is written
whole or not at all; a file that cannot be read lets nobody in.
"""

import hashlib
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Literal

import msgspec
from msgspec import Meta, Struct

from index.errors import InputError, PullquoteError, StoreError
from index.files import write_durably
from index.folder import DataFolder
from index.lock import WriterLock

PREFIX = "pq_"  # so that a key is known for one where it should not be, in a log or a repository
SECRET_BYTES = 32
LONGEST_NAME = 100
PRIVATE = 0o600

READ, WRITE = "read", "write"
Role = Literal["read", "write"]
Sha256 = Annotated[str, Meta(pattern=r"^[0-9a-f]{64}\Z")]


class KeysError(StoreError):
    """The file of the keys cannot be read or written."""


class KeyNameError(InputError):
    """A name that a new key cannot have."""


class UnknownKeyError(PullquoteError):
    """No key has this name."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"There is no key {name!r}.", remedy="`pullquote keys list` shows those there are."
        )


class Key(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who may call, and what for; a key that may write may read as well."""

    name: Annotated[str, Meta(min_length=1, max_length=LONGEST_NAME)]
    role: Role
    sha256: Sha256
    created: datetime


class _Content(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    keys: tuple[Key, ...]


class KeysFile:
    """The file, read and changed. Of two who change it at once, one waits for the other."""

    def __init__(self, folder: Path) -> None:
        self._folder = DataFolder(folder)
        self.path = self._folder.keys

    def read(self) -> tuple[Key, ...]:
        """Return the keys in the order they were made; none where there is no file.

        Raises KeysError for a file that cannot be read or is not what was written.
        """
        try:
            keys = msgspec.json.decode(self.path.read_bytes(), type=_Content).keys
        except FileNotFoundError:
            return ()
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            raise self._damaged(str(error)) from error
        except OSError as error:
            raise self._damaged(error.strerror or str(error)) from error
        if len({key.name for key in keys}) < len(keys):
            raise self._damaged("two keys have one name")
        return keys

    def add(self, name: str, role: Role) -> str:
        """Make a key and return it; afterwards nobody can. Raises KeyNameError or StoreError."""
        _check_name(name)
        self._folder.make()
        secret = f"{PREFIX}{secrets.token_urlsafe(SECRET_BYTES)}"
        with self._changing() as keys:
            if any(key.name == name for key in keys):
                raise KeyNameError(
                    f"There is a key {name!r} already.",
                    remedy=f"Take another name, or remove it: pullquote keys remove {name!r}",
                )
            created = datetime.now(UTC).replace(microsecond=0)
            made = Key(name=name, role=role, sha256=digest(secret.encode()), created=created)
            self._write((*keys, made))
        return secret

    def remove(self, name: str) -> int:
        """Remove a key; return how many are left. Raises UnknownKeyError or KeysError."""
        if not self.path.exists():
            raise UnknownKeyError(name)
        with self._changing() as keys:
            left = tuple(key for key in keys if key.name != name)
            if len(left) == len(keys):
                raise UnknownKeyError(name)
            self._write(left)
        return len(left)

    @contextmanager
    def _changing(self) -> Iterator[tuple[Key, ...]]:
        with WriterLock(self._folder.keys_lock).held():
            for left_behind in self.path.parent.glob(f".{self.path.name}.*.tmp"):
                left_behind.unlink(missing_ok=True)  # by one who was killed
            yield self.read()

    def _write(self, keys: tuple[Key, ...]) -> None:
        content = msgspec.json.format(msgspec.json.encode(_Content(keys=keys)), indent=2)
        try:
            write_durably(self.path, content + b"\n", mode=PRIVATE)
        except OSError as error:
            raise KeysError(
                f"{self.path} cannot be written: {error.strerror}.",
                remedy="Check that the folder is yours to write.",
            ) from error

    def _damaged(self, complaint: str) -> KeysError:
        return KeysError(
            f"The keys in {self.path} cannot be read: {complaint}.",
            remedy=f"Until they can, the service refuses every call. Mend the file, or delete it "
            f"and make new keys: pullquote --data {self._folder.path} keys add NAME",
        )


def digest(secret: bytes) -> str:
    """Return what is stored of a key."""
    return hashlib.sha256(secret).hexdigest()


def _check_name(name: str) -> None:
    if not 0 < len(name) <= LONGEST_NAME or not name.isprintable() or name != name.strip():
        raise KeyNameError(
            f"A key cannot be named {name[:LONGEST_NAME]!r}.",
            remedy=f"Take 1 to {LONGEST_NAME} characters that can be seen, such as: newsroom",
        )
