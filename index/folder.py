"""The data folder: what lies where in it, and whether it is one of ours."""

import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from index.catalog import FILE_NAME
from index.errors import StoreError

GONE = ".gone"  # ending of a hidden folder that is being deleted
BACKUP_NOTE = "backup.json"  # in a backup only
DAMAGED = ".damaged"  # ending of a file that failed its checksum and was set aside
# Of a freshly made file system; of the demonstration, which keeps an index of its own there.
FOREIGN_BUT_HARMLESS = {"lost+found", "demo"}


@dataclass(frozen=True, slots=True)
class DataFolder:
    """The paths inside one data folder."""

    path: Path

    @property
    def catalog(self) -> Path:
        """The truth."""
        return self.path / FILE_NAME

    @property
    def vectors(self) -> Path:
        """The segments."""
        return self.path / "vectors"

    @property
    def terms(self) -> Path:
        """The lexical index."""
        return self.path / "terms"

    @property
    def lock(self) -> Path:
        """Held by the one who writes."""
        return self.path / "lock"

    @property
    def keys(self) -> Path:
        """Who may call the service: no part of the index, and in no backup of it."""
        return self.path / "keys.json"

    @property
    def keys_lock(self) -> Path:
        """Held by the one who changes the keys; an ingest must not hold them up."""
        return self.path / "keys.lock"

    @property
    def staging(self) -> Path:
        """An index that is being built to take the place of this one."""
        return self.path / "rebuild"

    def require_existing(self) -> None:
        """Raise StoreError unless there is an index here, and not a backup of one."""
        self._refuse_backup()
        if not self.catalog.is_file():
            raise StoreError(
                f"There is no index in {self.path}.",
                remedy=f"Make one: pullquote --data {self.path} add PATH",
            )

    def make(self) -> None:
        """Make the folder. Raises StoreError when it holds what is not ours."""
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            self._refuse_backup()
            self._require_ours()
            self.vectors.mkdir(exist_ok=True)
        except OSError as error:
            raise StoreError(
                f"{self.path} cannot be made or used: {error.strerror}.",
                remedy="Choose another folder with --data.",
            ) from error

    def _refuse_backup(self) -> None:
        if (self.path / BACKUP_NOTE).exists():
            raise StoreError(
                f"{self.path} is a backup, which must stay as it is.",
                remedy=f"Restore it: pullquote --data FOLDER restore {self.path}",
            )

    def _require_ours(self) -> None:
        if self.catalog.exists():
            return
        ours = {self.vectors.name, self.terms.name, self.lock.name, self.staging.name}
        ours |= {self.keys.name, self.keys_lock.name}
        ours |= {f"{FILE_NAME}-wal", f"{FILE_NAME}-shm", f"{FILE_NAME}-journal"}
        foreign = [
            entry.name
            for entry in sorted(self.path.iterdir())
            if entry.name not in ours | FOREIGN_BUT_HARMLESS and not entry.name.startswith(".")
        ]
        if foreign:
            raise StoreError(
                f"{self.path} is not empty ({foreign[0]}) and is no index of ours.",
                remedy="Choose another folder with --data.",
            )
        if self.vectors.is_dir() and any(self.vectors.iterdir()):
            raise StoreError(
                f"{self.catalog} is missing, though there are vectors beside it.",
                remedy=f"Restore a backup (pullquote restore), or delete {self.path}.",
            )


def remove_folder(folder: Path) -> None:
    """Delete a folder so that nobody ever finds half of it, even if we die meanwhile."""
    gone = folder.with_name(f".{folder.name}{GONE}")
    shutil.rmtree(gone, ignore_errors=True)  # of one that died here
    if folder.exists():
        folder.rename(gone)
    shutil.rmtree(gone, ignore_errors=True)


def remove_orphans(folder: Path, names: Iterable[str]) -> list[str]:
    """Delete the files of segments that no manifest names; return what was deleted.

    Needs the writer's lock: a file that is just being written has no name in a manifest yet.
    """
    orphans = find_orphans(folder, names)
    for name in orphans:
        (folder / name).unlink(missing_ok=True)
    return orphans


def find_orphans(folder: Path, names: Iterable[str]) -> list[str]:
    """Return the files that no manifest names, without those set aside as damaged."""
    named = set(names)
    return [
        path.name
        for path in sorted(folder.iterdir())
        if path.name.split(".", 1)[0] not in named and path.suffix != DAMAGED
    ]
