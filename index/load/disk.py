"""Files and folders: each file by its ending, each folder in the order of its names."""

import gzip
import os
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO, TypeAlias

from index.errors import ArticleError, UnreadableError
from index.load import identity, markdown, page, pdf, rows, text, web
from index.load.admission import Reading, admit
from index.load.encoding import decode
from index.load.fetch import Fetch
from index.load.loaded import Loaded, Unread

_Bytes: TypeAlias = BinaryIO | gzip.GzipFile
_MOST_BYTES = 200_000_000  # of one file, or of one line of JSON Lines, unpacked
_KINDS = "Give text, Markdown, HTML, PDF, JSON, JSON Lines, RSS or Atom."


def _page(data: bytes) -> Reading:
    return page.read(decode(data, declared=page.charset(data), mend=True))


_READERS: dict[str, Callable[[bytes], Reading]] = {
    ".pdf": pdf.read,
    **dict.fromkeys((".txt", ".text"), lambda data: text.read(decode(data))),
    **dict.fromkeys((".md", ".markdown"), lambda data: markdown.read(decode(data))),
    **dict.fromkeys((".html", ".htm", ".xhtml"), _page),
}
_FEEDS = {".rss", ".atom", ".xml"}
_LINES = {".jsonl", ".ndjson"}


def read(path: Path, fetch: Fetch) -> Iterator[Loaded]:
    """Yield what a file holds, or all files of a folder but hidden ones; links are not followed."""
    if not path.is_dir():
        yield from _file(path, fetch)
        return
    closed: list[OSError] = []
    for folder, folders, names in os.walk(path, onerror=closed.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if not name.startswith("."):
                yield from _file(Path(folder, name), fetch)
    for error in closed:
        yield Unread(str(error.filename), _unreadable(error))


def _file(path: Path, fetch: Fetch) -> Iterator[Loaded]:
    origin = str(path)
    try:
        if path.exists() and not path.is_file():
            raise UnreadableError("It is no file.", remedy=_KINDS)
        with _open(path) as file:
            yield from _contents(path, file, fetch)
    except ArticleError as error:
        yield Unread(origin, error)
    except (OSError, EOFError, zlib.error) as error:
        yield Unread(origin, _unreadable(error))


def _contents(path: Path, file: _Bytes, fetch: Fetch) -> Iterator[Loaded]:
    kind = _kind(path)
    origin, base = str(path), identity.of_file(path)
    if kind in _LINES:
        yield from rows.lines(_lines(file), origin=origin, base=base)
    elif kind == ".json":
        yield from rows.whole(_all(file), origin=origin, base=base)
    elif kind in _FEEDS:
        yield from web.read_feed(_all(file), fetch, origin=origin)
    elif kind in _READERS:
        yield admit(_READERS[kind](_all(file)), base)
    else:
        raise UnreadableError(f"Files like {path.name} are not read.", remedy=_KINDS)


def _kind(path: Path) -> str:
    packed = path.suffix.lower() == ".gz"
    return (Path(path.stem) if packed else path).suffix.lower()


def _open(path: Path) -> _Bytes:
    return gzip.open(path) if path.suffix.lower() == ".gz" else path.open("rb")


def _all(file: _Bytes) -> bytes:
    return _checked(file.read(_MOST_BYTES + 1))


def _lines(file: _Bytes) -> Iterator[bytes]:
    while line := file.readline(_MOST_BYTES + 1):
        yield _checked(line)


def _checked(data: bytes) -> bytes:
    if len(data) > _MOST_BYTES:
        raise UnreadableError(f"It has over {_MOST_BYTES:,} bytes.", remedy="Split it.")
    return data


def _unreadable(error: Exception) -> UnreadableError:
    reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return UnreadableError(
        f"It cannot be read: {reason}.", remedy="Check the path and who may read it."
    )
