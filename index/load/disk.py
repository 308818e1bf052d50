"""Files and folders: each file by its ending, each folder in the order of its names."""

import gzip
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO, TypeAlias

from index.errors import ArticleError, UnreadableError
from index.load import identity, markdown, page, pdf, rows, text, web
from index.load.admission import MAX_CHARACTERS, Reading, admit
from index.load.encoding import decode
from index.load.endings import remedy_for
from index.load.fetch import Fetch
from index.load.folder import is_folder, shown, unreadable, walk
from index.load.loaded import Loaded, Unread

_Bytes: TypeAlias = BinaryIO | gzip.GzipFile
_MOST_BYTES = 200_000_000  # of one file that is read as a whole, unpacked
_MOST_BYTES_OF_TEXT = 4 * MAX_CHARACTERS + 4  # as many characters in UTF-32, with its mark


def _page(data: bytes) -> Reading:
    return page.read(decode(data, declared=page.charset(data), mend=True))


_READERS: dict[str, Callable[[bytes], Reading]] = {
    ".pdf": pdf.read,
    **dict.fromkeys((".txt", ".text"), lambda data: text.read(decode(data))),
    **dict.fromkeys((".md", ".markdown"), lambda data: markdown.read(decode(data))),
    **dict.fromkeys((".html", ".htm", ".xhtml"), _page),
}
_TEXTS = {".txt", ".text"}
_FEEDS = {".rss", ".atom", ".xml"}
LINES = {".jsonl", ".ndjson"}


def read(path: Path, fetch: Fetch) -> Iterator[Loaded]:
    """Yield what a file holds, or all files of a folder and of the folders in it.

    Hidden files and the droppings of file managers are left out; links are followed once.
    """
    if not is_folder(path):
        yield from _file(path, fetch)
        return
    found = False
    for each in walk(path):
        found = True
        if isinstance(each, Unread):
            yield each
        else:
            yield from _file(each, fetch)
    if not found:
        remedy = "Give one with articles in it."
        yield Unread(shown(path), UnreadableError("The folder holds no files.", remedy=remedy))


def _file(path: Path, fetch: Fetch) -> Iterator[Loaded]:
    try:
        if path.exists() and not path.is_file():  # reading a pipe would wait for ever
            raise UnreadableError("It is no ordinary file.", remedy="Copy its contents to one.")
        with _open(path) as file:
            yield from contents(path, file, fetch, base=identity.of_file(path))
    except ArticleError as error:
        yield Unread(shown(path), error)
    except (OSError, EOFError, zlib.error) as error:
        yield Unread(shown(path), unreadable(error))


def contents(path: Path, file: _Bytes, fetch: Fetch, *, base: str) -> Iterator[Loaded]:
    """Yield what an open file holds; its name says of which kind it is. Raises ArticleError.

    ``base`` is the id of an article that names none, or begins it where there are several.
    """
    kind = kind_of(path)
    origin = shown(path)
    if kind in LINES:
        yield from rows.lines(file, origin=origin, base=base)
    elif kind == ".json":
        yield from rows.whole(_all(file), origin=origin, base=base)
    elif kind in _FEEDS:
        yield from web.read_feed(_all(file), fetch, origin=origin)
    elif kind in _READERS:
        data = _all(file, at_most=_MOST_BYTES_OF_TEXT if kind in _TEXTS else _MOST_BYTES)
        if not data:
            raise UnreadableError("The file is empty.", remedy="Give one with text in it.")
        reader = pdf.read if data.startswith(b"%PDF-") else _READERS[kind]
        yield admit(reader(data), base)
    else:
        raise UnreadableError(f"Files like {path.name!a} are not read.", remedy=remedy_for(kind))


def kind_of(path: Path) -> str:
    """Return the ending that says what a file holds, such as ".pdf", packed or not."""
    packed = path.suffix.lower() == ".gz"
    return (Path(path.stem) if packed else path).suffix.lower()


def _open(path: Path) -> _Bytes:
    try:
        return gzip.open(path) if path.suffix.lower() == ".gz" else path.open("rb")
    except ValueError as error:  # a NUL in the path, half a character
        raise UnreadableError("No file has this name.", remedy="Check the path.") from error


def _all(file: _Bytes, *, at_most: int = _MOST_BYTES) -> bytes:
    data = file.read(at_most + 1)
    if len(data) > at_most:
        raise UnreadableError(
            f"It has over {at_most:,} bytes.", remedy="Split it into several articles."
        )
    return data
