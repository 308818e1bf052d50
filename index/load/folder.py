"""The files of a folder, in the order of their names, each found once."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from index.errors import UnreadableError
from index.load.endings import LEFT_OUT
from index.load.loaded import Unread


@dataclass(frozen=True, slots=True)
class _Open:
    """A folder that is being walked."""

    names: Iterator[str]
    path: Path
    lies_in: frozenset[tuple[int, int]]  # device and inode of itself and of all above it


def walk(folder: Path) -> Iterator[Path | Unread]:
    """Yield the files of a folder and of the folders in it, and the folders that stay closed.

    Hidden files and what file managers leave behind are left out. Links are followed, but not
    round in a circle.
    """
    folders: list[_Open] = []
    entered = _enter(folder, frozenset())
    while True:
        if isinstance(entered, Unread):
            yield entered
        elif entered is not None:
            folders.append(entered)
        entered = None
        if not folders:
            return
        name = next(folders[-1].names, None)
        if name is None:
            folders.pop()
            continue
        path = folders[-1].path / name
        if is_folder(path):
            entered = _enter(path, folders[-1].lies_in)
        else:
            yield path


def is_folder(path: Path) -> bool:
    """Return whether the path leads to a folder; one that cannot be looked at is none."""
    try:
        return path.is_dir()
    except OSError:
        return False


def shown(path: Path) -> str:
    """Return the path as text that can be printed, even if the name is no UTF-8."""
    return str(path).encode(errors="replace").decode()


def unreadable(error: Exception) -> UnreadableError:
    """Return the system's reason with a remedy."""
    reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    remedy = "Check the path and who may read it."
    if isinstance(error, FileNotFoundError):
        remedy = "Check the path; an address of the web begins with https://."
    return UnreadableError(f"It cannot be read: {reason}.", remedy=remedy)


def _enter(folder: Path, above: frozenset[tuple[int, int]]) -> _Open | Unread | None:
    """Return the folder opened; None where a link leads back to a folder above."""
    try:
        status = folder.stat()
        names = sorted(path.name for path in folder.iterdir())
    except OSError as error:
        return Unread(shown(folder), unreadable(error))
    itself = (status.st_dev, status.st_ino)
    if itself in above:
        return None
    wanted = (name for name in names if not (name.startswith(".") or name.lower() in LEFT_OUT))
    return _Open(wanted, folder, above | {itself})
