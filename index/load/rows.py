"""JSON and JSON Lines: rows with the fields of an article, each read for itself."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace

from index.article import Article
from index.errors import ArticleError, UnreadableError
from index.load import identity, page
from index.load.admission import Reading, admit
from index.load.encoding import decode
from index.load.loaded import Loaded, Unread
from index.load.metadata import Metadata

_ABOUT = ("id", "title", "source", "url", "published", "language")
_ROW = 'A row is an object like {"id": "a1", "title": "…", "text": "…"}.'


def lines(data: Iterable[bytes], *, origin: str, base: str) -> Iterator[Loaded]:
    """Yield what each line holds; ``base`` begins the id of a row that names none."""
    for number, line in enumerate(data, start=1):
        if line.strip(b" \t\r\n\xef\xbb\xbf"):
            yield _loaded(line, f"{origin}:{number}", base)


def whole(data: bytes, *, origin: str, base: str) -> Iterator[Loaded]:
    """Yield the articles of one JSON value: a row, a list of rows or {"articles": [rows]}."""
    try:
        value = _parse(data)
    except UnreadableError as error:
        yield Unread(origin, error)
        return
    if isinstance(value, dict) and isinstance(value.get("articles"), list):
        value = value["articles"]
    rows = value if isinstance(value, list) else [value]
    for place, row in enumerate(rows):
        yield _loaded(row, f"{origin}[{place}]" if isinstance(value, list) else origin, base)


def _loaded(row: object, origin: str, base: str) -> Loaded:
    try:
        return _article(_parse(row) if isinstance(row, bytes) else row, base)
    except ArticleError as error:
        return Unread(origin, error)


def _parse(data: bytes) -> object:
    text = decode(data)
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UnreadableError(f"It is no JSON: {error}.", remedy=_ROW) from error


def _article(row: object, base: str) -> Article:
    if not isinstance(row, dict):
        raise UnreadableError(f"It is a JSON {type(row).__name__}, no object.", remedy=_ROW)
    fields = {name: row.get(name) for name in _ABOUT}
    if fields["published"] is None:
        fields["published"] = row.get("date")
    given = Metadata.given(**fields)
    reading = _reading(row, given)
    reading = replace(reading, about=given.over(reading.about))
    known = identity.of_url(reading.about.url)
    return admit(reading, known or identity.of_row(base, reading.text))


def _reading(row: dict[str, object], given: Metadata) -> Reading:
    text, html = row.get("text"), row.get("html")
    if isinstance(text, str):
        return Reading(text)
    if isinstance(html, str):
        return page.read(html, url=given.url)
    raise UnreadableError("The row has neither text nor html.", remedy=_ROW)
