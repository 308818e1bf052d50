"""Both clients read an answer in stages from the real service, and say what broke it off."""

import asyncio
import threading
from collections.abc import Callable, Generator, Iterator
from contextlib import aclosing
from dataclasses import replace
from typing import Any

import httpx
import pytest

from api.client import (
    AsyncClient,
    Busy,
    Client,
    ConnectionFailed,
    InvalidRequest,
    Quoted,
    Retrieved,
    ServerError,
)
from api.messages import ArticleFields
from index.errors import CorruptError
from index.protocols import Filters
from qa.answer import Answer, Turn
from qa.engine import Engine
from qa.stages import Stage

WAIT_S = 30
QUESTION = "When was the lighthouse lit?"
LIGHTHOUSE = ArticleFields(
    id="light",
    text="The lighthouse was lit again on Friday.\u2028Its keeper\u0085wept.",
    source="The Gull",
    language="en",
)
HELLO = [Turn(question="Hello?")]


@pytest.fixture
def engine(make_engine: Callable[..., Engine]) -> Engine:
    return make_engine(weak_at=0, answered_at=0)


@pytest.fixture
def client(address: str) -> Iterator[Client]:
    with Client(address) as client:
        client.add([LIGHTHOUSE])
        yield client


def test_the_stages_are_typed_and_end_in_the_answer(client: Client) -> None:
    scope = Filters(source=("The Gull",))
    first, *quotes, answer = client.ask_stream(QUESTION, limit=2, filters=scope, history=HELLO)
    asked = client.ask(QUESTION, limit=2, filters=scope, history=HELLO)
    assert isinstance(first, Retrieved)
    assert quotes and all(isinstance(each, Quoted) for each in quotes)
    assert isinstance(answer, Answer)
    assert replace(answer, timing_ms=asked.timing_ms) == asked


def test_the_asynchronous_client_streams_the_same(address: str, client: Client) -> None:
    async def visit() -> list[Stage]:
        async with AsyncClient(address) as asynchronous:
            return [stage async for stage in asynchronous.ask_stream(QUESTION)]

    *stages, answer = client.ask_stream(QUESTION)
    *streamed, last = asyncio.run(visit())
    assert streamed == stages
    assert isinstance(answer, Answer) and isinstance(last, Answer)
    assert replace(last, timing_ms=answer.timing_ms) == answer


def test_what_is_refused_is_an_exception_before_the_first_stage(client: Client) -> None:
    with pytest.raises(InvalidRequest, match="question: Expected `str` of length >= 1"):
        next(client.ask_stream(""))
    assert client.ready().status == "ready"


class Failing(Engine):
    """Finds the passages, and then something is wrong with the index."""

    def answering(self, question: str, **more: Any) -> Generator[Stage, None, None]:
        for stage in super().answering(question, **more):
            if not isinstance(stage, Retrieved):
                raise CorruptError("A segment fails its checksum.", remedy="pullquote doctor")
            yield stage


def test_what_fails_on_the_way_is_an_exception_after_the_first_stage(
    make_engine: Callable[..., Engine], served: Callable[..., str]
) -> None:
    with Client(served(make_engine(Failing))) as client:
        stages = client.ask_stream(QUESTION)
        assert isinstance(next(stages), Retrieved)
        with pytest.raises(ServerError, match="A segment fails its checksum") as failed:
            next(stages)
    assert failed.value.status == 503


class Patient(Engine):
    """Waits after the first stage, and notes whether it was given up."""

    def __init__(self, *parts: Any) -> None:
        super().__init__(*parts)
        self.let_go = threading.Event()
        self.given_up = threading.Event()

    def answering(self, question: str, **more: Any) -> Generator[Stage, None, None]:
        stages = super().answering(question, **more)
        try:
            yield next(stages)
            assert self.let_go.wait(WAIT_S)
            yield next(stages)
        except GeneratorExit:
            self.given_up.set()
            raise


def test_closing_the_iterator_ends_the_work_of_the_service(
    make_engine: Callable[..., Patient], served: Callable[..., str]
) -> None:
    patient = make_engine(Patient)
    address = served(patient)

    async def visit() -> None:
        async with (
            AsyncClient(address) as client,
            aclosing(client.ask_stream(QUESTION)) as stages,
        ):
            assert isinstance(await anext(stages), Retrieved)

    asyncio.run(visit())
    threading.Event().wait(0.5)  # for the server to hear of it
    patient.let_go.set()
    assert patient.given_up.wait(WAIT_S)


def answering(*responses: httpx.Response, max_retries: int = 0) -> Client:
    """A client whose service answers so, one after the other."""
    left = iter(responses)
    transport = httpx.MockTransport(lambda _: next(left))
    return Client(transport=transport, max_retries=max_retries)


EVENTS = {"Content-Type": "text/event-stream"}


@pytest.mark.parametrize(
    ("response", "error", "said"),
    [
        (httpx.Response(200, json={"hello": 1}), ServerError, "right address"),
        (httpx.Response(200, text="", headers=EVENTS), ConnectionFailed, "before the answer"),
        (
            httpx.Response(200, text="event: answer\ndata: {}\n\n", headers=EVENTS),
            ServerError,
            "cannot be read",
        ),
        (httpx.Response(503, headers={"Retry-After": "7"}), Busy, "503"),
        (httpx.Response(502, text="<html>"), ServerError, "502"),
    ],
)
def test_a_stream_that_is_none_is_told(
    response: httpx.Response, error: type[Exception], said: str
) -> None:
    with answering(response) as client, pytest.raises(error, match=said):
        list(client.ask_stream(QUESTION))


def test_an_event_of_a_newer_service_is_passed_over() -> None:
    text = "event: thought\ndata: hm\n\nevent: answer\ndata: []\n\n"
    with (
        answering(httpx.Response(200, text=text, headers=EVENTS)) as client,
        pytest.raises(ServerError, match="Expected `object`"),
    ):
        list(client.ask_stream(QUESTION))


def test_opening_a_stream_is_tried_again_as_often_as_allowed() -> None:
    busy = httpx.Response(503, headers={"Retry-After": "0"})
    empty = httpx.Response(200, text="", headers=EVENTS)
    with (
        answering(busy, empty, max_retries=1) as client,
        pytest.raises(ConnectionFailed, match="before the answer"),
    ):
        list(client.ask_stream(QUESTION))
