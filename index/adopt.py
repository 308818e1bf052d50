"""Making another index the content of this one, at once: what a rebuild and a restore end with.

The files of the other index come in beside ours, where no manifest names them yet. Then its
catalog replaces ours in one transaction, so that readers, in other processes too, see the old
index or the new one. A process that dies before has changed nothing; one that dies after leaves
files that the next turn removes, and words that it fills in again.
"""

import secrets
import sqlite3
from pathlib import Path

from index.catalog import Catalog, transaction
from index.copying import copy_catalog, replace_catalog
from index.files import StoredFile, corrupt, sync_folder, write_durably
from index.folder import DataFolder
from index.generation import manifest
from index.lexicon import Lexicon
from index.state import read_state

BLOCK_BYTES = 1 << 20


def adopt(
    place: DataFolder, catalog: Catalog, lexicon: Lexicon, source: DataFolder, *, move: bool
) -> None:
    """Replace the content of ``catalog`` and its files by those of ``source``, as a new generation.

    ``move`` gives the files their new place instead of copying them. Needs the writer's lock.
    Raises CorruptError when a file of the source is not the one its manifest names.
    """
    with catalog.reading() as connection:
        ours = read_state(connection).generation
    copy = place.path / f".{secrets.token_hex(8)}.sqlite"
    theirs = Catalog(source.catalog)
    try:
        copy_catalog(theirs, copy)
        with theirs.translated():
            generation = _renumber(copy, above=ours)
        with theirs.reading() as connection:
            shown = read_state(connection).generation
            files = [file for entry in manifest(connection) for file in entry.files]
        for file in files:
            _bring(file, source.vectors, place.vectors, move=move)
        sync_folder(place.vectors)
        lexicon.replace_by(source.terms if move else None, shown, generation)
        replace_catalog(catalog, copy)
    finally:
        theirs.close()
        copy.unlink(missing_ok=True)
    catalog.checkpoint()


def copy_checked(file: StoredFile, source: Path, target: Path) -> None:
    """Copy a file durably. Raises CorruptError, changing nothing, when it is not the one named."""
    unchecked = target / f".{file.name}.copy"
    with (source / file.name).open("rb") as original:
        copied = write_durably(
            unchecked,
            lambda sink: [
                sink.write(block) for block in iter(lambda: original.read(BLOCK_BYTES), b"")
            ],
        )
    if (copied.bytes, copied.sha256) != (file.bytes, file.sha256):
        unchecked.unlink()
        raise corrupt(source / file.name, "fails its checksum")
    unchecked.replace(target / file.name)
    sync_folder(target)


def _bring(file: StoredFile, source: Path, target: Path, *, move: bool) -> None:
    if not move:
        copy_checked(file, source, target)
    elif not (target / file.name).exists():  # else one that died has brought it: names are unique
        (target / file.name).hardlink_to(source / file.name)


def _renumber(copy: Path, *, above: int) -> int:
    """Give the catalog a name of its own and a generation that none of its readers has seen."""
    connection = sqlite3.connect(copy, isolation_level=None)
    try:
        with transaction(connection):
            generation = max(above, read_state(connection).generation) + 1
            connection.execute("DELETE FROM removals")
            connection.execute(
                "UPDATE state SET incarnation = ?, generation = ?, removals_from = ?",
                (secrets.token_hex(8), generation, generation),
            )
    finally:
        connection.close()
    return generation
