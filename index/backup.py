"""Copies of a running index, and the way back.

A backup is a folder: the catalog of one generation, the segments that its manifest names, and a
note with the catalog's checksum. The words are left out: they are written again from the catalog.
"""

import secrets
import shutil
from pathlib import Path

import msgspec
from msgspec import Struct

from index.adopt import copy_checked
from index.catalog import FILE_NAME, Catalog
from index.copying import copy_catalog
from index.errors import CorruptError, StoreError
from index.files import StoredFile, check, corrupt, sha256_of, sync_folder, write_durably
from index.folder import BACKUP_NOTE, DataFolder, remove_orphans
from index.generation import manifest
from index.lock import WriterLock
from index.state import read_state
from index.store import LocalStore
from index.vectors import SegmentFile


class Note(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a backup says of itself; written last, so that it is there only when all else is."""

    generation: int
    catalog: StoredFile


def backup(folder: Path, target: Path) -> Note:
    """Copy the index in ``folder`` to the new folder ``target``, while others read and write.

    Every file is compared with its checksum on the way. Raises StoreError when the target exists,
    DiskFullError, and CorruptError when a file of the index is damaged: then there is no backup.
    """
    source = DataFolder(folder)
    source.require_existing()
    if target.exists():
        raise StoreError(f"{target} exists already.", remedy="Give a folder that does not exist.")
    parts = DataFolder(target.with_name(f".{target.name}.{secrets.token_hex(4)}.tmp"))
    try:
        target.absolute().parent.mkdir(parents=True, exist_ok=True)
        note = _copy(source, parts)
        parts.path.rename(target)
        sync_folder(target.absolute().parent)
    except OSError as error:
        raise StoreError(
            f"{target} cannot be made: {error.strerror} ({error.filename}).",
            remedy="Give a folder in a place where you may write.",
        ) from error
    finally:
        shutil.rmtree(parts.path, ignore_errors=True)
    return note


def restore(source: Path, folder: Path, *, replace: bool = False) -> int:
    """Make the backup in ``source`` the content of ``folder``; return the new generation.

    An index that holds articles is only replaced when told to; its readers see the old content
    until the new one is whole. Raises CorruptError when a file of the backup is damaged.
    """
    kept, place = DataFolder(source), DataFolder(folder)
    note = _read_note(source)
    check(source, note.catalog, verify=True)
    with _opened(kept, place, replace=replace) as store:
        if store.status().articles and not replace:
            raise StoreError(
                f"{folder} holds an index already.",
                remedy="Restore to another folder, or add --replace.",
            )
        store.adopt(source, move=False)
        return store.status().generation


def _copy(source: DataFolder, parts: DataFolder) -> Note:
    parts.vectors.mkdir(parents=True)
    catalog = Catalog(source.catalog)
    try:
        while True:
            copy_catalog(catalog, parts.catalog)
            generation, entries = _contents(parts)
            files = [file for entry in entries for file in entry.files]
            gone = [file for file in files if not _copied(file, source, parts)]
            if not gone:
                break
            with catalog.reading() as connection:
                if any(gone[0] in entry.files for entry in manifest(connection)):
                    raise corrupt(source.vectors / gone[0].name, "is missing")
            # It was merged away while we copied: the catalog of now names another one.
    finally:
        catalog.close()
    remove_orphans(parts.vectors, [entry.name for entry in entries])
    stored = StoredFile(
        name=FILE_NAME, bytes=parts.catalog.stat().st_size, sha256=sha256_of(parts.catalog)
    )
    note = Note(generation=generation, catalog=stored)
    write_durably(parts.path / BACKUP_NOTE, msgspec.json.encode(note))
    return note


def _copied(file: StoredFile, source: DataFolder, parts: DataFolder) -> bool:
    """Copy a file unless it was copied before; False when it is not there any more."""
    if not (parts.vectors / file.name).exists():
        try:
            copy_checked(file, source.vectors, parts.vectors)
        except FileNotFoundError:
            return False
    return True


def _contents(place: DataFolder) -> tuple[int, list[SegmentFile]]:
    catalog = Catalog(place.catalog)
    try:
        with catalog.reading() as connection:
            return read_state(connection).generation, manifest(connection)
    finally:
        catalog.close()


def _read_note(source: Path) -> Note:
    try:
        return msgspec.json.decode((source / BACKUP_NOTE).read_bytes(), type=Note)
    except FileNotFoundError as error:
        raise StoreError(
            f"{source} is no complete backup: it has no {BACKUP_NOTE}.",
            remedy="Give a folder that `pullquote backup` made.",
        ) from error
    except (msgspec.DecodeError, OSError) as error:
        raise CorruptError(
            f"{source / BACKUP_NOTE} cannot be read: {error}.", remedy="Use another backup."
        ) from error


def _opened(kept: DataFolder, place: DataFolder, *, replace: bool) -> LocalStore:
    """Open the index to be replaced, or an empty one of the same embedder where there is none."""
    if place.catalog.exists():
        try:
            return LocalStore.open_existing(place.path)
        except CorruptError:
            if not replace:
                raise
            _put_aside(place)
    catalog = Catalog(kept.catalog)
    try:
        catalog.check_format()
        with catalog.reading() as connection:
            built = read_state(connection).built
    finally:
        catalog.close()
    return LocalStore.open(
        place.path, fingerprint=built.fingerprint, dimension=built.dimension, model=built.model
    )


def _put_aside(place: DataFolder) -> None:
    """Keep a catalog that cannot be read under a hidden name; what derives from it is of no use."""
    with WriterLock(place.lock).held():
        token = secrets.token_hex(4)
        for path in place.path.glob(f"{FILE_NAME}*"):
            path.rename(path.with_name(f".damaged-{token}-{path.name}"))
        for derived in (place.vectors, place.terms):
            shutil.rmtree(derived, ignore_errors=True)
