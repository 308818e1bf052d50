"""Looking an index over: every file, every row, and the command that mends what is wrong."""

import shutil
import sqlite3
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from index import checks
from index.catalog import Catalog
from index.errors import StoreError, WriterBusyError
from index.folder import DataFolder
from index.generation import Generation
from index.lexicon import Lexicon
from index.lock import WriterLock
from index.state import read_state
from index.status import set_aside
from index.store import LocalStore

LOW_SPACE_BYTES = 256 << 20
PATIENCE_S = 5.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What one check found."""

    check: str
    ok: bool
    detail: str
    remedy: str | None = None  # what to do, mostly a command; None when nothing is wrong


def examine(folder: Path) -> list[Finding]:
    """Check everything in a data folder; reads all of it and changes nothing.

    A writer at work is waited for a little; then what it may be changing is not checked.
    """
    place = DataFolder(folder)
    catalog = Catalog(place.catalog)
    try:
        place.require_existing()
        catalog.check_format()
        findings = [*_in_catalog(place, catalog), *_beside_catalog(place, catalog)]
    except StoreError as error:
        findings = [Finding(check="catalog", ok=False, detail=error.message, remedy=error.remedy)]
    finally:
        catalog.close()
    return [*findings, _space(place)]


def repair(folder: Path) -> list[Finding]:
    """Mend what can be mended without the embedder; return what ``examine`` finds then.

    Vectors that are lost with a damaged segment need it: ``index.mend`` restores them.
    Raises StoreError when the index cannot be opened.
    """
    with LocalStore.open_existing(folder) as store:
        store.repair()
    return examine(folder)


def _in_catalog(place: DataFolder, catalog: Catalog) -> Iterator[Finding]:
    remedy = f"pullquote --data {place.path} restore FOLDER --replace"
    with catalog.reading() as connection:
        yield _finding("catalog file", checks.file_of_catalog(connection), remedy)
        yield _finding("references", checks.references(connection), remedy)
        yield _finding("texts", checks.texts(connection), remedy)
        yield _finding("near-duplicates", checks.families(connection), remedy)


def _beside_catalog(place: DataFolder, catalog: Catalog) -> Iterator[Finding]:
    try:
        with WriterLock(place.lock).held(PATIENCE_S), catalog.reading() as connection:
            yield from _derived(place, connection)
    except WriterBusyError:
        yield Finding(check="segments", ok=True, detail="not checked: another process is writing")


def _derived(place: DataFolder, connection: sqlite3.Connection) -> Iterator[Finding]:
    mend = f"pullquote --data {place.path} doctor --repair"
    rebuild = f"pullquote --data {place.path} rebuild"
    generation = Generation.read(
        connection,
        read_state(connection),
        place.vectors,
        Lexicon(place.terms).searcher(),
        known=None,
        verify_bytes=sys.maxsize,
    )
    yield _finding("segments", [damaged.complaint for damaged in generation.damaged], mend)
    yield _finding("vectors", checks.vectors(generation), mend)
    yield _finding("sentences", checks.sentence_counts(connection, generation), rebuild)
    yield _finding("counts", checks.counts(connection, generation), mend)
    yield _finding("orphans", checks.orphans(place, connection), mend)
    yield _finding("words", checks.words(generation, Lexicon(place.terms)), mend)
    if aside := set_aside(place):
        detail = f"{len(aside)} damaged files were set aside; delete them when you like"
        yield Finding(check="set aside", ok=True, detail=detail)


def _space(place: DataFolder) -> Finding:
    at = place.path.absolute()
    there = next(path for path in (at, *at.parents) if path.exists())
    free = shutil.disk_usage(there).free
    few = [f"{free >> 20} MB are free"] if free < LOW_SPACE_BYTES else []
    return _finding("disk space", few, "Free some space: an ingest that runs out of it stops.")


def _finding(check: str, complaints: list[str], remedy: str) -> Finding:
    if not complaints:
        return Finding(check=check, ok=True, detail="fine")
    return Finding(check=check, ok=False, detail=checks.shown(complaints), remedy=remedy)
