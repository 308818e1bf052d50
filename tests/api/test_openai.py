"""The real client of the OpenAI API against the real service."""

import asyncio
from collections.abc import Callable, Generator, Iterator
from typing import Any

import httpx
import msgspec
import openai
import pytest
from litestar.testing import TestClient
from openai import AsyncOpenAI, OpenAI

from api.gates import Gates, Limits
from api.markdown import markdown
from api.messages import MOST_TURNS
from api.openai.requests import ChatRequest
from index.errors import CorruptError
from index.protocols import Filters
from qa.answer import Answer, Turn
from qa.engine import Engine
from qa.stages import Retrieved, Stage

WAIT_S = 60  # the first question loads the reader
QUESTION = "Who refused to send soldiers?"
Article = dict[str, Any]
ASKED: Any = [{"role": "user", "content": QUESTION}]


class Listening(Engine):
    """Notes what it is asked."""

    def __init__(self, *parts: Any) -> None:
        super().__init__(*parts)
        self.heard: list[dict[str, Any]] = []

    def answering(self, question: str, **more: Any) -> Generator[Stage, None, None]:
        self.heard.append({"question": question, **more})
        return super().answering(question, **more)


@pytest.fixture
def engine(make_engine: Callable[..., Listening]) -> Listening:
    return make_engine(Listening, weak_at=0, answered_at=0)


@pytest.fixture
def base_url(address: str, frigates: Article, harvest: Article) -> str:
    """Where a chat program is pointed at: a service with two articles."""
    body = {"articles": [frigates, harvest]}
    assert httpx.post(f"{address}/v1/articles", json=body, timeout=WAIT_S).is_success
    return f"{address}/v1"


@pytest.fixture
def client(base_url: str) -> Iterator[OpenAI]:
    with OpenAI(base_url=base_url, api_key="none needed", max_retries=0) as client:
        yield client


def plain(client: OpenAI, messages: Any = ASKED, **more: Any) -> Any:
    return client.chat.completions.create(model="pullquote", messages=messages, **more)


def streamed(client: OpenAI, messages: Any = ASKED, **more: Any) -> list[Any]:
    return list(plain(client, messages, stream=True, **more))


def test_the_text_is_the_answer_with_footnotes_and_the_answer_is_beside_it(
    client: OpenAI, base_url: str
) -> None:
    completion = plain(client)
    asked = httpx.post(f"{base_url}/ask", json={"question": QUESTION}, timeout=WAIT_S).json()
    answer = completion.model_extra["pullquote"]
    assert answer | {"timing_ms": None} == asked | {"timing_ms": None}
    (choice,) = completion.choices
    assert choice.finish_reason == "stop"
    assert choice.message.role == "assistant"
    assert f"> {answer['citations'][0]['text']} [^1]" in choice.message.content
    assert "[^1]: The " in choice.message.content
    assert completion.object == "chat.completion"
    assert completion.usage.total_tokens > completion.usage.prompt_tokens > 0


def test_a_stream_adds_up_to_the_plain_text_and_ends_with_the_answer(client: OpenAI) -> None:
    completion, chunks = plain(client), streamed(client)
    text = "".join(chunk.choices[0].delta.content or "" for chunk in chunks)
    assert text == completion.choices[0].message.content
    assert chunks[0].choices[0].delta.role == "assistant"
    assert [chunk.choices[0].finish_reason for chunk in chunks] == [
        *[None] * (len(chunks) - 1),
        "stop",
    ]
    assert len({chunk.id for chunk in chunks}) == 1
    answer = chunks[-1].model_extra["pullquote"]
    assert answer["citations"] == completion.model_extra["pullquote"]["citations"]
    assert all("pullquote" not in chunk.model_extra for chunk in chunks[:-1])
    assert all(chunk.usage is None for chunk in chunks)


def test_the_number_of_tokens_comes_last_when_it_is_wanted(client: OpenAI) -> None:
    *chunks, last = streamed(client, stream_options={"include_usage": True})
    assert last.choices == []
    assert last.usage == plain(client).usage
    assert chunks[-1].choices[0].finish_reason == "stop"


def test_a_stream_ends_with_done(base_url: str) -> None:
    body = {"model": "pullquote", "messages": ASKED, "stream": True}
    response = httpx.post(f"{base_url}/chat/completions", json=body, timeout=WAIT_S)
    assert response.headers["Content-Type"].startswith("text/event-stream")
    assert response.text.endswith("data: [DONE]\r\n\r\n")


def test_the_asynchronous_client_is_answered_too(base_url: str) -> None:
    async def visit() -> None:
        async with AsyncOpenAI(base_url=base_url, api_key="x", max_retries=0) as client:
            whole = await client.chat.completions.create(model="any", messages=ASKED)
            stream = await client.chat.completions.create(model="any", messages=ASKED, stream=True)
            parts = [chunk.choices[0].delta.content or "" async for chunk in stream]
            assert "".join(parts) == whole.choices[0].message.content
            assert [model.id async for model in client.models.list()] == ["pullquote"]

    asyncio.run(visit())


