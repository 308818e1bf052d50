"""Where the records of a run go when nobody says it: ``runs/<set>-<date>.jsonl``."""

import itertools
import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path

from eval.record import Header
from eval.run.errors import RunFileError
from eval.run.file import differences, header_of, whole_lines

FOLDER = Path("runs")


def file_for(header: Header, *, folder: Path = FOLDER, today: date) -> Path:
    """Return the file of a run: one that was begun and not finished, today's, or the next free.

    A run with other settings on the same day gets a number, ``runs/<set>-<date>-2.jsonl``.
    """
    name = slug(header.collection)
    for path in sorted(folder.glob(f"{name}-*.jsonl"), reverse=True):
        if is_of(path, header) and not is_whole(path, header):
            return path
    for path in dated(folder, name, today):
        if not path.exists() or is_of(path, header):
            return path
    raise AssertionError("unreachable: there is always a next number")


def dated(folder: Path, name: str, today: date) -> Iterator[Path]:
    """Yield the names that a run of one day may have, in order."""
    yield folder / f"{name}-{today}.jsonl"
    for number in itertools.count(2):
        yield folder / f"{name}-{today}-{number}.jsonl"


def slug(collection: str) -> str:
    """Return the name of a collection, or the last part of its path, as a part of a file name."""
    last = Path(collection).name.removesuffix(".jsonl")
    return re.sub(r"[^\w.-]+", "-", last).strip("-.") or "set"


def is_of(path: Path, header: Header) -> bool:
    """Whether a file holds a run of the same header."""
    with suppress(OSError, RunFileError), path.open("rb") as file:
        return not differences(header_of(path, file.readline().rstrip(b"\n")), header)
    return False


def is_whole(path: Path, header: Header) -> bool:
    """Whether a file has a record for every question."""
    with path.open("rb") as file:
        return len(whole_lines(file)) > header.questions
