"""RSS and Atom: the list of articles that a feed links to."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from html import unescape
from io import BytesIO
from typing import TypeAlias
from urllib.parse import urljoin

from index.errors import UnreadableError
from index.load import identity
from index.load.dates import feed_day
from index.load.loaded import Unread
from index.load.metadata import Metadata

_FEED = re.compile(rb"<(?:[a-z]+:)?(?:rss|feed|rdf)\b", re.IGNORECASE)
_PAGE = re.compile(rb"<html\b", re.IGNORECASE)
_HEAD = 4_096  # bytes in which a feed says that it is one
_TAG = re.compile(r"<[^<>]*>")
_NO_ADDRESS = "Its articles can only be read where the feed gives their addresses."
_Fields: TypeAlias = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Entry:
    """One article of a feed: where it is, and what the feed says of it."""

    url: str
    about: Metadata


def is_feed(data: bytes) -> bool:
    """Return whether the first bytes are those of a feed, in any encoding like ASCII."""
    head = data[:_HEAD]
    return _FEED.search(head) is not None and _PAGE.search(head) is None


def entries(data: bytes, *, origin: str, url: str | None = None) -> Iterator[Entry | Unread]:
    """Yield the entries of a feed found at ``url``, each address once.

    Raises UnreadableError for what is no feed, and for one without entries.
    """
    import feedparser

    # As a file: feedparser would open a path or an address that it is given as a string. Its own
    # clean-up is for markup that is shown; nothing of the feed is.
    try:
        parsed = feedparser.parse(BytesIO(data), sanitize_html=False, resolve_relative_uris=False)
    except Exception as error:  # broken feeds break it in ways of their own
        raise _no_feed() from error
    if not parsed.entries:
        raise _no_feed()
    seen: set[str] = set()
    for number, fields in enumerate(parsed.entries, start=1):
        entry = _entry(fields, parsed.feed, url)
        if entry is None:
            reason = UnreadableError("The entry gives no address.", remedy=_NO_ADDRESS)
            yield Unread(f"{origin}, entry {number}", reason)
        elif identity.canonical(entry.url) not in seen:
            seen.add(identity.canonical(entry.url))
            yield entry


def _entry(fields: _Fields, feed: _Fields, url: str | None) -> Entry | None:
    link = str(fields.get("link") or "").strip()
    if not link:
        return None
    try:
        where = Metadata.found(url=urljoin(url or "", link)).url
    except ValueError:  # half a bracket in the address
        return None
    if where is None:
        return None
    about = Metadata.found(
        title=_plain(fields.get("title")),
        source=_plain(feed.get("title")),
        published=_day(fields),
        language=feed.get("language"),
    )
    return Entry(where, about)


def _day(fields: _Fields) -> date | None:
    for name in ("published", "updated"):
        if name in fields and (day := feed_day(str(fields[name]))):
            return day
    return None


def _plain(title: object) -> str | None:
    """Return a title without the markup that feeds put into it, once or twice escaped."""
    return unescape(_TAG.sub("", unescape(str(title)))) if title else None


def _no_feed() -> UnreadableError:
    return UnreadableError(
        "The feed links to no articles, or it is none.",
        remedy="Give an RSS or Atom feed, or the address of a page.",
    )
