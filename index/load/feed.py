"""RSS and Atom: the list of articles that a feed links to."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from urllib.parse import urljoin

from index.errors import UnreadableError
from index.load.dates import feed_day
from index.load.metadata import Metadata

_FEED = re.compile(rb"<(?:[a-z]+:)?(?:rss|feed|rdf)\b", re.IGNORECASE)
_HEAD = 4_096  # bytes in which a feed says that it is one
_PAGE = re.compile(rb"<html\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Entry:
    """One article of a feed: where it is, and what the feed says of it."""

    url: str
    about: Metadata


def is_feed(data: bytes) -> bool:
    """Return whether the first bytes are those of a feed, in any encoding like ASCII."""
    head = data[:_HEAD]
    return _FEED.search(head) is not None and _PAGE.search(head) is None


def entries(data: bytes, *, url: str | None = None) -> Iterator[Entry]:
    """Yield the entries of a feed found at ``url``, each address once.

    Raises UnreadableError for a feed without entries that link to anything.
    """
    import feedparser

    parsed = feedparser.parse(BytesIO(data), sanitize_html=False)
    source = parsed.feed.get("title")
    seen: set[str] = set()
    for entry in parsed.entries:
        link = urljoin(url or "", entry.get("link", ""))
        if link in seen or not link.startswith(("http://", "https://")):
            continue
        seen.add(link)
        published = feed_day(entry.get("published") or entry.get("updated"))
        title = entry.get("title")
        yield Entry(link, Metadata.found(title=title, source=source, published=published))
    if not seen:
        raise UnreadableError(
            "The feed links to no articles.", remedy="Give the address of an RSS or Atom feed."
        )
