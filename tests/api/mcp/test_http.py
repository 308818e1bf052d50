"""The SDK's own client against the real service, over streamable HTTP."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import jsonschema
import msgspec
import pytest
from mcp.client import Client
from mcp.shared.exceptions import MCPError

from api.gates import Gates, Limits
from qa.answer import Answer
from qa.engine import Engine

WAIT_S = 60  # the first question loads the reader
QUESTION = "Who refused to send soldiers?"
Article = dict[str, Any]
Visit = Callable[[Client], Awaitable[Any]]


@pytest.fixture
def engine(make_engine: Callable[..., Engine]) -> Engine:
    return make_engine(weak_at=0, answered_at=0)


@pytest.fixture
def informed(address: str, frigates: Article, harvest: Article) -> str:
    """The address of a service with two articles."""
    body = {"articles": [frigates, harvest]}
    assert httpx.post(f"{address}/v1/articles", json=body, timeout=WAIT_S).is_success
    return address


def visit(address: str, what: Visit, mode: Any = "auto") -> Any:
    async def visiting() -> Any:
        async with Client(f"{address}/mcp", mode=mode) as client:
            return await what(client)

    return asyncio.run(visiting())


def call(address: str, tool: str, mode: Any = "auto", **arguments: Any) -> Any:
    return visit(address, lambda client: client.call_tool(tool, arguments), mode)


MODES = pytest.mark.parametrize("mode", ["auto", "legacy"])


@MODES
def test_a_model_is_told_how_to_use_the_tools(address: str, mode: str) -> None:
    async def look(client: Client) -> Any:
        return client.server_info, client.instructions, (await client.list_tools()).tools

    info, instructions, tools = visit(address, look, mode)
    assert info.name == "pullquote"
    assert "verbatim" in instructions and "no_answer" in instructions
    assert [tool.name for tool in tools] == ["ask", "search", "get_article"]
    for tool in tools:
        assert tool.annotations.read_only_hint is True
        assert tool.annotations.destructive_hint is False
        assert tool.annotations.open_world_hint is False
        assert "verbatim" in tool.description
        for schema in (tool.input_schema, tool.output_schema):
            jsonschema.Draft202012Validator.check_schema(schema)
            assert schema["type"] == "object"
            assert "$ref" not in str(schema)
        assert tool.input_schema["additionalProperties"] is False
        first = next(iter(tool.input_schema["properties"]))
        assert tool.input_schema["required"] == [first]


@MODES
def test_an_answer_comes_in_words_and_as_the_answer_of_the_contract(
    informed: str, mode: str
) -> None:
    result = call(informed, "ask", mode, question=QUESTION)
    assert not result.is_error
    asked = httpx.post(f"{informed}/v1/ask", json={"question": QUESTION}, timeout=WAIT_S).json()
    answer = msgspec.convert(result.structured_content, Answer)
    assert result.structured_content | {"timing_ms": None} == asked | {"timing_ms": None}
    (block,) = result.content
    assert block.text.startswith("status: answered · confidence: ")
    for citation in answer.citations:
        assert f"> {citation.text} [^{citation.number}]" in block.text
        place = f"article_id {citation.article_id}, characters {citation.start}–{citation.end}"
        assert f"[^{citation.number}] {place}" in block.text


def test_a_question_is_narrowed_by_the_filters_of_the_contract(informed: str) -> None:
    scope = {"source": ["The Furrow"], "published_to": "2025-12-31", "limit": 1}
    result = call(informed, "ask", question=QUESTION, **scope)
    assert result.structured_content["coverage"]["articles_in_scope"] == 1
    assert len(result.structured_content["points"]) == 1


def test_nothing_to_ask_is_no_answer_and_no_error(address: str) -> None:
    result = call(address, "ask", question=QUESTION)
    assert not result.is_error
    assert result.structured_content["status"] == "no_answer"
    assert "No article is in scope" in result.content[0].text


def test_filters_that_leave_nothing_are_told_as_such(informed: str) -> None:
    for tool, arguments in (("ask", {"question": QUESTION}), ("search", {"query": "frigates"})):
        result = call(informed, tool, source=["The Lanterne"], **arguments)
        assert not result.is_error
        assert "none passes the filters" in result.content[0].text
        assert "exactly as the articles have it" in result.content[0].text


def test_a_search_gives_passages_with_their_articles(informed: str) -> None:
    result = call(informed, "search", query="frigates in the strait", limit=1)
    (passage,) = result.structured_content["passages"]
    assert passage["source"] == "The Lantern"
    assert passage["published"] == "2026-01-07"
    assert passage["text"] in result.content[0].text
    assert "article_id frigates" in result.content[0].text


def test_an_article_is_read_in_parts(informed: str, frigates: Article) -> None:
    whole = call(informed, "get_article", article_id="frigates").structured_content
    assert whole["text"] == frigates["text"]
    assert whole["end"] == whole["characters"] == len(frigates["text"])
    part = call(informed, "get_article", article_id="frigates", start=8, characters=10)
    assert part.structured_content["text"] == frigates["text"][8:18]
    assert part.content[0].text.endswith("[Go on with start=18.]")
    past = call(informed, "get_article", article_id="frigates", start=10_000)
    assert past.structured_content["text"] == ""
    assert past.structured_content["start"] == len(frigates["text"])


WRONG: list[tuple[str, Any, str]] = [
    ("ask", {}, "missing required field `question`"),
    ("ask", {"question": ""}, "question: Expected `str` of length >= 1"),
    ("ask", {"question": "?!"}, "The question is empty"),
    ("ask", {"question": "x" * 2_001}, "question: Expected `str` of length <= 2000"),
    ("ask", {"question": "why?", "limit": 0}, "limit: Expected `int` >= 1"),
    ("ask", {"question": "why?", "limit": "many"}, "limit: Expected `int`"),
    ("ask", {"question": "why?", "outlet": "X"}, "unknown field `outlet`; there are source,"),
    ("ask", {"question": "why?", "source": "X"}, "source: Expected `array`"),
    ("ask", {"question": "why?", "published_from": "soon"}, "published_from: "),
    (
        "ask",
        {"question": "why?", "language": ["French"]},
        "language[0]: not a code of a language; write it as fr",
    ),
    (
        "ask",
        {"question": "why?", "published_from": "2026-02-01", "published_to": "2026-01-01"},
        "published_from (2026-02-01) is after published_to (2026-01-01)",
    ),
    ("search", {"query": None}, "query: Expected `str`"),
    ("get_article", {"article_id": "nowhere"}, "Take the `article_id` of a citation"),
    ("get_article", {"article_id": "x", "characters": 10**9}, "characters: Expected `int`"),
]


def test_a_wrong_call_is_told_to_the_model_in_words(informed: str) -> None:
    async def try_all(client: Client) -> None:
        for tool, arguments, said in WRONG:
            result = await client.call_tool(tool, arguments)
            assert result.is_error, arguments
            assert said in result.content[0].text

    visit(informed, try_all)


def test_an_unknown_tool_is_an_error_of_the_protocol(address: str) -> None:
    async def call_it(client: Client) -> None:
        with pytest.raises(MCPError, match="There is no tool 'delete'; there are ask, search"):
            await client.call_tool("delete", {})

    visit(address, call_it)


def test_a_full_or_stopping_service_tells_the_model(
    engine: Engine, served: Callable[..., str]
) -> None:
    gates = Gates.open(Limits())
    address = served(engine, gates)
    gates.close()
    result = call(address, "ask", question=QUESTION)
    assert result.is_error
    assert "The service is stopping" in result.content[0].text


class Broken(Engine):
    """Fails in a way that nobody foresaw."""

    def ask(self, question: str, **more: Any) -> Answer:
        raise RuntimeError("secret path /home/somebody")


def test_a_defect_is_told_without_its_details(
    make_engine: Callable[..., Engine],
    served: Callable[..., str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    result = call(served(make_engine(Broken)), "ask", question=QUESTION)
    assert result.is_error
    assert "secret" not in str(result)
    assert "secret" in caplog.text


INITIALIZE = {
    "jsonrpc": "2.0",
    "id": 1,
    "method": "initialize",
    "params": {
        "protocolVersion": "2025-06-18",
        "capabilities": {},
        "clientInfo": {"name": "x", "version": "1"},
    },
}
ACCEPT = {"Accept": "application/json, text/event-stream"}


@pytest.mark.parametrize(
    ("options", "status"),
    [
        ({"json": INITIALIZE}, 200),
        ({"content": b"{", "headers": {"Content-Type": "application/json"}}, 400),
        ({"content": b"\xff\xfe", "headers": {"Content-Type": "application/json"}}, 400),
        ({"json": {"hello": 1}}, 400),
        ({"json": []}, 400),
        ({"content": b"", "headers": {"Content-Type": "application/json"}}, 400),
        ({"content": b"x", "headers": {"Content-Type": "text/plain"}}, 400),
        ({"json": INITIALIZE, "headers": {"Accept": "text/html"}}, 406),
        ({"content": b" " * 1_000_001, "headers": {"Content-Type": "application/json"}}, 413),
        ({"json": INITIALIZE, "headers": {"Host": "evil.example"}}, 421),
        ({"json": INITIALIZE, "headers": {"Origin": "https://evil.example"}}, 403),
        ({"json": INITIALIZE, "headers": {"Origin": "http://localhost:3000"}}, 200),
    ],
)
def test_what_is_not_the_protocol_is_refused_and_a_web_page_elsewhere_too(
    address: str, options: Any, status: int
) -> None:
    headers = ACCEPT | options.pop("headers", {})
    response = httpx.post(f"{address}/mcp", headers=headers, **options, timeout=WAIT_S)
    assert response.status_code == status, response.text
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert httpx.get(f"{address}/health/ready", timeout=WAIT_S).status_code == 200


def test_calls_of_the_protocol_are_counted_as_requests(informed: str) -> None:
    call(informed, "ask", question=QUESTION)
    assert 'route="/mcp"' in httpx.get(f"{informed}/metrics", timeout=WAIT_S).text


def test_many_models_are_answered_at_once(informed: str) -> None:
    async def all_at_once() -> list[Any]:
        async def one() -> Any:
            async with Client(f"{informed}/mcp") as client:
                return await client.call_tool("ask", {"question": QUESTION})

        return await asyncio.gather(*(one() for _ in range(8)))

    assert not any(result.is_error for result in asyncio.run(all_at_once()))
