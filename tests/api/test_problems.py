"""Whatever is sent, the answer is a problem that says what to do, and never a 500."""

import gzip
import json
import logging
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from litestar.testing import TestClient

from api.app import create_app
from api.problems import KINDS, PROBLEM_JSON
from index.errors import (
    ArticleError,
    CorruptError,
    DiskFullError,
    EmbedderChangedError,
    ModelError,
    PullquoteError,
    QuestionError,
    UnknownArticleError,
    WriterBusyError,
)
from qa.answer import Answer
from qa.engine import Engine

Service = TestClient[Any]
JSON = {"Content-Type": "application/json"}


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"", "The body is empty"),
        (b"{", "The body is not JSON"),
        (b'{"question": "why?"} {}', "The body is not JSON"),
        (b"NaN", "The body is not JSON"),
        (b'{"question": NaN}', "The body is not JSON"),
        (b'{"question": "why?", "limit": Infinity}', "The body is not JSON"),
        (b'{"question": "\\udc00 why?"}', "The body holds half a character"),
        (b'{"question": "\xff"}', "The body is not UTF-8"),
        (b'{"question\xff": 1}', "The body is not UTF-8"),
        ('{"question": "why?"}'.encode("utf-16"), "The body is not JSON"),
        ('{"question": "d\u00e9clar\u00e9?"}'.encode("latin-1"), "The body is not UTF-8"),
        (b'\xef\xbb\xbf{"question": "why?"}', "The body is not JSON"),
        (b'{"question": "a\x00b"}', "The body is not JSON"),
        (b"[" * 200_000, "Expected `object`, got `array`."),
        (b'{"question": ' + b"[" * 200_000, "question: Expected `str`, got `array`."),
        (b'{"filters": ' + b'{"source": ' * 100_000, "filters"),
        (b'{"question": "why?", "limit": 1e400}', "limit: "),
        (b'{"question": "why?", "limit": ' + b"9" * 10_000 + b"}", "limit: "),
        (b'{"question": "\\ud800"}', "The body holds half a character"),
        (b'{"question": "a\\uDFFFb"}', "The body holds half a character"),
        (b'{"question": "\\ud83d\\ud83d"}', "The body holds half a character"),
        (b'{"question": "\\ud83d\\udea2"', "The body is not JSON (Input data was truncated)"),
        (b"[]", "Expected `object`, got `array`."),
        (b'"why?"', "Expected `object`, got `str`."),
        (b"null", "Expected `object`, got `null`."),
        (b"7", "Expected `object`, got `int`."),
    ],
)
def test_a_body_that_is_none_is_refused(empty_service: Service, body: bytes, said: str) -> None:
    response = empty_service.post("/v1/ask", content=body, headers=JSON)
    assert response.status_code == 400, response.text
    assert response.json()["detail"].startswith(said)


@pytest.mark.parametrize("path", ["/v1/articles", "/v1/ask", "/v1/citations/verify"])
@pytest.mark.parametrize(
    "media_type",
    ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "é", "", ";;;"],
)
def test_only_json_is_taken(empty_service: Service, path: str, media_type: str) -> None:
    headers = {"Content-Type": media_type.encode()}
    response = empty_service.post(path, content=b'{"question": "why?"}', headers=headers)
    assert response.status_code == 415
    assert "Send JSON, with Content-Type: application/json" in response.json()["detail"]


def test_a_packed_body_is_refused_whatever_is_in_it(empty_service: Service) -> None:
    headers = JSON | {"Content-Encoding": "gzip"}
    for body in (b'{"question": "why?"}', gzip.compress(b'{"question": "why?"}')):
        response = empty_service.post("/v1/ask", content=body, headers=headers)
        assert response.status_code == 415
        assert response.json()["detail"].startswith("The Content-Encoding says 'gzip'.")


def test_json_may_name_its_encoding(empty_service: Service) -> None:
    headers = {"Content-Type": "application/json; charset=utf-8"}
    response = empty_service.post("/v1/ask", content=b'{"question": "why?"}', headers=headers)
    assert response.status_code == 200


@pytest.mark.parametrize("announced", [True, False])
def test_a_body_over_the_limit_is_refused(
    make_engine: Callable[..., Engine], announced: bool
) -> None:
    def parts() -> Iterator[bytes]:
        yield b'{"question": "'
        for _ in range(20):
            yield b"x" * 100_000

    with TestClient(create_app(make_engine(max_body_mb=1))) as service:
        body = b"".join(parts()) if announced else parts()
        response = service.post("/v1/ask", content=body, headers=JSON)
    assert response.status_code == 413
    assert "larger than 1,000,000 bytes" in response.json()["detail"]


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/v1/nothing", 404),
        ("GET", "/v1", 404),
        ("GET", "/schema/nothing", 404),
        ("GET", "/health", 404),
        ("GET", "/../../etc/passwd", 404),
        ("GET", "/%00%ff", 404),
        ("GET", "/v1/ask", 405),
        ("PUT", "/v1/articles", 405),
        ("DELETE", "/v1/articles", 405),
        ("PATCH", "/v1/articles/a", 405),
        ("BREW", "/v1/ask", 405),
    ],
)
def test_what_is_not_there_is_a_problem_too(
    empty_service: Service, method: str, path: str, status: int
) -> None:
    response = empty_service.request(method, path)
    assert response.status_code == status
    assert response.headers["Content-Type"] == PROBLEM_JSON
    assert set(response.json()) == {"type", "title", "status", "detail", "instance"}
    assert response.json()["status"] == status
    assert "GET /schema" in response.json()["detail"] or "Allow" in response.headers


