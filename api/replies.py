"""What goes out over HTTP around the dataclasses of ``qa.answer`` and ``index.protocols``.

Those are encoded as they are, dates in ISO 8601; these are the envelopes, and what only HTTP has.
"""

from datetime import date

from msgspec import Struct

from index.protocols import Stored, Summary
from qa.answer import Verified

READY, DEGRADED = "ready", "degraded"


class Added(Struct, frozen=True, kw_only=True):
    """What became of each article, in the order they were sent."""

    articles: tuple[Stored, ...]
    generation: int


class Unread(Struct, frozen=True, kw_only=True):
    """Something that did not become an article, and why."""

    origin: str  # "report.docx", "dump.jsonl:17", "https://phare.example/a"
    detail: str


class Taken(Struct, frozen=True, kw_only=True):
    """What became of the articles in a file, of a page or of a feed."""

    articles: tuple[Stored, ...]
    unread: tuple[Unread, ...]
    generation: int


class Listed(Struct, frozen=True, kw_only=True):
    """A page of the articles there are, by ascending id."""

    articles: tuple[Summary, ...]
    next_cursor: str | None  # for the next page; null on the last
    generation: int


class Extent(Struct, frozen=True, kw_only=True):
    """Where a passage stands in its article's text: ``text[start:end]``, in code points."""

    start: int
    end: int


class Shown(Struct, frozen=True, kw_only=True):
    """One article with its text."""

    id: str
    title: str | None
    source: str | None
    url: str | None
    published: date | None
    language: str
    sha256: str
    characters: int
    duplicate_of: str | None
    text: str
    passages: tuple[Extent, ...]


class Problem(Struct, frozen=True, kw_only=True):
    """The body of every error."""

    type: str
    title: str
    status: int
    detail: str
    instance: str


class Liveness(Struct, frozen=True, kw_only=True):
    """The process is alive."""

    status: str = "alive"


class Readiness(Struct, frozen=True, kw_only=True):
    """Whether questions can be answered, from how much, and what needs care."""

    status: str  # ready | degraded
    reasons: tuple[str, ...]  # why it is degraded, each with its remedy
    generation: int
    articles: int
    passages: int
    model: str


class Verdicts(Struct, frozen=True, kw_only=True):
    """A verdict on each citation, in the order they were sent."""

    citations: tuple[Verified, ...]
