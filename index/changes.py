"""What a batch changes: decided here, before anything is written."""

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from index import rows
from index.article import Article
from index.errors import ArticleError
from index.protocols import Embedded, Prepared
from index.vectors import SegmentRows


@dataclass(frozen=True, slots=True, kw_only=True)
class Existing:
    """An article as it is stored now."""

    number: int
    article: Article
    passage_ids: tuple[int, ...]
    contents: tuple[tuple[bytes, bytes], ...]  # of each passage: content hash, packed sentences


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """An article to be added, or to take the place of the one of its id."""

    prepared: Prepared
    existing: Existing | None
    keeps_passages: bool  # only what is known of the article changed, not its words

    @property
    def article(self) -> Article:
        """The article as it shall be."""
        return self.prepared.article

    @property
    def status(self) -> str:
        """The word for it in the answer."""
        return "added" if self.existing is None else "updated"

    @property
    def new_passages(self) -> tuple[Embedded, ...]:
        """The passages to be written."""
        return () if self.keeps_passages else self.prepared.passages


def existing(connection: sqlite3.Connection, article_ids: Iterable[str]) -> dict[str, Existing]:
    """Return what the catalog holds of these ids."""
    found = {}
    numbers = rows.numbers_of(connection, list(article_ids))
    for number, stored in rows.stored_articles(connection, numbers).items():
        passages = connection.execute(
            "SELECT id, content_hash, sentences FROM passages WHERE article = ? ORDER BY id",
            (number,),
        ).fetchall()
        found[stored.article.id] = Existing(
            number=number,
            article=stored.article,
            passage_ids=tuple(row[0] for row in passages),
            contents=tuple((row[1], row[2]) for row in passages),
        )
    return found


def plan(
    articles: Sequence[Prepared], stored: Mapping[str, Existing], *, again: bool
) -> list[Change]:
    """Return the changes that a batch makes, without those articles that stay as they are.

    Of several with the same id the last one counts. ``again`` writes all passages anew.
    """
    changes = []
    for prepared in {prepared.article.id: prepared for prepared in articles}.values():
        now = stored.get(prepared.article.id)
        if now is not None and now.article == prepared.article and not again:
            continue
        keeps = not again and now is not None and now.contents == _contents(prepared)
        changes.append(Change(prepared=prepared, existing=now, keeps_passages=keeps))
    return changes


def check(articles: Sequence[Prepared], dimension: int) -> None:
    """Raise ArticleError or ValueError for what must not be stored."""
    for prepared in articles:
        article = prepared.article
        try:
            "".join(filter(None, (article.id, article.text, article.title, article.url))).encode()
        except UnicodeEncodeError as error:
            raise ArticleError(
                f"Article {article.id!r} holds half a character (a lone surrogate).",
                remedy="Read it with the right encoding and send it again.",
            ) from error
        for embedded in prepared.passages:
            _check_passage(article, embedded, dimension)


def rows_of(changes: Sequence[Change], first_id: int) -> SegmentRows | None:
    """Return the segment of all new passages, numbered from ``first_id``; None without any."""
    passages = [embedded for change in changes for embedded in change.new_passages]
    if not passages:
        return None
    return SegmentRows(
        passage_ids=np.arange(first_id, first_id + len(passages), dtype=np.int64),
        vectors=np.array([embedded.vector for embedded in passages], np.float32),
        sentence_counts=np.array([len(e.passage.sentences) for e in passages], np.int32),
        sentence_vectors=np.concatenate([e.sentence_vectors for e in passages], dtype=np.float32),
    )


def _contents(prepared: Prepared) -> tuple[tuple[bytes, bytes], ...]:
    return tuple((e.content_hash, rows.packed(e.passage)) for e in prepared.passages)


def _check_passage(article: Article, embedded: Embedded, dimension: int) -> None:
    passage = embedded.passage
    if passage.end > len(article.text):
        raise ValueError(f"a passage of {article.id!r} ends after its text")
    if embedded.vector.shape != (dimension,):
        raise ValueError(f"a vector of shape {embedded.vector.shape}, not ({dimension},)")
    if embedded.sentence_vectors.shape != (len(passage.sentences), dimension):
        raise ValueError("one vector of the same dimension for each sentence")
    if not (np.isfinite(embedded.vector).all() and np.isfinite(embedded.sentence_vectors).all()):
        raise ValueError(f"a vector of {article.id!r} is not finite")
