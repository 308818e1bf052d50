"""The keys as a service sees them: read again whenever their file has changed."""

import hmac
from pathlib import Path

from api.keys import Key, KeysError, KeysFile, digest

_Signature = tuple[int, int, int]  # inode, time of change, size: a renamed file differs in one


class Keyring:
    """Knows the keys of a data folder, and notices at the next call what became of them.

    A file that was there and has gone is not taken for one without keys: it would let everybody in.
    """

    def __init__(self, folder: Path) -> None:
        self._file = KeysFile(folder)
        self._seen = False  # whether there ever was a file
        self._signature: _Signature | None = None
        self._keys: tuple[Key, ...] = ()

    def keys(self) -> tuple[Key, ...]:
        """Return the keys there are now. Raises KeysError when they cannot be known."""
        signature = self._look()
        if signature != self._signature:
            keys = self._file.read()
            if not keys:
                self._look()  # it may have gone just now
            self._keys, self._signature = keys, signature
        return self._keys

    def find(self, secret: bytes) -> Key | None:
        """Return the key that ``secret`` is. Takes as long whichever it is, and if it is none."""
        shown, found = digest(secret), None
        for key in self.keys():
            if hmac.compare_digest(key.sha256, shown):
                found = key
        return found

    def _look(self) -> _Signature | None:
        file = self._file.path
        try:
            found = file.stat()
        except FileNotFoundError:
            if not self._seen:
                return None
            raise KeysError(
                f"The keys in {file} have gone.",
                remedy="Put the file back, or start the service again to do without keys.",
            ) from None
        except OSError as error:
            raise KeysError(
                f"The keys in {file} cannot be looked at: {error.strerror}.",
                remedy="Make the folder one that the service may read.",
            ) from error
        self._seen = True
        return found.st_ino, found.st_mtime_ns, found.st_size
