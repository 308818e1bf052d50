"""Both clients against the real application, served by a real server on a free port."""

import asyncio
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import httpx
import pytest

from api.client import (
    ApiError,
    AsyncClient,
    Busy,
    Client,
    ConnectionFailed,
    Forbidden,
    InvalidRequest,
    NotFound,
    RateLimited,
    ServerError,
    Unauthorized,
)
from api.failures import pause_s
from api.messages import ArticleFields
from api.serve import address_of, bind
from index.article import Article
from index.protocols import Filters
from qa.answer import Answer, Claim, Turn, Verdict


@pytest.fixture
def client(address: str) -> Iterator[Client]:
    with Client(address) as client:
        yield client


LIGHTHOUSE = Article(
    id="coast/lighthouse #1",
    text="The lighthouse was lit again on Friday. Its keeper wept.",
    title="Light",
    source="The Gull",
    url="https://gull.example/light",
    published=date(2026, 2, 6),
    language="en",
)


def test_an_article_goes_in_and_comes_out_as_it_was(client: Client) -> None:
    added = client.add([LIGHTHOUSE])
    assert [(each.id, each.status) for each in added.articles] == [(LIGHTHOUSE.id, "added")]
    shown = client.article(LIGHTHOUSE.id)
    for name in ("id", "text", "title", "source", "url", "published", "language", "sha256"):
        assert getattr(shown, name) == getattr(LIGHTHOUSE, name)
    client.remove(LIGHTHOUSE.id)
    with pytest.raises(NotFound, match="There is no article 'coast/lighthouse #1'"):
        client.article(LIGHTHOUSE.id)


@pytest.mark.parametrize("article_id", ["%2F", "100%", "a//b/", "é…", "a?b#c", "...", "~/x y"])
def test_an_id_of_any_characters_is_found_again(client: Client, article_id: str) -> None:
    client.add([replace(LIGHTHOUSE, id=article_id)])
    assert client.article(article_id).id == article_id
    client.remove(article_id)
    assert list(client.articles()) == []


def test_a_page_may_be_sent_as_html(client: Client) -> None:
    html = f"<html><body><article><p>{LIGHTHOUSE.text * 5}</p></article></body></html>"
    assert client.add([ArticleFields(html=html, id="page")]).articles[0].status == "added"


def test_a_question_a_search_and_a_check_come_back_typed(client: Client) -> None:
    client.add([LIGHTHOUSE])
    scope = Filters(source=("The Gull",), published_from=date(2026, 2, 1))
    answer = client.ask(
        "When was the lighthouse lit?", limit=2, filters=scope, history=[Turn(question="Hello?")]
    )
    assert isinstance(answer, Answer)
    assert answer.understood_as is None
    history = [Turn(question="When was the harbour lit?")]
    assert client.ask("why?", history=history).understood_as == "Why was the harbour lit?"
    cited = [*answer.citations, *answer.nearest]
    assert {citation.published for citation in cited} == {date(2026, 2, 6)}
    found = client.search("lighthouse", limit=1, filters=scope)
    assert found.passages[0].article_id == LIGHTHOUSE.id
    claim = Claim(article_id="x", sha256="0" * 64, start=0, end=1, text="x")
    verdicts = [each.verdict for each in client.verify([*cited, claim])]
    assert verdicts == [Verdict.EXACT] * len(cited) + [Verdict.GONE]


