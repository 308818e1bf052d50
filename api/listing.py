"""Pages of articles, and the opaque cursor that leads from one to the next."""

import base64
import binascii

from api.problems import INVALID, ProblemError
from api.replies import Extent, Listed, Shown
from index.errors import UnknownArticleError
from index.protocols import Filters
from qa.engine import Engine


def list_articles(engine: Engine, *, limit: int, cursor: str | None, filters: Filters) -> Listed:
    """Return a page. Raises ProblemError for a cursor that no page came with."""
    after = None if cursor is None else read_cursor(cursor)
    with engine.store.snapshot() as snapshot:
        found = snapshot.summaries(limit + 1, after=after, filters=filters)
        page = tuple(found[:limit])
        return Listed(
            articles=page,
            next_cursor=make_cursor(page[-1].id) if len(found) > limit else None,
            generation=snapshot.generation,
        )


def show_article(engine: Engine, article_id: str) -> Shown:
    """Return an article with its text. Raises UnknownArticleError."""
    with engine.store.snapshot() as snapshot:
        article, summary = snapshot.article(article_id), snapshot.summary(article_id)
        passages = snapshot.passages_of(article_id)
    if article is None or summary is None:
        raise UnknownArticleError(article_id)
    return Shown(
        id=article.id,
        title=article.title,
        source=article.source,
        url=article.url,
        published=article.published,
        language=article.language,
        sha256=summary.sha256,
        characters=summary.characters,
        duplicate_of=summary.duplicate_of,
        text=article.text,
        passages=tuple(Extent(start=each.start, end=each.end) for each in passages),
    )


def make_cursor(last_id: str) -> str:
    """Return the cursor of the page that begins after an article."""
    return base64.urlsafe_b64encode(last_id.encode()).decode().rstrip("=")


def read_cursor(cursor: str) -> str:
    """Return the id in a cursor. Raises ProblemError for one that was not made here."""
    try:
        padded = cursor.encode("ascii") + b"=" * (-len(cursor) % 4)
        return base64.b64decode(padded, altchars=b"-_", validate=True).decode()
    except (UnicodeError, binascii.Error) as error:
        detail = "cursor: not one of ours. Take `next_cursor` of the page before, or leave it out."
        raise ProblemError(INVALID, detail) from error
