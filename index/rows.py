"""The rows of the catalog as the nouns of the index. Every function reads one transaction."""

import array
import json
import sqlite3
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from index.article import Article, Passage, Span
from index.protocols import Filters, Summary

_ARTICLE = "a.id, t.text, a.title, a.source, a.url, a.published, a.language"
_SUMMARY = """
    SELECT a.id, a.title, a.source, a.url, a.published, a.language, a.sha256, a.characters,
           (SELECT count(*) FROM passages p WHERE p.article = a.number),
           CASE WHEN f.number <> a.number THEN f.id END
    FROM articles a LEFT JOIN articles f ON f.number = a.family
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredArticle:
    """An article with what the catalog adds to it."""

    number: int
    article: Article
    sha256: str
    group: str  # id of the first article of its near-duplicate group


def packed(passage: Passage) -> bytes:
    """Return the sentences of a passage as the catalog keeps them."""
    offsets = array.array("I", [o for span in passage.sentences for o in (span.start, span.end)])
    if sys.byteorder == "big":
        offsets.byteswap()
    return offsets.tobytes()


def unpacked(sentences: bytes) -> Passage:
    """Return the passage that ``packed`` wrote. Raises ValueError when it is none."""
    offsets = array.array("I", sentences)
    if sys.byteorder == "big":
        offsets.byteswap()
    pairs = zip(offsets[::2], offsets[1::2], strict=True)
    return Passage(sentences=tuple(Span(start, end) for start, end in pairs))


def as_json(values: Iterable[object]) -> str:
    """Return a list as the argument of ``json_each``: one statement for any number of values.

    And for any value: half a character, which no id holds, is looked for and not found.
    """
    return json.dumps(list(values))


def stored_articles(
    connection: sqlite3.Connection, numbers: Iterable[int]
) -> dict[int, StoredArticle]:
    """Return the articles of these numbers, by number."""
    rows = connection.execute(
        f"SELECT a.number, a.sha256, coalesce(f.id, a.id), {_ARTICLE}"  # noqa: S608
        " FROM articles a JOIN texts t ON t.article = a.number"
        " LEFT JOIN articles f ON f.number = a.family"
        " WHERE a.number IN (SELECT value FROM json_each(?))",
        (as_json(numbers),),
    )
    return {
        row[0]: StoredArticle(number=row[0], sha256=row[1], group=row[2], article=_article(row[3:]))
        for row in rows
    }


def articles(connection: sqlite3.Connection, article_ids: Iterable[str]) -> dict[str, Article]:
    """Return the articles of these ids, by id."""
    rows = connection.execute(
        f"SELECT {_ARTICLE} FROM articles a JOIN texts t ON t.article = a.number"  # noqa: S608
        " WHERE a.id IN (SELECT value FROM json_each(?))",
        (as_json(article_ids),),
    )
    return {row[0]: _article(row) for row in rows}


def articles_after(
    connection: sqlite3.Connection, number: int, limit: int
) -> list[tuple[int, Article]]:
    """Return the next articles with their numbers, in the order in which they first came."""
    rows = connection.execute(
        f"SELECT a.number, {_ARTICLE} FROM articles a JOIN texts t ON t.article = a.number"  # noqa: S608
        " WHERE a.number > ? ORDER BY a.number LIMIT ?",
        (number, limit),
    )
    return [(row[0], _article(row[1:])) for row in rows]


def numbers_of(connection: sqlite3.Connection, article_ids: Sequence[str]) -> list[int]:
    """Return the numbers of those ids that there are."""
    rows = connection.execute(
        "SELECT number FROM articles WHERE id IN (SELECT value FROM json_each(?))",
        (as_json(article_ids),),
    )
    return [number for (number,) in rows]


def passages_by_id(
    connection: sqlite3.Connection, passage_ids: Sequence[int]
) -> dict[int, tuple[int, Passage]]:
    """Return the article's number and the passage, by passage id."""
    rows = connection.execute(
        "SELECT id, article, sentences FROM passages WHERE id IN (SELECT value FROM json_each(?))",
        (as_json(passage_ids),),
    )
    return {number: (article, unpacked(sentences)) for number, article, sentences in rows}


def passages_of(connection: sqlite3.Connection, article_id: str) -> tuple[Passage, ...]:
    """Return the passages of an article, in order."""
    rows = connection.execute(
        "SELECT sentences FROM passages"
        " WHERE article IN (SELECT number FROM articles"
        " WHERE id IN (SELECT value FROM json_each(?))) ORDER BY id",
        (as_json([article_id]),),
    )
    return tuple(unpacked(sentences) for (sentences,) in rows)


def passages_with_content(
    connection: sqlite3.Connection, content_hashes: Iterable[bytes]
) -> Iterator[tuple[bytes, int]]:
    """Yield each known content with one passage that has it, the newest."""
    for content_hash in content_hashes:
        row = connection.execute(
            "SELECT max(id) FROM passages WHERE content_hash = ?", (content_hash,)
        ).fetchone()
        if row[0] is not None:
            yield content_hash, row[0]


def summary(connection: sqlite3.Connection, article_id: str) -> Summary | None:
    """Return what is known of one article, None if there is none of this id."""
    where = "WHERE a.id IN (SELECT value FROM json_each(?))"
    row = connection.execute(f"{_SUMMARY} {where}", (as_json([article_id]),)).fetchone()
    return None if row is None else _summary(row)


def summaries(
    connection: sqlite3.Connection, limit: int, *, after: str | None, filters: Filters
) -> list[Summary]:
    """Return at most ``limit`` articles by ascending id, those after the id ``after``."""
    conditions, values = _conditions(filters)
    if after is not None:
        conditions.append("a.id > ?")
        values.append(after)
    where = f"WHERE {' AND '.join(conditions)}" if conditions else ""
    rows = connection.execute(f"{_SUMMARY} {where} ORDER BY a.id LIMIT ?", (*values, limit))
    return [_summary(row) for row in rows]


def _conditions(filters: Filters) -> tuple[list[str], list[str | int]]:
    conditions: list[str] = []
    values: list[str | int] = []
    for column, names in (
        ("a.source", filters.source),
        ("a.language", filters.language),
        ("a.id", filters.article_ids),
    ):
        if names:
            conditions.append(f"{column} IN (SELECT value FROM json_each(?))")  # noqa: S608
            values.append(as_json(names))
    for comparison, day in ((">=", filters.published_from), ("<=", filters.published_to)):
        if day is not None:
            conditions.append(f"a.published {comparison} ?")
            values.append(day.toordinal())
    return conditions, values


def _article(row: tuple[Any, ...]) -> Article:
    return Article(
        id=row[0],
        text=row[1],
        title=row[2],
        source=row[3],
        url=row[4],
        published=_day(row[5]),
        language=row[6],
    )


def _summary(row: tuple[Any, ...]) -> Summary:
    id_, title, source, url, published, language, sha256, characters, passages, first = row
    return Summary(
        id=id_,
        title=title,
        source=source,
        url=url,
        published=_day(published),
        language=language,
        sha256=sha256,
        characters=characters,
        passages=passages,
        duplicate_of=first,
    )


def _day(ordinal: int | None) -> date | None:
    return None if ordinal is None else date.fromordinal(ordinal)
