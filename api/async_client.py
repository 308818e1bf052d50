"""Pullquote over HTTP, from asynchronous Python."""

import asyncio
import contextlib
import itertools
from collections.abc import (
    AsyncGenerator,
    AsyncIterator,
    Awaitable,
    Callable,
    Iterable,
    Sequence,
)
from typing import Self, TypeVar

import httpx
from httpx_sse import EventSource

from api import arrivals, calls, failures
from api.calls import Call
from api.deliveries import AsyncDeliveries
from api.failures import ApiError
from api.messages import ArticleFields
from api.replies import Added, Readiness, Shown
from index.article import Article
from index.protocols import NO_FILTERS, Filters, Summary
from qa.answer import Answer, Citation, Claim, Found, Turn, Verified
from qa.stages import Stage

T = TypeVar("T")


class AsyncClient(AsyncDeliveries):
    """``api.client.Client``, awaited: the same methods, answers and errors."""

    def __init__(
        self,
        address: str = calls.DEFAULT_ADDRESS,
        *,
        key: str | None = None,
        timeout_s: float | None = None,
        max_retries: int = 0,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        self.address = address.rstrip("/")
        self._key = key
        self._timeout_s = timeout_s
        self._max_retries = max_retries
        self._http = httpx.AsyncClient(transport=transport, trust_env=not calls.is_local(address))

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def close(self) -> None:
        """Close the connections."""
        await self._http.aclose()

    async def ask(
        self,
        question: str,
        *,
        limit: int | None = None,
        filters: Filters = NO_FILTERS,
        history: Sequence[Turn] = (),
    ) -> Answer:
        """Return the articles' own words on a question."""
        return await self._send(calls.ask(question, limit, filters, history))

    async def ask_stream(
        self,
        question: str,
        *,
        limit: int | None = None,
        filters: Filters = NO_FILTERS,
        history: Sequence[Turn] = (),
    ) -> AsyncGenerator[Stage, None]:
        """Yield what is found as it is found: the passages, each quote, at last the answer.

        Closing the iterator ends the work of the service as well.
        """
        call = calls.ask(question, limit, filters, history)
        response = await self._repeated(lambda: self._open(call))
        try:
            async for event in EventSource(response).aiter_sse():
                stage = arrivals.read(event)
                if stage is not None:
                    yield stage
                if isinstance(stage, Answer):
                    return
        except httpx.RequestError as error:
            raise failures.unreachable(error, self.address) from error
        finally:
            await response.aclose()
        raise arrivals.broken_off(self.address)

    async def search(
        self, question: str, *, limit: int = 10, filters: Filters = NO_FILTERS
    ) -> Found:
        """Return the passages that a question would be answered from, best first."""
        return await self._send(calls.search(question, limit, filters))

    async def verify(self, claims: Iterable[Claim | Citation]) -> list[Verified]:
        """Return a verdict on each citation."""
        return list((await self._send(calls.verify(claims))).citations)

    async def add(self, articles: Iterable[Article | ArticleFields]) -> Added:
        """Store articles; when it returns, they are durable and searchable."""
        return await self._send(calls.add(articles))

    async def articles(self, *, filters: Filters = NO_FILTERS) -> AsyncIterator[Summary]:
        """Yield all articles by ascending id, fetching page after page."""
        cursor: str | None = None
        while True:
            listed = await self._send(calls.page(filters, cursor))
            for summary in listed.articles:
                yield summary
            cursor = listed.next_cursor
            if cursor is None:
                return

    async def article(self, article_id: str) -> Shown:
        """Return an article with its text. Raises NotFound."""
        return await self._send(calls.show(article_id))

    async def remove(self, article_id: str) -> None:
        """Remove an article. Raises NotFound."""
        await self._send(calls.remove(article_id))

    async def ready(self) -> Readiness:
        """Return how the service is. Raises ServerError when it cannot answer questions."""
        return await self._send(calls.ready())

    async def _send(self, call: Call[T]) -> T:
        return await self._repeated(lambda: self._send_once(call))

    async def _send_once(self, call: Call[T]) -> T:
        request = calls.request(call, self.address, self._timeout_s, key=self._key)
        try:
            return calls.read(call, await self._http.send(request))
        except httpx.RequestError as error:
            raise failures.unreachable(error, self.address) from error

    async def _open(self, call: Call[Answer]) -> httpx.Response:
        key, accept = self._key, arrivals.EVENT_STREAM
        request = calls.request(call, self.address, self._timeout_s, key=key, accept=accept)
        try:
            async with contextlib.AsyncExitStack() as on_failure:
                response = await self._http.send(request, stream=True)
                on_failure.push_async_callback(response.aclose)
                if not response.is_success:
                    await response.aread()
                    raise failures.refusal(response)
                arrivals.check_opened(response)
                on_failure.pop_all()
                return response
        except httpx.RequestError as error:
            raise failures.unreachable(error, self.address) from error

    async def _repeated(self, attempt: Callable[[], Awaitable[T]]) -> T:
        for number in itertools.count():
            try:
                return await attempt()
            except ApiError as error:
                pause_s = failures.pause_s(error, number)
                if pause_s is None or number >= self._max_retries:
                    raise
            await asyncio.sleep(pause_s)
        raise AssertionError("unreachable: the loop has no end")
