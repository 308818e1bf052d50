"""JSON and JSON Lines: rows with the fields of an article, each read for itself."""

import codecs
import json
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from typing import Protocol

from index.article import Article
from index.errors import ArticleError, UnreadableError
from index.load import identity, page
from index.load.admission import Reading, admit
from index.load.encoding import decode
from index.load.loaded import Loaded, Unread
from index.load.metadata import Metadata

_LONGEST_LINE = 32_000_000  # bytes; one article, with the page around it
_ROW = 'A row is an object like {"id": "a1", "title": "…", "text": "…"}.'
# The names under which other collections keep each field; the first that holds something wins.
_NAMES = {
    "id": ("id", "_id"),
    "title": ("title", "headline"),
    "source": ("source", "outlet", "site", "publisher"),
    "url": ("url", "link"),
    "published": ("published", "date", "published_at", "publish_date", "datepublished", "pubdate"),
    "language": ("language", "lang"),
    "text": ("text", "body", "content"),
    "html": ("html",),
}


class Lines(Protocol):
    """A binary file that is read line by line."""

    def readline(self, size: int, /) -> bytes:
        """Return the next line, at most ``size`` bytes of it; empty at the end."""


def lines(file: Lines, *, origin: str, base: str) -> Iterator[Loaded]:
    """Yield what each line holds; ``base`` begins the id of a row that names none.

    Only one line at a time is in memory. One that is no article does not stop the others.
    """
    number = 0
    while line := file.readline(_LONGEST_LINE + 1):
        number += 1
        if line.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            yield Unread(origin, _wide())
            return
        if len(line) > _LONGEST_LINE:
            _skip_line(file, line)
            yield Unread(f"{origin}:{number}", _too_long())
        elif line.strip(b" \t\r\n\xef\xbb\xbf"):
            yield _loaded(line, f"{origin}:{number}", base)


def whole(data: bytes, *, origin: str, base: str) -> Iterator[Loaded]:
    """Yield the articles of one JSON value: a row, a list of rows or {"articles": [rows]}.

    Rows one below the other, without a list around them, are read as lines. A single row without
    an id gets ``base`` as its id.
    """
    try:
        value = _parse(data)
    except UnreadableError as error:
        if isinstance(error.__cause__, json.JSONDecodeError) and _is_row(data):
            yield from lines(BytesIO(data), origin=origin, base=base)
        else:
            yield Unread(origin, error)
        return
    if isinstance(value, dict) and isinstance(value.get("articles"), list):
        value = value["articles"]
    if not isinstance(value, list):
        yield _loaded(value, origin, base, alone=True)
        return
    for place, row in enumerate(value):
        yield _loaded(row, f"{origin}[{place}]", base)


def _skip_line(file: Lines, line: bytes) -> None:
    while line and not line.endswith(b"\n"):
        line = file.readline(_LONGEST_LINE)


def _is_row(data: bytes) -> bool:
    """Return whether the first line is a row by itself."""
    try:
        return isinstance(_parse(data.lstrip().partition(b"\n")[0]), dict)
    except UnreadableError:
        return False


def _loaded(row: object, origin: str, base: str, *, alone: bool = False) -> Loaded:
    try:
        return _article(_parse(row) if isinstance(row, bytes) else row, base, alone=alone)
    except ArticleError as error:
        return Unread(origin, error)


def _parse(data: bytes) -> object:
    text = decode(data)
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UnreadableError(f"It is no JSON: {error}.", remedy=_ROW) from error


def _article(row: object, base: str, *, alone: bool) -> Article:
    if not isinstance(row, dict):
        raise UnreadableError(f"It is a JSON {type(row).__name__}, no object.", remedy=_ROW)
    fields = _fields(row)
    text, html = fields.pop("text"), fields.pop("html")
    given = Metadata.given(**fields)
    reading = _reading(text, html, given)
    reading = replace(reading, about=given.over(reading.about))
    otherwise = base if alone else identity.of_row(base, reading.text)
    return admit(reading, identity.of_url(reading.about.url) or otherwise)


def _fields(row: dict[str, object]) -> dict[str, object]:
    """Return the fields of an article; names that mean nothing here are left out."""
    known = {name.lower(): value for name, value in row.items() if value not in (None, "")}
    return {
        field: next((known[name] for name in names if name in known), None)
        for field, names in _NAMES.items()
    }


def _reading(text: object, html: object, given: Metadata) -> Reading:
    if isinstance(text, str):
        return Reading(text)
    if isinstance(html, str):
        return page.read(html, url=given.url)
    if text is not None or html is not None:
        raise UnreadableError(f"Its text is a {type(text or html).__name__}.", remedy=_ROW)
    raise UnreadableError("The row has neither text nor html.", remedy=_ROW)


def _too_long() -> UnreadableError:
    return UnreadableError(
        f"The line has over {_LONGEST_LINE:,} bytes.",
        remedy="Write one article a line, not all in one.",
    )


def _wide() -> UnreadableError:
    return UnreadableError(
        "It is JSON Lines in UTF-16.",
        remedy="Convert it first: iconv -f UTF-16 -t UTF-8 old.jsonl > new.jsonl",
    )
