"""Addresses: a page, a PDF, rows or a feed, told apart by what they are."""

from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from urllib.parse import urlsplit

from index.article import Article
from index.errors import ArticleError, UnreadableError
from index.load import feed, identity, markdown, page, pdf, rows, text
from index.load.admission import Reading, admit
from index.load.encoding import decode
from index.load.fetch import Fetch, Page
from index.load.loaded import Loaded, Unread
from index.load.metadata import NOTHING_KNOWN, Metadata

_LINES = {"application/x-ndjson", "application/jsonl", "application/x-jsonlines"}


def read(url: str, fetch: Fetch) -> Iterator[Loaded]:
    """Yield what an address holds: one article, or all those of a feed or of rows."""
    try:
        found = fetch(url)
        if feed.is_feed(found.content):
            yield from read_feed(found.content, fetch, origin=url, url=found.url)
        elif found.media_type in _LINES:
            base = _id(found.url)
            yield from rows.lines(BytesIO(found.content), origin=url, base=base)
        elif found.media_type == "application/json":
            yield from rows.whole(found.content, origin=url, base=_id(found.url))
        else:
            yield _article(found)
    except ArticleError as error:
        yield Unread(url, error)


def read_feed(
    data: bytes, fetch: Fetch, *, origin: str, url: str | None = None
) -> Iterator[Loaded]:
    """Yield the articles that a feed links to; what the pages do not say, the feed does."""
    try:
        for entry in feed.entries(data, origin=origin, url=url):
            yield entry if isinstance(entry, Unread) else _linked(entry, fetch)
    except UnreadableError as error:
        yield Unread(origin, error)


def _linked(entry: feed.Entry, fetch: Fetch) -> Loaded:
    try:
        return _article(fetch(entry.url), entry.about)
    except ArticleError as error:
        return Unread(entry.url, error)


def _article(found: Page, otherwise: Metadata = NOTHING_KNOWN) -> Article:
    if feed.is_feed(found.content):
        raise UnreadableError("A feed links to this feed.", remedy="Add its address itself.")
    reading = _reading(found)
    where = Metadata.found(url=found.url, source=_site(found.url))
    # A page has no say in the id: it could take the place of another article. Its outlet is named
    # after its address where nobody names it better.
    outlet = None if reading.about.source == where.source else reading.about.source
    own = replace(reading.about, id=None, source=outlet)
    about = own.over(otherwise).over(where)
    return admit(replace(reading, about=about), _id(about.url or found.url))


def _reading(found: Page) -> Reading:
    if found.media_type == "application/pdf" or found.content.startswith(b"%PDF-"):
        return pdf.read(found.content)
    if found.media_type in {"text/plain", "text/markdown"}:
        decoded = decode(found.content, declared=found.charset)
        path = urlsplit(found.url).path
        is_markdown = found.media_type == "text/markdown" or path.endswith((".md", ".markdown"))
        return markdown.read(decoded) if is_markdown else text.read(decoded)
    if found.media_type not in {"", "text/html", "application/xhtml+xml"}:
        raise UnreadableError(
            f"It is {found.media_type!a}, no article.", remedy="Give the address of a page."
        )
    declared = found.charset or page.charset(found.content)
    return page.read(decode(found.content, declared=declared, mend=True), url=found.url)


def _id(url: str) -> str:
    return identity.of_url(url) or identity.of_text(url)


def _site(url: str) -> str:
    return urlsplit(url).netloc.removeprefix("www.")