def test_the_last_user_turn_is_asked_and_the_earlier_ones_are_its_history(
    client: OpenAI, engine: Listening
) -> None:
    first = plain(client)
    said = first.choices[0].message.content
    quotes = [citation["text"] for citation in first.model_extra["pullquote"]["citations"]]
    conversation = [
        {"role": "system", "content": "Answer like a pirate."},
        {"role": "user", "content": QUESTION},
        {"role": "assistant", "content": said},
        {"role": "user", "content": "hello?"},
        {"role": "user", "content": [{"type": "text", "text": "And the wheat?"}]},
    ]
    plain(client, conversation)
    heard = engine.heard[-1]
    assert heard["question"] == "And the wheat?"
    assert heard["history"] == (
        Turn(question=QUESTION, answer="\n".join(quotes)),
        Turn(question="hello?"),
    )


def test_limit_and_filters_are_taken(client: OpenAI, engine: Listening) -> None:
    options = {"limit": 1, "filters": {"source": ["The Furrow"]}}
    completion = plain(client, extra_body={"pullquote": options})
    assert engine.heard[-1]["limit"] == 1
    assert engine.heard[-1]["filters"] == Filters(source=("The Furrow",))
    cited = completion.model_extra["pullquote"]["citations"]
    assert {citation["source"] for citation in cited} == {"The Furrow"}


def test_what_steers_a_language_model_is_passed_over(client: OpenAI) -> None:
    tool: Any = {"type": "function", "function": {"name": "f", "parameters": {"type": "object"}}}
    more: Any = {
        "temperature": 0.2,
        "top_p": 1,
        "max_tokens": 10,
        "max_completion_tokens": 10,
        "presence_penalty": 0,
        "tools": [tool],
        "tool_choice": "auto",
        "user": "somebody",
        "seed": 1,
        "stop": ["\n"],
        "n": 1,
        "metadata": {"a": "b"},
        "extra_body": {"chat_id": "7", "options": {"num_ctx": 8}},
    }
    completion = plain(client, **more)
    assert completion.choices[0].message.content == plain(client).choices[0].message.content


def test_a_refusal_is_an_answer_that_says_so(
    make_engine: Callable[..., Engine], served: Callable[..., str]
) -> None:
    with OpenAI(base_url=f"{served(make_engine())}/v1", api_key="x") as client:
        completion = plain(client)
    assert (
        completion.choices[0].message.content
        == "There is no article to ask, or none that passes the filters."
    )
    assert completion.model_extra["pullquote"]["status"] == "no_answer"


def test_the_models_are_one(client: OpenAI) -> None:
    assert [model.id for model in client.models.list()] == ["pullquote"]
    assert client.models.retrieve("pullquote").object == "model"


@pytest.mark.parametrize("model", ["gpt-4", "org/model", "é"])
def test_another_model_is_not_found(client: OpenAI, model: str) -> None:
    with pytest.raises(openai.NotFoundError, match="There is no model") as raised:
        client.models.retrieve(model)
    assert raised.value.code == "model_not_found"
    assert raised.value.type == "invalid_request_error"


IMAGE = [{"type": "image_url", "image_url": {"url": "data:image/png;base64,AA=="}}]


@pytest.mark.parametrize("stream", [False, True])
@pytest.mark.parametrize(
    ("messages", "more", "param", "said"),
    [
        ([], {}, "messages", "length >= 1"),
        ([{"role": "system", "content": "x"}], {}, "messages", "there is no user turn"),
        ([{"role": "user", "content": ""}], {}, None, "The question is empty"),
        ([{"role": "user", "content": None}], {}, None, "The question is empty"),
        ([{"role": "user", "content": IMAGE}], {}, "messages", r"not text \(image_url\)"),
        ([{"role": "user", "content": "x" * 2_001}], {}, "messages", "2,001 characters"),
        ([{"role": "user", "content": 3}], {}, "messages[0].content", "Expected"),
        (ASKED, {"n": 2}, "n", "one answer"),
        (
            ASKED,
            {"extra_body": {"pullquote": {"limt": 1}}},
            "pullquote",
            "there are limit, filters",
        ),
        (ASKED, {"extra_body": {"pullquote": {"limit": 0}}}, "pullquote.limit", ">= 1"),
    ],
)
def test_a_wrong_request_is_refused_in_their_shape(
    client: OpenAI, messages: Any, more: Any, param: str | None, said: str, stream: bool
) -> None:
    with pytest.raises(openai.BadRequestError, match=said) as raised:
        plain(client, messages, stream=stream, **more)
    assert raised.value.type == "invalid_request_error"
    assert raised.value.param == param


