"""From the articles of a request to stored ones: converted, checked, and only then stored."""

import threading
from collections.abc import Sequence

from api.messages import ArticleFields
from api.problems import STOPPING, TOO_LARGE, UNUSABLE, ProblemError
from api.replies import Added
from index.article import Article
from index.errors import ArticleError, StoreError
from index.ingest import Progress
from index.load.submission import article_from_html, article_from_text
from index.protocols import Stored
from qa.engine import Engine

ABOUT = ("id", "title", "source", "url", "published", "language")


class Intake:
    """Stores the articles of one request at a time, and stops between batches when told to."""

    def __init__(self, engine: Engine, stopping: threading.Event) -> None:
        self._engine = engine
        self._stopping = stopping

    def check_count(self, count: int) -> None:
        """Raise ProblemError if these are too many articles for one call."""
        most = self._engine.settings.max_articles
        if count > most:
            raise ProblemError(
                TOO_LARGE,
                f"{count:,} articles are too many for one call. "
                f"Send at most {most:,}, in several calls.",
            )

    def take(self, received: Sequence[ArticleFields]) -> Added:
        """Store articles and return what became of each, once all are durable.

        Raises ProblemError, with nothing stored, if one of them cannot be used.
        """
        stored, generation = self.store(self._convert(received))
        return Added(articles=stored, generation=generation)

    def store(self, articles: Sequence[Article]) -> tuple[tuple[Stored, ...], int]:
        """Store articles; return what became of each, and the generation that holds them."""
        stored = tuple(self._store(articles))
        with self._engine.store.snapshot() as snapshot:
            return stored, snapshot.generation

    def _convert(self, received: Sequence[ArticleFields]) -> list[Article]:
        first_place: dict[str, int] = {}
        articles = []
        for place, fields in enumerate(received):
            self._go_on(0, len(received))
            article = convert(fields, place)
            if (first := first_place.setdefault(article.id, place)) != place:
                detail = (
                    f"articles[{place}]: it has the id of articles[{first}], {article.id!r}. "
                    "Send one version of an article in a call."
                )
                raise ProblemError(UNUSABLE, detail)
            articles.append(article)
        return articles

    def _store(self, articles: Sequence[Article]) -> list[Stored]:
        stored: list[Stored] = []
        committed = 0

        def note(progress: Progress) -> None:
            nonlocal committed
            committed = progress.articles

        try:
            for each in self._engine.add(articles, on_progress=note):
                stored.append(each)
                if len(stored) == committed:
                    self._go_on(committed, len(articles))
        except StoreError as error:
            error.message = f"{error.message} {len(stored)} of {len(articles)} articles are stored."
            raise
        return stored

    def _go_on(self, stored: int, wanted: int) -> None:
        if stored < wanted and self._stopping.is_set():
            detail = (
                f"The service is stopping. {stored} of {wanted} articles are stored. "
                "Send them all again later: what is stored already costs nothing."
            )
            raise ProblemError(STOPPING, detail, {"Retry-After": "30"})


def convert(fields: ArticleFields, place: int) -> Article:
    """Return the article in the fields. Raises ProblemError, naming its position in the call."""
    try:
        about = {name: getattr(fields, name) for name in ABOUT}
        if fields.html is not None:
            return article_from_html(fields.html, **about)
        return article_from_text(fields.text or "", **about)
    except ArticleError as error:
        raise ProblemError(UNUSABLE, f"articles[{place}]: {error}") from error
