"""The files of a question set; a failure names the file and says what is expected."""

import gzip
import json
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

import msgspec

from eval.datasets.errors import CollectionError

Row = TypeVar("Row")


def content(path: Path) -> bytes:
    """Return what a file holds, unpacked if its name ends in .gz. Raises CollectionError."""
    try:
        data = path.read_bytes()
        return gzip.decompress(data) if path.suffix == ".gz" else data
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise CollectionError(
            f"{path} cannot be unpacked: {error}.",
            remedy="Make it again with gzip, or give the plain file without .gz in its name.",
        ) from error
    except OSError as error:
        raise CollectionError(
            f"{path} cannot be read: {error.strerror}.",
            remedy="Check the path and who may read it.",
        ) from error


def decoded(data: bytes, kind: type[Row], *, file: str, expected: str) -> Row:
    """Return JSON as a value of ``kind``. Raises CollectionError, which says what is expected."""
    try:
        return _parsed(data, kind)
    except (msgspec.DecodeError, ValueError, RecursionError) as error:
        raise CollectionError(
            f"{file} is of another layout: {error}.", remedy=f"Expected is {expected}."
        ) from error


def rows(path: Path, kind: type[Row], *, expected: str) -> Iterator[Row]:
    """Yield the rows of a file of JSON Lines; empty lines are skipped. Raises CollectionError."""
    for number, line in enumerate(content(path).split(b"\n"), start=1):
        if line.strip():
            yield decoded(line, kind, file=f"Line {number} of {path}", expected=expected)


def _parsed(data: bytes, kind: type[Row]) -> Row:
    try:
        return msgspec.json.decode(data, type=kind)
    except msgspec.ValidationError:
        raise
    except msgspec.DecodeError:
        # Python writes NaN and Infinity for numbers, which is no JSON; AfriQA has some. Encoding
        # makes null of them, and refuses half a character, as the first attempt did.
        return msgspec.json.decode(msgspec.json.encode(json.loads(data)), type=kind)