@pytest.mark.parametrize(
    ("method", "path", "options", "status"),
    [
        ("POST", "/v1/chat/completions", {"content": "{", "headers": {}}, 415),
        ("POST", "/v1/chat/completions", {"content": b"{"}, 400),
        ("POST", "/v1/chat/completions", {"content": b"[]"}, 400),
        ("POST", "/v1/chat/completions", {"content": b"\xff"}, 400),
        ("POST", "/v1/chat/completions", {"content": b"[" * 100_000}, 400),
        ("GET", "/v1/chat/completions", {}, 405),
        ("POST", "/v1/models", {"content": b"{}"}, 405),
        ("GET", "/v1/models/", {}, 200),
        ("GET", "/v1/chat/completions/x", {}, 404),
    ],
)
def test_whatever_goes_wrong_on_these_paths_has_their_shape(
    empty_service: TestClient[Any], method: str, path: str, options: Any, status: int
) -> None:
    options = {"headers": {"Content-Type": "application/json"}} | options
    response = empty_service.request(method, path, **options)
    assert response.status_code == status
    if status >= 400:
        assert response.headers["Content-Type"] == "application/json"
        assert set(response.json()["error"]) == {"message", "type", "param", "code"}


@pytest.mark.parametrize(
    "call",
    [
        lambda client: client.completions.create(model="pullquote", prompt=QUESTION),
        lambda client: client.responses.create(model="pullquote", input=QUESTION),
        lambda client: client.embeddings.create(model="pullquote", input=QUESTION),
    ],
)
def test_calls_of_that_api_that_are_not_answered_are_not_found(
    client: OpenAI, call: Callable[[OpenAI], Any]
) -> None:
    with pytest.raises(openai.NotFoundError, match="Nothing is at") as raised:
        call(client)
    assert raised.value.code == "no_address"


def test_other_paths_keep_their_own_shape(empty_service: TestClient[Any]) -> None:
    for path in ("/v1/ask", "/v1/chat", "/v1/modelsx"):
        response = empty_service.get(path)
        assert response.headers["Content-Type"] == "application/problem+json"


class Failing(Engine):
    """Finds the passages, and then something is wrong with the index."""

    def answering(self, question: str, **more: Any) -> Generator[Stage, None, None]:
        for stage in super().answering(question, **more):
            if not isinstance(stage, Retrieved):
                raise CorruptError("A segment fails its checksum.", remedy="pullquote doctor")
            yield stage


def test_what_fails_on_the_way_is_an_exception_of_the_client(
    make_engine: Callable[..., Engine], served: Callable[..., str]
) -> None:
    url = f"{served(make_engine(Failing))}/v1"
    with OpenAI(base_url=url, api_key="x", max_retries=0) as client:
        with pytest.raises(openai.APIError, match="A segment fails its checksum"):
            streamed(client)
        with pytest.raises(openai.InternalServerError, match="A segment fails") as raised:
            plain(client)
    assert (raised.value.status_code, raised.value.type) == (503, "server_error")


def test_a_service_that_stops_is_an_exception_that_says_when_to_come_back(
    engine: Engine, served: Callable[..., str]
) -> None:
    gates = Gates.open(Limits())
    url = f"{served(engine, gates)}/v1"
    gates.close()
    with (
        OpenAI(base_url=url, api_key="x", max_retries=0) as client,
        pytest.raises(openai.InternalServerError, match="stopping") as raised,
    ):
        streamed(client)
    assert raised.value.response.headers["Retry-After"] == "30"


def test_questions_of_chat_programs_are_counted(client: OpenAI, base_url: str) -> None:
    plain(client)
    streamed(client)
    numbers = httpx.get(base_url.replace("/v1", "/metrics"), timeout=WAIT_S).text
    assert 'pullquote_answers_total{status="answered"} 2.0' in numbers


def test_a_long_conversation_is_taken_by_its_end() -> None:
    turns = [
        {"role": role, "content": f"{role} {number}"}
        for number in range(MOST_TURNS + 30)
        for role in ("user", "assistant")
    ]
    asked = {"messages": [*turns, {"role": "user", "content": "and now?"}]}
    request = msgspec.convert(asked, ChatRequest)
    assert request.question() == "and now?"
    last = MOST_TURNS + 29
    assert len(request.history()) == MOST_TURNS
    assert request.history()[-1] == Turn(question=f"user {last}", answer=f"assistant {last}")


def test_the_text_is_that_of_the_answer(client: OpenAI) -> None:
    completion = plain(client)
    answer = msgspec.convert(completion.model_extra["pullquote"], Answer)
    assert completion.choices[0].message.content == markdown(answer)