def test_all_articles_are_listed_across_pages(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.calls.PAGE", 2)
    client.add([ArticleFields(text=f"Night {n} was cold.", id=f"n{n}") for n in range(5)])
    assert [summary.id for summary in client.articles()] == [f"n{n}" for n in range(5)]
    assert list(client.articles(filters=Filters(language=("xx",)))) == []


def test_readiness_is_told(client: Client) -> None:
    assert client.ready().status == "ready"


def test_what_the_service_refuses_is_an_exception_with_its_reason(client: Client) -> None:
    with pytest.raises(InvalidRequest, match="question: Expected `str` of length >= 1") as refused:
        client.ask("")
    assert refused.value.status == 400


@pytest.mark.parametrize("article_id", [".", "..", "/", "a/../b"])
def test_an_id_that_means_something_in_a_path_leads_nowhere_else(
    client: Client, article_id: str
) -> None:
    client.add([LIGHTHOUSE])
    with pytest.raises(ApiError):
        client.remove(article_id)
    assert client.article(LIGHTHOUSE.id)


def test_the_asynchronous_client_does_the_same(address: str) -> None:
    async def visit() -> None:
        async with AsyncClient(address) as client:
            assert (await client.add([LIGHTHOUSE])).articles[0].status == "added"
            answers = await asyncio.gather(*(client.ask("lighthouse?") for _ in range(4)))
            assert {answer.generation for answer in answers} == {1}
            assert [summary.id async for summary in client.articles()] == [LIGHTHOUSE.id]
            assert (await client.article(LIGHTHOUSE.id)).text == LIGHTHOUSE.text
            assert (await client.search("lighthouse")).passages
            cited = [*answers[0].citations, *answers[0].nearest]
            assert {each.verdict for each in await client.verify(cited)} == {Verdict.EXACT}
            assert (await client.ready()).articles == 1
            await client.remove(LIGHTHOUSE.id)
            with pytest.raises(NotFound):
                await client.remove(LIGHTHOUSE.id)

    asyncio.run(visit())


def test_nothing_at_the_address_is_told_with_a_remedy() -> None:
    with (
        bind("127.0.0.1", 0) as unheard,
        Client(address_of(unheard)) as client,
        pytest.raises(ConnectionFailed, match="Start the service there: pullquote serve"),
    ):
        client.ready()


@pytest.mark.parametrize("address", ["localhost:1", "http://[", "ftp://x.example", "", "http://"])
def test_an_address_that_is_none_is_told(address: str) -> None:
    with Client(address) as client, pytest.raises(ConnectionFailed):
        client.ready()


def answering(status: int, body: Any = None, **headers: str) -> Client:
    """A client whose service always answers so."""

    def answer(_: httpx.Request) -> httpx.Response:
        return httpx.Response(status, json=body, headers=headers)

    return Client(transport=httpx.MockTransport(answer))


@pytest.mark.parametrize(
    ("status", "headers", "error"),
    [
        (400, {}, InvalidRequest),
        (413, {}, InvalidRequest),
        (415, {}, InvalidRequest),
        (404, {}, NotFound),
        (401, {}, Unauthorized),
        (403, {}, Forbidden),
        (429, {}, RateLimited),
        (503, {"Retry-After": "7"}, Busy),
        (503, {}, ServerError),
        (500, {}, ServerError),
        (507, {}, ServerError),
        (302, {"Location": "https://elsewhere.example"}, InvalidRequest),
    ],
)
def test_each_status_has_its_exception(
    status: int, headers: dict[str, str], error: type[ApiError]
) -> None:
    with answering(status, **headers) as client, pytest.raises(error) as raised:
        client.ready()
    assert raised.value.status == status
    assert str(status) in str(raised.value)


def test_how_long_to_wait_is_told() -> None:
    headers = {"Retry-After": "7"}
    with answering(503, **headers) as client, pytest.raises(Busy) as raised:
        client.ready()
    assert raised.value.retry_after_s == 7


def test_an_answer_that_is_not_ours_is_told() -> None:
    with answering(200, {"hello": 1}) as client, pytest.raises(ServerError, match="right address"):
        client.ready()


def test_a_busy_service_is_asked_again_as_often_as_allowed() -> None:
    statuses = iter([503, 429, 200])
    ready = {"status": "ready", "reasons": [], "generation": 1, "articles": 0, "passages": 0}

    def answer(_: httpx.Request) -> httpx.Response:
        headers = {"Retry-After": "0"}
        return httpx.Response(next(statuses), json=ready | {"model": "m"}, headers=headers)

    with Client(transport=httpx.MockTransport(answer), max_retries=2) as client:
        assert client.ready().generation == 1


def test_only_what_another_attempt_may_mend_is_tried_again() -> None:
    assert pause_s(Busy("", 503, 3), 0) == 3
    assert pause_s(RateLimited("", 429, 20), 0) == 20
    assert pause_s(Busy("", 503, 0), 0) == 0
    assert pause_s(Busy("", 503, 86_400), 0) == 30
    assert pause_s(ConnectionFailed("", arrived=False), 0) == 0.25
    assert pause_s(ConnectionFailed("", arrived=False), 2) == 1
    assert pause_s(ConnectionFailed("", arrived=True), 0) is None
    assert pause_s(InvalidRequest("", 400), 0) is None
    assert pause_s(ServerError("", 500), 0) is None


def test_a_service_that_does_not_answer_in_time_is_told() -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as silent,
        Client(address_of(silent), timeout_s=0.1) as client,
        pytest.raises(ConnectionFailed, match="did not answer in time"),
    ):
        client.ready()


def test_the_client_needs_neither_the_server_nor_a_model() -> None:
    program = (
        "import sys, api.client; "
        "heavy = {'litestar', 'uvicorn', 'torch', 'faiss', 'tantivy', 'sentence_transformers'}; "
        "sys.exit(str(heavy & set(sys.modules)) if heavy & set(sys.modules) else 0)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
