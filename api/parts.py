"""Files on their way to the service: in which parts they go, and what became of them.

A file goes whole, as the service reads it whole. JSON Lines go in parts that end where a line ends,
so that any length of them can be sent, and so that it is known how much of it is stored.
"""

import re
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import httpx

from api.failures import InvalidRequest
from api.replies import Taken, Unread
from index.protocols import Stored

PART_BYTES = 400_000  # some seconds of work for the service, and far below its limit
PART_LINES = 200  # of short rows: it takes a thousand in a call, unless it is told otherwise
MOST_BYTES = 1_024_000_000  # of a file that goes whole: no service can be set to take more
CHUNK = 65_536  # bytes of a part between two reports of how far it is
UNUSABLE = 400  # the status of what cannot be read
_OF_THE_FILE = frozenset({UNUSABLE, 413, 415})  # a refusal of one file says nothing of the next
_LINES = (".jsonl", ".ndjson")
_LINE = re.compile(r":(\d+)$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """How far a file is. When all of it is sent, its last articles are still being stored."""

    path: Path
    sent: int  # bytes
    size: int  # bytes of the whole file
    articles: int  # stored so far


@dataclass(frozen=True, slots=True, kw_only=True)
class Uploaded:
    """A file whose articles are stored; ``taken.unread`` names what of it could not be read."""

    path: Path
    taken: Taken


@dataclass(frozen=True, slots=True, kw_only=True)
class NotUploaded:
    """A file of which nothing is stored: it is not there, or the service refuses it."""

    path: Path
    error: OSError | InvalidRequest

    @property
    def detail(self) -> str:
        """What is wrong, in a sentence."""
        if isinstance(self.error, OSError):
            return f"{self.path} cannot be read: {self.error.strerror or self.error}."
        return str(self.error)


OnSent = Callable[[Sent], None]


def unwatched(_: Sent) -> None:
    """Follow nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What of a file goes in one request: its bytes ``start`` to ``start + len(content)``."""

    content: bytes
    start: int
    first_line: int = 1
    last_line: int | None = None  # None: the file goes whole

    @property
    def end(self) -> int:
        """One past its last byte in the file."""
        return self.start + len(self.content)


class Delivery:
    """One file on its way: its parts, and all that became of those that were sent."""

    def __init__(self, path: Path, on_progress: OnSent) -> None:
        self.path = path
        self.name = path.name
        self._size = path.stat().st_size
        self._on_progress = on_progress
        self._stored: list[Stored] = []
        self._unread: list[Unread] = []
        self._generation: int | None = None

    def parts(self) -> Iterator[Part]:
        """Yield what is to be sent, in order. Raises OSError."""
        if self.path.suffix.lower() not in _LINES:
            if self._size > MOST_BYTES:
                detail = f"{self.path} has {self._size:,} bytes; {MOST_BYTES:,} is the most."
                raise InvalidRequest(f"{detail} Split it into several files.", 413)
            yield Part(content=self.path.read_bytes(), start=0)
            return
        with self.path.open("rb") as file:
            yield from in_lines(file)

    def follow(self, part: Part) -> Callable[[int], None]:
        """Return what is told how many bytes of a part have gone."""
        return lambda sent: self._tell(part.start + sent)

    def take(self, part: Part, taken: Taken) -> None:
        """Note what became of a part."""
        self._stored += taken.articles
        self._unread += (renumbered(each, part.first_line - 1) for each in taken.unread)
        self._generation = taken.generation
        self._tell(part.end)

    def refuse(self, part: Part, error: InvalidRequest) -> None:
        """Note that no line of a part can be read. Raises the error if that ends the file."""
        if part.last_line is None or error.status != UNUSABLE:
            raise error
        lines = f"{self.name}:{part.first_line}–{part.last_line}"
        self._unread.append(Unread(origin=lines, detail=str(error)))

    def result(self) -> Taken:
        """Return what became of the file. Raises InvalidRequest if nothing of it could be read."""
        if self._generation is None:
            reason = self._unread[0].detail if self._unread else f"{self.path} is empty."
            raise InvalidRequest(reason, UNUSABLE)
        return Taken(
            articles=tuple(self._stored), unread=tuple(self._unread), generation=self._generation
        )

    def _tell(self, sent: int) -> None:
        articles = len(self._stored)
        self._on_progress(Sent(path=self.path, sent=sent, size=self._size, articles=articles))


def in_lines(file: BinaryIO) -> Iterator[Part]:
    """Yield whole lines, as many as one request should hold; a longer line goes by itself."""
    lines: list[bytes] = []
    start = first = 0
    for number, line in enumerate(file):
        if lines and (
            number - first == PART_LINES or sum(map(len, lines)) + len(line) > PART_BYTES
        ):
            yield Part(content=b"".join(lines), start=start, first_line=first + 1, last_line=number)
            start, first, lines = start + sum(map(len, lines)), number, []
        lines.append(line)
    if lines:
        yield Part(
            content=b"".join(lines),
            start=start,
            first_line=first + 1,
            last_line=first + len(lines),
        )


def renumbered(unread: Unread, before: int) -> Unread:
    """Return what could not be read with its line counted in the whole file."""
    origin = _LINE.sub(lambda line: f":{int(line[1]) + before}", unread.origin)
    return Unread(origin=origin, detail=unread.detail)


def concerns_one_file(error: InvalidRequest) -> bool:
    """Whether other files may be taken although this one is refused."""
    return error.status in _OF_THE_FILE


@dataclass(frozen=True, slots=True, kw_only=True)
class File(httpx.SyncByteStream, httpx.AsyncByteStream):
    """The bytes of a file, as the body of a request that tells how many of them have gone."""

    content: bytes
    on_sent: Callable[[int], None]

    def __iter__(self) -> Iterator[bytes]:
        for start in range(0, len(self.content), CHUNK):
            chunk = self.content[start : start + CHUNK]
            yield chunk
            self.on_sent(start + len(chunk))

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for chunk in self:
            yield chunk
