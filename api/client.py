"""Pullquote over HTTP, from Python: ``Client`` and, with the same methods, ``AsyncClient``.

Such as::

    with Client() as client:
        answer = client.ask("which countries refuse to send troops?")
        for quote in answer.points[0].quotes:
            print(quote.text, answer.citations[quote.citation - 1].source)

Answers are the dataclasses of ``qa.answer``; errors are the exceptions of ``api.failures``.
"""

import itertools
import time
from collections.abc import Iterable, Iterator, Sequence
from typing import Self, TypeVar

import httpx

from api import calls, failures
from api.async_client import AsyncClient
from api.calls import Call
from api.failures import ApiError, Busy, ConnectionFailed, InvalidRequest, NotFound, ServerError
from api.messages import ArticleFields
from api.replies import Added, Readiness, Shown
from index.article import Article
from index.protocols import NO_FILTERS, Filters, Summary
from qa.answer import Answer, Citation, Claim, Found, Turn, Verified

__all__ = [
    "ApiError",
    "AsyncClient",
    "Busy",
    "Client",
    "ConnectionFailed",
    "InvalidRequest",
    "NotFound",
    "ServerError",
]

T = TypeVar("T")


class Client:
    """Calls the service and waits for the answer.

    ``max_retries`` is how often a call is repeated when the service is busy or not there yet.
    """

    def __init__(
        self,
        address: str = calls.DEFAULT_ADDRESS,
        *,
        timeout_s: float | None = None,
        max_retries: int = 0,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        self.address = address.rstrip("/")
        self._timeout_s = timeout_s
        self._max_retries = max_retries
        self._http = httpx.Client(transport=transport, trust_env=not calls.is_local(address))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def ask(
        self,
        question: str,
        *,
        limit: int | None = None,
        filters: Filters = NO_FILTERS,
        history: Sequence[Turn] = (),
    ) -> Answer:
        """Return the articles' own words on a question."""
        return self._send(calls.ask(question, limit, filters, history))

    def search(self, question: str, *, limit: int = 10, filters: Filters = NO_FILTERS) -> Found:
        """Return the passages that a question would be answered from, best first."""
        return self._send(calls.search(question, limit, filters))

    def verify(self, claims: Iterable[Claim | Citation]) -> list[Verified]:
        """Return a verdict on each citation."""
        return list(self._send(calls.verify(claims)).citations)

    def add(self, articles: Iterable[Article | ArticleFields]) -> Added:
        """Store articles; when it returns, they are durable and searchable."""
        return self._send(calls.add(articles))

    def articles(self, *, filters: Filters = NO_FILTERS) -> Iterator[Summary]:
        """Yield all articles by ascending id, fetching page after page."""
        cursor: str | None = None
        while True:
            listed = self._send(calls.page(filters, cursor))
            yield from listed.articles
            cursor = listed.next_cursor
            if cursor is None:
                return

    def article(self, article_id: str) -> Shown:
        """Return an article with its text. Raises NotFound."""
        return self._send(calls.show(article_id))

    def remove(self, article_id: str) -> None:
        """Remove an article. Raises NotFound."""
        self._send(calls.remove(article_id))

    def ready(self) -> Readiness:
        """Return how the service is. Raises ServerError when it cannot answer questions."""
        return self._send(calls.ready())

    def _send(self, call: Call[T]) -> T:
        for attempt in itertools.count():
            try:
                return self._send_once(call)
            except ApiError as error:
                pause_s = failures.pause_s(error, attempt)
                if pause_s is None or attempt >= self._max_retries:
                    raise
            time.sleep(pause_s)
        raise AssertionError("unreachable: the loop has no end")

    def _send_once(self, call: Call[T]) -> T:
        request = calls.request(call, self.address, self._timeout_s)
        try:
            return calls.read(call, self._http.send(request))
        except httpx.RequestError as error:
            raise failures.unreachable(error, self.address) from error