def test_a_problem_names_the_address_that_it_happened_at(empty_service: Service) -> None:
    problem = empty_service.get("/v1/articles/n%C3%A9%2Fant?x=1").json()
    assert problem["instance"] == "/v1/articles/n%C3%A9%2Fant"


def test_a_very_long_address_is_not_repeated_in_full(empty_service: Service) -> None:
    response = empty_service.get("/" + "a" * 50_000)
    assert response.status_code == 404
    assert len(response.content) < 5_000


@pytest.mark.parametrize("host", ["", " ", "a b", "[::1", "x" * 5_000, "\\", "a/b?c#d"])
def test_a_strange_host_is_no_failure_of_the_service(empty_service: Service, host: str) -> None:
    response = empty_service.get("/v1/search", headers={"Host": host})
    assert response.status_code == 400
    assert response.headers["Content-Type"] == PROBLEM_JSON


FAILURES = [
    (QuestionError("The question is empty.", remedy="Ask."), 400, None),
    (ArticleError("No text.", remedy="Send some."), 400, None),
    (UnknownArticleError("a"), 404, None),
    (WriterBusyError("Another process is writing.", remedy="Wait."), 503, "2"),
    (DiskFullError("The disk is full.", remedy="Make room."), 507, None),
    (CorruptError("A file is damaged.", remedy="pullquote doctor"), 503, None),
    (ModelError("The weights are missing.", remedy="Fetch them."), 503, None),
    (EmbedderChangedError(Path("d"), "a", "b", "m"), 503, None),
    (PullquoteError("Something else.", remedy="Look."), 500, None),
]


@pytest.mark.parametrize(("error", "status", "retry_after"), FAILURES)
def test_an_error_of_the_index_keeps_its_message_and_its_remedy(
    make_engine: Callable[..., Engine], error: PullquoteError, status: int, retry_after: str | None
) -> None:
    class Failing(Engine):
        def ask(self, question: str, **_: Any) -> Answer:
            raise error

    with TestClient(create_app(make_engine(Failing))) as service:
        response = service.post("/v1/ask", json={"question": "why?"})
    assert response.status_code == status
    assert response.json()["detail"] == str(error)
    assert response.headers.get("Retry-After") == retry_after


def test_an_unexpected_failure_is_logged_and_tells_nothing_of_the_inside(
    make_engine: Callable[..., Engine], caplog: pytest.LogCaptureFixture
) -> None:
    class Broken(Engine):
        def ask(self, question: str, **_: Any) -> Answer:
            raise RuntimeError("the inside of it")

    with (
        caplog.at_level(logging.ERROR),
        TestClient(create_app(make_engine(Broken)), raise_server_exceptions=False) as service,
    ):
        response = service.post("/v1/ask", json={"question": "why?"})
    assert response.status_code == 500
    assert response.headers["Content-Type"] == PROBLEM_JSON
    assert "the inside of it" not in response.text
    assert "the inside of it" in caplog.text


@pytest.mark.parametrize("path", ["/v1/articles", "/v1/nothing", "/schema", "/metrics"])
def test_every_response_says_that_it_is_what_it_says(empty_service: Service, path: str) -> None:
    headers = empty_service.get(path).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert headers["Cache-Control"] == "no-store"


def test_the_kinds_of_problems_can_be_told_apart() -> None:
    assert len({kind.slug for kind in KINDS}) == len(KINDS)
    assert all(kind.status >= 400 for kind in KINDS)


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
FILTERS = st.dictionaries(
    st.sampled_from(
        ["source", "language", "article_ids", "published_from", "published_to", "sorce"]
    ),
    ANYTHING | st.lists(st.text(), max_size=3) | st.dates().map(str),
)
QUESTIONS = st.fixed_dictionaries(
    {"question": st.text(max_size=40) | ANYTHING},
    optional={
        "limit": st.integers(-1, 60) | ANYTHING,
        "history": st.lists(st.dictionaries(st.sampled_from(["question", "answer"]), st.text())),
        "filters": FILTERS,
        "other": ANYTHING,
    },
)


@given(body=QUESTIONS | ANYTHING)
@settings(max_examples=150, deadline=None)
def test_no_question_makes_the_service_fail(empty_service: Service, body: Any) -> None:
    response = empty_service.post("/v1/ask", content=json.dumps(body), headers=JSON)
    assert response.status_code in {200, 400}, response.text
    assert response.headers["Content-Type"] in {"application/json", PROBLEM_JSON}


@given(body=st.binary(max_size=60))
@settings(max_examples=100, deadline=None)
def test_no_bytes_make_the_service_fail(empty_service: Service, body: bytes) -> None:
    assert empty_service.post("/v1/articles", content=body, headers=JSON).status_code == 400
