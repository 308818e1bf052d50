"""A file that somebody hands over by name and bytes; nothing that it links to is fetched."""

import gzip
import zlib
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path, PureWindowsPath

from index.errors import ArticleError, UnreadableError
from index.load import disk, identity
from index.load.fetch import Page
from index.load.folder import unreadable
from index.load.loaded import Loaded, Unread


def read(name: str, data: bytes) -> Iterator[Loaded]:
    """Yield what the file holds.

    An article without an id is named for the file and for what it holds; a row, for the file and
    for the row, so that a file may be sent in parts.
    """
    path = Path(file_name(name))
    rows = disk.kind_of(path) in disk.LINES
    base = identity.of_name(path) if rows else identity.of_bytes(path, data)
    try:
        with opened(path, data) as file:
            yield from disk.contents(path, file, refuse, base=base)
    except ArticleError as error:
        yield Unread(str(path), error)
    except (OSError, EOFError, zlib.error) as error:
        yield Unread(str(path), unreadable(error))


def opened(path: Path, data: bytes) -> BytesIO | gzip.GzipFile:
    """Return the bytes as a file, unpacked while it is read if the name says that it is packed."""
    packed = BytesIO(data)
    return gzip.GzipFile(fileobj=packed) if path.suffix.lower() == ".gz" else packed


def file_name(name: str) -> str:
    """Return the last part of a path, as either kind of system writes it: with / or with \\."""
    plain = PureWindowsPath(name.replace("\x00", "")).name.strip()
    return plain if plain.strip(".") else "file"


def refuse(url: str) -> Page:
    """Get no page: who sends a feed has not asked for what it links to."""
    raise UnreadableError(
        f"{url} is only linked from this file.", remedy="Add the address of the page or the feed."
    )
