"""Pullquote over HTTP, from Python: ``Client`` and, with the same methods, ``AsyncClient``.

Such as::

    with Client() as client:
        answer = client.ask("which countries refuse to send troops?")
        for quote in answer.points[0].quotes:
            print(quote.text, answer.citations[quote.citation - 1].source)

As it is found::

    for stage in client.ask_stream("which countries refuse to send troops?"):
        match stage:
            case Retrieved():
                print(stage.coverage.passages_read, "passages")
            case Quoted():
                print(stage.citation.text)
            case Answer():
                print(stage.status)

Answers are the dataclasses of ``qa.answer`` and ``qa.stages``; errors are the exceptions of
``api.failures``.
"""

import contextlib
import itertools
import time
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from typing import Self, TypeVar

import httpx
from httpx_sse import EventSource

from api import arrivals, calls, failures
from api.async_client import AsyncClient
from api.calls import Call
from api.deliveries import Deliveries
from api.failures import (
    ApiError,
    Busy,
    ConnectionFailed,
    Forbidden,
    InvalidRequest,
    NotFound,
    RateLimited,
    ServerError,
    Unauthorized,
)
from api.messages import ArticleFields
from api.parts import NotUploaded, Sent, Uploaded
from api.replies import Added, Readiness, Shown, Taken
from index.article import Article
from index.protocols import NO_FILTERS, Filters, Summary
from qa.answer import Answer, Citation, Claim, Found, Turn, Verified
from qa.stages import Quoted, Retrieved, Stage

__all__ = [
    "ApiError",
    "AsyncClient",
    "Busy",
    "Client",
    "ConnectionFailed",
    "Forbidden",
    "InvalidRequest",
    "NotFound",
    "NotUploaded",
    "Quoted",
    "RateLimited",
    "Retrieved",
    "Sent",
    "ServerError",
    "Taken",
    "Unauthorized",
    "Uploaded",
]

T = TypeVar("T")


class Client(Deliveries):
    """Calls the service and waits for the answer.

    ``key`` is for a service that wants one (``pullquote keys add``). ``max_retries`` is how often
    a call is repeated when the service is busy or not there yet.
    """

    def __init__(
        self,
        address: str = calls.DEFAULT_ADDRESS,
        *,
        key: str | None = None,
        timeout_s: float | None = None,
        max_retries: int = 0,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        self.address = address.rstrip("/")
        self._key = key
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

    def ask_stream(
        self,
        question: str,
        *,
        limit: int | None = None,
        filters: Filters = NO_FILTERS,
        history: Sequence[Turn] = (),
    ) -> Generator[Stage, None, None]:
        """Yield what is found as it is found: the passages, each quote, at last the answer.

        Closing the iterator ends the work of the service as well.
        """
        call = calls.ask(question, limit, filters, history)
        with contextlib.closing(self._repeated(lambda: self._open(call))) as response:
            try:
                for event in EventSource(response).iter_sse():
                    stage = arrivals.read(event)
                    if stage is not None:
                        yield stage
                    if isinstance(stage, Answer):
                        return
            except httpx.RequestError as error:
                raise failures.unreachable(error, self.address) from error
            raise arrivals.broken_off(self.address)

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
        return self._repeated(lambda: self._send_once(call))

    def _send_once(self, call: Call[T]) -> T:
        request = calls.request(call, self.address, self._timeout_s, key=self._key)
        try:
            return calls.read(call, self._http.send(request))
        except httpx.RequestError as error:
            raise failures.unreachable(error, self.address) from error

    def _open(self, call: Call[Answer]) -> httpx.Response:
        key, accept = self._key, arrivals.EVENT_STREAM
        request = calls.request(call, self.address, self._timeout_s, key=key, accept=accept)
        try:
            with contextlib.ExitStack() as on_failure:
                response = self._http.send(request, stream=True)
                on_failure.callback(response.close)
                if not response.is_success:
                    response.read()
                    raise failures.refusal(response)
                arrivals.check_opened(response)
                on_failure.pop_all()
                return response
        except httpx.RequestError as error:
            raise failures.unreachable(error, self.address) from error

    def _repeated(self, attempt: Callable[[], T]) -> T:
        for number in itertools.count():
            try:
                return attempt()
            except ApiError as error:
                pause_s = failures.pause_s(error, number)
                if pause_s is None or number >= self._max_retries:
                    raise
            time.sleep(pause_s)
        raise AssertionError("unreachable: the loop has no end")
