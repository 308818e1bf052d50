"""Who is let in: keys, their roles and their rates, at every door of a service that runs."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import httpx2
import openai
import pytest
from mcp.client import Client as McpClient
from mcp.client.streamable_http import streamable_http_client
from mcp.shared.exceptions import MCPError

from api.app import create_app
from api.client import AsyncClient, Client, Forbidden, RateLimited, Unauthorized
from api.keys import KeysFile, Role
from api.messages import ArticleFields
from api.problems import PROBLEM_JSON
from qa.engine import Engine

WAIT_S = 60
QUESTION = "Who refused to send soldiers?"
OPEN_PATHS = ("/health/live", "/health/ready", "/", "/chat/app.js", "/chat/page.css")
SECURITY_HEADERS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-resource-policy": "same-origin",
}
Article = dict[str, Any]


@pytest.fixture
def keys(engine: Engine) -> KeysFile:
    return KeysFile(engine.settings.data)


@pytest.fixture
def reader(keys: KeysFile) -> str:
    return keys.add("reader", "read")


@pytest.fixture
def writer(keys: KeysFile) -> str:
    return keys.add("writer", "write")


def get(address: str, path: str, *secrets: str | bytes, **more: Any) -> httpx.Response:
    headers = [("Authorization", b"Bearer " + _bytes(each)) for each in secrets]
    return httpx.get(f"{address}{path}", headers=headers, timeout=WAIT_S, **more)


def _bytes(secret: str | bytes) -> bytes:
    return secret if isinstance(secret, bytes) else secret.encode()


def every_call(engine: Engine) -> list[tuple[str, str]]:
    """Return every method and path that the application routes, but those that need no key."""
    routed = {
        (method, route.path)
        for route in create_app(engine).routes
        for method in getattr(route, "methods", None) or {"POST"}
    }
    return sorted(
        (method, path.replace("{article_id:path}", "a").replace("{model:path}", "pullquote"))
        for method, path in routed
        if not path.startswith(("/health", "/chat/")) and path != "/"
    )


def test_without_any_key_nobody_needs_one(address: str) -> None:
    assert get(address, "/v1/articles").status_code == 200
    assert get(address, "/metrics").status_code == 200
    assert get(address, "/v1/articles", "whatever the openai client is told").status_code == 200


def test_with_a_key_every_call_needs_one_but_those_of_health_and_of_the_page(
    engine: Engine, address: str, reader: str
) -> None:
    calls = every_call(engine)
    assert {("POST", "/v1/ask"), ("GET", "/metrics"), ("GET", "/schema"), ("POST", "/mcp")} <= {
        *calls
    }
    for method, path in [*calls, ("GET", "/nowhere"), ("PUT", "/v1/ask"), ("GET", "/favicon.ico")]:
        refused = httpx.request(method, f"{address}{path}", timeout=WAIT_S)
        assert refused.status_code == 401, (method, path)
        assert refused.headers["WWW-Authenticate"] == 'Bearer realm="Pullquote"'
        assert SECURITY_HEADERS.items() <= dict(refused.headers).items()
        assert "frame-ancestors 'none'" in refused.headers["content-security-policy"]
    for path in OPEN_PATHS:
        assert get(address, path).status_code == 200, path
    for path in ("/metrics", "/schema", "/v1/articles", "/v1/models"):
        assert get(address, path, reader).status_code == 200, path
    assert get(address, "/nowhere", reader).status_code == 404


def test_a_refusal_is_a_problem_that_says_what_to_do(address: str, reader: str) -> None:
    nothing, unknown = get(address, "/v1/articles"), get(address, "/v1/articles", f"{reader}x")
    for refused in (nothing, unknown):
        assert refused.headers["Content-Type"] == PROBLEM_JSON
        assert refused.json()["title"] == "A key is needed"
        assert "pullquote keys add NAME" in refused.json()["detail"]
        assert reader not in refused.text
    assert "Authorization: Bearer KEY" in nothing.json()["detail"]
    assert 'error="invalid_token"' in unknown.headers["WWW-Authenticate"]


@pytest.mark.parametrize("scheme", [b"Bearer ", b"bearer ", b"BEARER ", b"Bearer    "])
def test_the_scheme_is_written_as_one_likes(address: str, reader: str, scheme: bytes) -> None:
    headers = {"Authorization": scheme + reader.encode()}
    assert httpx.get(f"{address}/v1/articles", headers=headers).status_code == 200


@pytest.mark.parametrize(
    "header",
    [
        *(b"", b"Bearer", b"Basic dXNlcjpwYXNz", b"%s", b"Token %s"),
        *(b"Bearer %s,", b"Bearer %s %s", b"Bearer \xff\xfe", b"Bearer \xc3\xa9", b"Bearer %s\xa0"),
        *(b"Bearer " + b"x" * 10_000, b"Bearer sha256", b"Bearer pq_"),
    ],
)
def test_what_is_no_key_is_refused(address: str, reader: str, header: bytes) -> None:
    headers = {"Authorization": header.replace(b"%s", reader.encode())}
    with httpx.Client(timeout=WAIT_S) as client:
        refused = client.get(f"{address}/v1/articles", headers=headers)
        assert refused.status_code == 401
        assert client.get(f"{address}/health/live").status_code == 200


def test_a_stored_checksum_is_not_a_key(address: str, keys: KeysFile, reader: str) -> None:
    (stored,) = keys.read()
    assert get(address, "/v1/articles", stored.sha256).status_code == 401


def test_two_keys_at_once_are_none(address: str, reader: str, writer: str) -> None:
    for secrets in ((reader, writer), (reader, reader), (reader,) * 50):
        refused = get(address, "/v1/articles", *secrets)
        assert refused.status_code == 401
        assert "Authorization headers. Send one." in refused.json()["detail"]


@pytest.mark.parametrize("name", ["key", "api_key", "access_token", "Authorization"])
def test_a_key_in_an_address_or_a_cookie_is_not_looked_at(
    address: str, reader: str, name: str
) -> None:
    for shown in (reader, f"Bearer {reader}"):
        assert get(address, "/v1/articles", params={name: shown}).status_code == 401
        assert get(address, "/v1/articles", cookies={name: shown}).status_code == 401


def test_keys_come_and_go_while_the_service_runs(address: str, keys: KeysFile) -> None:
    assert get(address, "/v1/articles").status_code == 200
    first = keys.add("first", "read")
    assert get(address, "/v1/articles").status_code == 401
    second = keys.add("second", "read")
    assert get(address, "/v1/articles", second).status_code == 200
    keys.remove("first")
    assert get(address, "/v1/articles", first).status_code == 401
    keys.remove("second")
    assert get(address, "/v1/articles").status_code == 200


def test_a_service_that_wants_keys_does_not_open_when_the_last_one_goes(
    engine: Engine, served: Callable[..., str], keys: KeysFile
) -> None:
    address = served(engine, keys_required=True)
    assert get(address, "/v1/articles").status_code == 401
    secret = keys.add("only", "read")
    assert get(address, "/v1/articles", secret).status_code == 200
    keys.remove("only")
    assert get(address, "/v1/articles").status_code == 401
    assert get(address, "/v1/articles", secret).status_code == 401


READS = {"/v1/ask", "/v1/citations/verify", "/v1/chat/completions", "/mcp"}


def test_a_reading_key_changes_nothing(
    engine: Engine, address: str, reader: str, frigates: Article
) -> None:
    changing = [each for each in every_call(engine) if each[0] in {"POST", "DELETE"}]
    refused = set()
    for method, path in changing:
        headers = {"Authorization": f"Bearer {reader}"}
        answer = httpx.request(method, f"{address}{path}", headers=headers, timeout=WAIT_S)
        if answer.status_code == 403:
            refused.add((method, path))
            assert "'reader' may only read" in answer.json()["detail"]
            assert 'error="insufficient_scope"' in answer.headers["WWW-Authenticate"]
    assert refused == {each for each in changing if each[1] not in READS}
    assert {path for _, path in refused} == {
        *("/v1/articles", "/v1/articles/a", "/v1/uploads", "/v1/fetch", "/v1/samples")
    }


def test_a_large_upload_without_a_key_hears_why(address: str, reader: str) -> None:
    headers = {"Content-Type": "application/octet-stream"}
    body, where = b"x" * 20_000_000, f"{address}/v1/uploads?name=a.txt"
    for more, status in (({}, 401), ({"Authorization": f"Bearer {reader}"}, 403)):
        answer = httpx.post(where, content=body, headers=headers | more, timeout=WAIT_S)
        assert answer.status_code == status


def test_the_client_shows_its_key_and_tells_what_it_may_not(
    address: str, reader: str, writer: str, frigates: Article
) -> None:
    with Client(address) as client, pytest.raises(Unauthorized, match="answers to keys only"):
        client.ask(QUESTION)
    with Client(address, key=reader) as client:
        with pytest.raises(Forbidden, match="may only read"):
            client.add([ArticleFields(**frigates)])
        assert client.ask(QUESTION).status == "no_answer"
        assert [*client.ask_stream(QUESTION)]
    with Client(address, key=writer) as client:
        assert client.add([ArticleFields(**frigates)]).articles[0].status == "added"
        client.remove("frigates")


@pytest.mark.parametrize("key", ["", "é", "a b", "a\r\nHost: evil", "\x00"])
def test_the_client_refuses_what_cannot_be_a_key_and_does_not_repeat_it(
    address: str, key: str
) -> None:
    with Client(address, key=key) as client, pytest.raises(Unauthorized) as refused:
        client.ready()
    assert "evil" not in str(refused.value)


def test_the_asynchronous_client_does_the_same(address: str, reader: str) -> None:
    async def ask(key: str | None) -> str:
        async with AsyncClient(address, key=key) as client:
            return (await client.ask(QUESTION)).status

    assert asyncio.run(ask(reader)) == "no_answer"
    with pytest.raises(Unauthorized):
        asyncio.run(ask(None))


def test_a_chat_program_shows_its_key_as_it_always_does(address: str, reader: str) -> None:
    def models(key: str) -> list[str]:
        with openai.OpenAI(base_url=f"{address}/v1", api_key=key, max_retries=0) as client:
            return [model.id for model in client.models.list()]

    assert models(reader) == ["pullquote"]
    with pytest.raises(openai.AuthenticationError) as refused:
        models("none")
    assert refused.value.code == "invalid_api_key"
    assert "pullquote keys add" in refused.value.body["message"]  # type: ignore[index]


def ask_over_mcp(address: str, key: str | None) -> Any:
    async def asking() -> Any:
        headers = {} if key is None else {"Authorization": f"Bearer {key}"}
        async with (
            httpx2.AsyncClient(headers=headers, timeout=WAIT_S) as http,
            McpClient(streamable_http_client(f"{address}/mcp", http_client=http)) as client,
        ):
            return await client.call_tool("ask", {"question": QUESTION})

    return asyncio.run(asking())


def test_a_language_model_asks_with_a_key(address: str, reader: str) -> None:
    assert ask_over_mcp(address, reader).structured_content["status"] == "no_answer"


@pytest.mark.parametrize("key", [None, "pq_wrong"])
def test_a_program_of_the_protocol_hears_why_it_is_not_let_in(
    address: str, reader: str, key: str | None
) -> None:
    with pytest.raises((MCPError, ExceptionGroup)) as refused:
        ask_over_mcp(address, key)
    assert "pullquote keys add NAME" in str(_innermost(refused.value))


def _innermost(error: BaseException) -> BaseException:
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    return error


@pytest.fixture
def hurried(
    make_engine: Callable[..., Engine], served: Callable[..., str], tmp_path: Path
) -> Callable[[str, Role], tuple[str, str]]:
    """Serves with three requests a minute, and makes keys for it."""
    engine = make_engine(requests_per_minute=3)
    where = served(engine)
    return lambda name, role: (where, KeysFile(engine.settings.data).add(name, role))


def test_a_key_that_is_used_too_often_hears_when_to_come_back(
    hurried: Callable[[str, Role], tuple[str, str]],
) -> None:
    address, key = hurried("busy", "read")
    assert [get(address, "/v1/models", key).status_code for _ in range(3)] == [200] * 3
    refused = get(address, "/v1/articles", key)
    assert refused.status_code == 429
    assert 1 <= int(refused.headers["Retry-After"]) <= 60
    assert "3 requests a minute" in refused.json()["detail"]
    assert all(get(address, path).status_code == 200 for path in OPEN_PATHS)
    _, other = hurried("other", "read")
    assert get(address, "/v1/articles", other).status_code == 200

    with Client(address, key=key) as client, pytest.raises(RateLimited) as limited:
        client.ask(QUESTION)
    assert limited.value.retry_after_s
    with (
        openai.OpenAI(base_url=f"{address}/v1", api_key=key, max_retries=0) as programs,
        pytest.raises(openai.RateLimitError) as told,
    ):
        programs.models.list()
    assert told.value.code == "rate_limit_exceeded"
    assert told.value.response.headers["Retry-After"]


def test_who_has_no_key_uses_up_nobodys_turn(
    hurried: Callable[[str, Role], tuple[str, str]],
) -> None:
    address, key = hurried("busy", "read")
    for _ in range(5):
        assert get(address, "/v1/articles", f"{key}x").status_code == 401
    assert get(address, "/v1/articles", key).status_code == 200


def test_keys_that_cannot_be_read_let_nobody_in_and_readiness_says_so(
    address: str, keys: KeysFile, reader: str, caplog: pytest.LogCaptureFixture
) -> None:
    assert get(address, "/v1/articles", reader).status_code == 200
    whole = keys.path.read_bytes()
    for break_it in (lambda: keys.path.write_bytes(whole[:-20]), keys.path.unlink):
        break_it()
        for refused in (get(address, "/v1/articles", reader), get(address, "/health/ready")):
            assert refused.status_code == 503
            assert refused.json()["title"] == "The keys cannot be read"
            assert str(keys.path) not in refused.text
        assert get(address, "/health/live").status_code == 200
        assert get(address, "/").status_code == 200
        assert str(keys.path) in caplog.text
    keys.path.write_bytes(whole)
    assert get(address, "/v1/articles", reader).status_code == 200


def test_no_key_reaches_the_log(
    address: str, reader: str, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level("DEBUG"):
        get(address, "/v1/articles", reader)
        get(address, "/v1/articles", f"{reader}x")
        with Client(address, key=reader) as client:
            client.ready()
    assert reader not in caplog.text
