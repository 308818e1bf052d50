"""Web pages of other addresses: none may call unless a setting names it."""

from collections.abc import Callable
from typing import Any

import httpx
import pytest

from api.keys import KeysFile
from qa.engine import Engine

WAIT_S = 60
NEWS = "https://news.example"
ASKING = {
    "Access-Control-Request-Method": "POST",
    "Access-Control-Request-Headers": "authorization, content-type",
}
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

Serve = Callable[..., str]


@pytest.fixture
def allowing(make_engine: Callable[..., Engine], served: Serve) -> Callable[..., Any]:
    """Serves with a key and with the origins that may call."""

    def allow(*origins: str) -> tuple[str, str]:
        engine = make_engine(cors_origins=origins)
        return served(engine), KeysFile(engine.settings.data).add("page", "read")

    return allow


def told(response: httpx.Response) -> dict[str, str]:
    return {name: value for name, value in response.headers.items() if "access-control" in name}


def call(address: str, key: str, origin: str) -> httpx.Response:
    headers = {"Authorization": f"Bearer {key}", "Origin": origin}
    return httpx.get(f"{address}/v1/articles", headers=headers, timeout=WAIT_S)


def preflight(address: str, origin: str) -> httpx.Response:
    return httpx.options(f"{address}/v1/ask", headers={"Origin": origin} | ASKING, timeout=WAIT_S)


def test_by_default_no_header_of_cors_is_sent(allowing: Callable[..., Any]) -> None:
    address, key = allowing()
    for response in (call(address, key, NEWS), preflight(address, NEWS)):
        assert told(response) == {}
    assert preflight(address, NEWS).status_code == 401


def test_a_page_that_is_named_may_ask_first_without_a_key_and_then_call_with_one(
    allowing: Callable[..., Any],
) -> None:
    address, key = allowing(NEWS, "http://localhost:3000")
    asked = preflight(address, NEWS)
    assert asked.status_code == 204
    assert told(asked)["access-control-allow-origin"] == NEWS
    assert "authorization" in told(asked)["access-control-allow-headers"].lower()
    assert "DELETE" in told(asked)["access-control-allow-methods"]
    answered = call(address, key, NEWS)
    assert answered.status_code == 200
    assert told(answered)["access-control-allow-origin"] == NEWS
    assert answered.headers["Vary"] == "Origin"
    assert answered.headers["X-Content-Type-Options"] == "nosniff"


def test_a_page_that_is_named_can_read_why_it_is_refused(allowing: Callable[..., Any]) -> None:
    address, _ = allowing(NEWS)
    for path in ("/v1/articles", "/nowhere", "/mcp"):
        refused = httpx.get(f"{address}{path}", headers={"Origin": NEWS}, timeout=WAIT_S)
        assert refused.status_code == 401
        assert told(refused)["access-control-allow-origin"] == NEWS
        assert "Retry-After" in told(refused)["access-control-expose-headers"]


@pytest.mark.parametrize(
    "origin",
    [
        *("https://evil.example", "http://news.example", "https://news.example:8443", "null"),
        *("https://news.example.evil.example", "https://newsxexample", "https://a.news.example"),
    ],
)
def test_every_other_page_is_not(allowing: Callable[..., Any], origin: str) -> None:
    address, key = allowing(NEWS)
    for response in (call(address, key, origin), preflight(address, origin)):
        assert "access-control-allow-origin" not in told(response)
    assert preflight(address, origin).status_code == 400


def test_a_star_is_every_page_and_never_its_cookies(allowing: Callable[..., Any]) -> None:
    address, key = allowing("*")
    for response in (call(address, key, NEWS), preflight(address, "null")):
        assert told(response)["access-control-allow-origin"] == "*"
        assert "access-control-allow-credentials" not in told(response)


def test_a_page_that_is_named_may_speak_the_protocol_of_models_too(
    allowing: Callable[..., Any],
) -> None:
    address, key = allowing(NEWS)
    statuses = []
    for origin in (NEWS, "https://evil.example"):
        headers = {"Authorization": f"Bearer {key}", "Origin": origin}
        accepted = headers | {"Accept": "application/json, text/event-stream"}
        answer = httpx.post(f"{address}/mcp", headers=accepted, json=INITIALIZE, timeout=WAIT_S)
        statuses.append(answer.status_code)
    assert statuses == [200, 403]
