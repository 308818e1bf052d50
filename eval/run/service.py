"""A service over HTTP as a target: the same calls as the engine's, its errors in our words."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from api.client import ApiError, Client, Forbidden, InvalidRequest, Unauthorized
from eval.question import Collection
from eval.run.errors import ServiceArticlesError, ServiceError
from index.article import Article
from index.errors import InputError
from index.ingest import batches
from index.protocols import Filters
from qa.answer import Answer, Claim, Found, Turn, Verified

RETRIES = 8  # of a busy service: a minute or so
MOST_NAMED = 3  # articles named in a message


@dataclass(frozen=True, slots=True)
class Holdings:
    """What a service holds of a collection."""

    missing: tuple[Article, ...]
    other_text: tuple[Article, ...]  # the id is there, with other words
    others: int  # articles that are none of the collection's

    @property
    def to_send(self) -> tuple[Article, ...]:
        """The articles that the service would need."""
        return self.missing + self.other_text


class Service:
    """A running service. Every failure comes as a PullquoteError."""

    def __init__(
        self, address: str, *, key: str | None = None, timeout_s: float | None = None
    ) -> None:
        self.address = address.rstrip("/")
        self._client = Client(self.address, key=key, timeout_s=timeout_s, max_retries=RETRIES)
        # One that is not there, or wants another key: say so now.
        self._first = Client(self.address, key=key, timeout_s=timeout_s)

    def ask(self, question: str, *, filters: Filters, history: Sequence[Turn]) -> Answer:
        """Answer one question."""
        with translated():
            return self._client.ask(question, filters=filters, history=history)

    def search(self, question: str, *, limit: int, filters: Filters) -> Found:
        """Return the ranked passages for a question, best first."""
        with translated():
            return self._client.search(question, limit=limit, filters=filters)

    def verify(self, claims: Sequence[Claim]) -> list[Verified]:
        """Say of each citation what has become of it, in their order."""
        with translated():
            return self._client.verify(claims)

    def generation(self) -> int:
        """Return the generation that is answered from."""
        with translated():
            return self._client.ready().generation

    def holdings(self, collection: Collection) -> Holdings:
        """Compare what the service holds with the articles of a collection."""
        with translated():
            held = {each.id: each.sha256 for each in self._first.articles()}
        articles = collection.articles
        return Holdings(
            missing=tuple(a for a in articles if a.id not in held),
            other_text=tuple(a for a in articles if held.get(a.id, a.sha256) != a.sha256),
            others=len(held.keys() - {a.id for a in articles}),
        )

    def add(self, articles: Sequence[Article]) -> None:
        """Store articles, batch by batch."""
        for batch in batches(articles):
            with translated():
                self._client.add(batch)

    def close(self) -> None:
        """Close the connections."""
        self._client.close()
        self._first.close()


@contextmanager
def translated() -> Iterator[None]:
    """Turn the client's exceptions into ours: what was sent is refused, or the service fails."""
    try:
        yield
    except InvalidRequest as error:
        raise InputError(str(error), remedy="") from error
    except (Unauthorized, Forbidden) as error:
        raise ServiceError(str(error), remedy="Put the key into PULLQUOTE_KEY.") from error
    except ApiError as error:
        raise ServiceError(
            str(error), remedy="What was written down stays; run it again."
        ) from error


def require_articles(holdings: Holdings, collection: Collection, address: str) -> None:
    """Raise ServiceArticlesError unless the service holds every article, word for word."""
    if not holdings.to_send:
        return
    total = len(collection.articles)
    wrong = [
        f"{len(articles):,} of {total:,} articles {what} ({named(articles)})"
        for articles, what in (
            (holdings.missing, "are missing"),
            (holdings.other_text, "have another text"),
        )
        if articles
    ]
    raise ServiceArticlesError(
        f"{address} does not hold the set's articles: {', '.join(wrong)}.",
        remedy="Put them there with --add: that adds what is missing and replaces other versions.",
    )


def named(articles: Sequence[Article]) -> str:
    """Return the first few ids."""
    ids = ", ".join(article.id for article in articles[:MOST_NAMED])
    return f"{ids}, …" if len(articles) > MOST_NAMED else ids
