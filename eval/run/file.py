"""The file of a run: a header, then a record a question, each a line of JSON.

A line counts once its line feed is written. A run that was killed leaves whole lines and at most
one half, which is taken off before the run goes on.
"""

import fcntl
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from io import FileIO
from pathlib import Path
from typing import IO, NoReturn, TypeVar

import msgspec

from eval.question import Question
from eval.record import Header, Record
from eval.run.errors import RunFileError

FORMAT = 1  # of Header and Record; a file of another one is refused

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What a file holds: all of a run, or what there is of it so far."""

    path: Path
    header: Header
    records: tuple[Record, ...]

    @property
    def whole(self) -> bool:
        """Whether every question has its record."""
        return len(self.records) == self.header.questions


def read_run(path: Path) -> Run:
    """Read a file; half a line at its end is passed over. Raises RunFileError."""
    try:
        with path.open("rb") as file:
            lines = whole_lines(file)
    except OSError as error:
        raise RunFileError(
            f"The run {path} cannot be read: {error.strerror}.",
            remedy="Make one: pullquote eval run SET --out FILE",
        ) from error
    if not lines:
        raise RunFileError(
            f"There is no run in {path}: it has not a single whole line.",
            remedy="Make one: pullquote eval run SET --out FILE",
        )
    return Run(
        path=path,
        header=header_of(path, lines[0]),
        records=tuple(decoded(path, number, line) for number, line in enumerate(lines[1:], 2)),
    )


def read_answered(path: Path) -> Run:
    """Read a file that has at least one record. Raises RunFileError."""
    run = read_run(path)
    if not run.records:
        raise RunFileError(
            f"{path} has no answers yet: the run was stopped before the first question.",
            remedy="Run it again: the same command goes on.",
        )
    return run


def whole_lines(file: IO[bytes] | FileIO) -> list[bytes]:
    """Return all lines that end in a line feed, without it."""
    return file.read().split(b"\n")[:-1]


def header_of(path: Path, line: bytes) -> Header:
    """Read the first line. Raises RunFileError when it is none of ours."""
    try:
        format_ = msgspec.json.decode(line, type=_Format).format
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise RunFileError(
            f"{path} is not a run: its first line is no header ({error}).",
            remedy="Give a file that `pullquote eval run` wrote.",
        ) from error
    if format_ != FORMAT:
        raise RunFileError(
            f"{path} is a run of format {format_}; this version reads format {FORMAT}.",
            remedy="Run it again: pullquote eval run SET --out FILE",
        )
    return _read(path, 1, line, Header)


def decoded(path: Path, number: int, line: bytes) -> Record:
    """Read one of the other lines. Raises RunFileError with its number."""
    return _read(path, number, line, Record)


@dataclass(slots=True)
class Writer:
    """A file that takes the records of one run, in the order of its questions."""

    path: Path
    file: FileIO  # not buffered: what was written is with the system
    header: Header
    records: list[Record]  # that were there already, and those that were added

    def add(self, record: Record) -> None:
        """Write one record, so that it outlives this process."""
        self._write(record)
        self.records.append(record)

    def begin(self) -> None:
        """Write the header."""
        self._write(self.header)

    def _write(self, line: Header | Record) -> None:
        left = memoryview(msgspec.json.encode(line) + b"\n")
        try:
            while left:  # without a buffer, a call may take only a part
                left = left[self.file.write(left) :]
        except OSError as error:
            raise unwritable(self.path, error) from error


@contextmanager
def writing(path: Path, header: Header, questions: Sequence[Question]) -> Iterator[Writer]:
    """Open a file for the records of a run; one that was begun goes on after its last whole line.

    Raises RunFileError when the file is of another run, or is just being written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        opened = path.open("a+b", buffering=0)
    except OSError as error:
        raise unwritable(path, error) from error
    with opened as file:
        _lock(file, path)
        file.seek(0)
        lines = whole_lines(file)
        file.truncate(sum(len(line) + 1 for line in lines))
        there = header_of(path, lines[0]) if lines else header
        require_same(path, there, header)
        records = [decoded(path, number, line) for number, line in enumerate(lines[1:], 2)]
        _require_prefix(path, records, questions)
        writer = Writer(path, file, there, records)
        if not lines:
            writer.begin()
        yield writer


def unwritable(path: Path, error: OSError) -> RunFileError:
    """Return the error of a file that takes no more lines."""
    return RunFileError(
        f"The run cannot be written to {path}: {error.strerror}.",
        remedy="Make room, or name another file with --out.",
    )


def require_same(path: Path, there: Header, wanted: Header) -> None:
    """Raise RunFileError when the file was begun under other conditions."""
    if differing := differences(there, wanted):
        raise RunFileError(
            f"{path} holds another run: {'; '.join(differing)}.",
            remedy="Name another file with --out, or move this one away.",
        )


def differences(one: Header, other: Header) -> list[str]:
    """Say in which parts two headers differ, ``started`` aside."""
    first, second = (msgspec.to_builtins(replace(each, started="")) for each in (one, other))
    return [
        f"{name} was {old}, is {new}"
        for part in first
        for name, old, new in _changed(part, first[part], second[part])
    ]


def _changed(name: str, old: object, new: object) -> list[tuple[str, object, object]]:
    if isinstance(old, dict) and isinstance(new, dict):
        keys = [*old, *(key for key in new if key not in old)]
        return [
            (str(key), old.get(key, "absent"), new.get(key, "absent"))
            for key in keys
            if old.get(key) != new.get(key)
        ]
    return [] if old == new else [(name, old, new)]


def _require_prefix(path: Path, records: Sequence[Record], questions: Sequence[Question]) -> None:
    there = [record.question.id for record in records]
    if there != [question.id for question in questions[: len(there)]]:
        raise RunFileError(
            f"The records of {path} are not those of the first questions of the set.",
            remedy="Name another file with --out, or move this one away.",
        )


def _lock(file: FileIO, path: Path) -> None:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)  # the kernel lets go when we end
    except BlockingIOError as error:
        raise RunFileError(
            f"Another run is just writing to {path}.",
            remedy="Wait until it has finished, or name another file with --out.",
        ) from error


def _read(path: Path, number: int, line: bytes, kind: type[T]) -> T:
    try:
        return msgspec.json.decode(line, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        _refuse(path, number, error)


def _refuse(path: Path, number: int, error: Exception) -> NoReturn:
    raise RunFileError(
        f"Line {number} of {path} is no record ({error}).",
        remedy="The file was changed or damaged: move it away, and run again.",
    ) from error


class _Format(msgspec.Struct):
    format: int
