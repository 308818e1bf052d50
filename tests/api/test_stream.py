"""An answer in stages: what comes, in which order, and what happens when it breaks off."""

import json
import threading
from collections.abc import Callable, Generator, Iterator
from typing import Any

import httpx
import msgspec
import pytest
from httpx_sse import ServerSentEvent, connect_sse
from litestar.testing import TestClient

from api.app import create_app
from api.events import TYPES, name_of
from api.gates import Gates, Limits
from index.errors import CorruptError
from qa.answer import Answer
from qa.engine import Engine
from qa.stages import Quoted, Retrieved, Stage

WAIT_S = 60  # the first question loads the reader
QUESTION = "Who refused to send soldiers?"
Article = dict[str, Any]
Service = TestClient[Any]

STREAM = {"Accept": "text/event-stream"}


@pytest.fixture
def informed(service: Service, frigates: Article, harvest: Article) -> Service:
    """A service that takes every sentence for an answer."""
    assert service.post("/v1/articles", json={"articles": [frigates, harvest]}).is_success
    return service


@pytest.fixture
def engine(make_engine: Callable[..., Engine]) -> Engine:
    return make_engine(weak_at=0, answered_at=0)


def events(service: Service, body: Any = None) -> list[ServerSentEvent]:
    with connect_sse(service, "POST", "/v1/ask", json=body or {"question": QUESTION}) as source:
        return list(source.iter_sse())


def test_the_stages_come_in_order_and_the_last_is_the_plain_response(informed: Service) -> None:
    plain = informed.post("/v1/ask", json={"question": QUESTION})
    streamed = events(informed)
    names = [event.event for event in streamed]
    quotes = sum(len(point["quotes"]) for point in plain.json()["points"])
    assert quotes
    assert names == ["retrieved", *["quote"] * quotes, "answer"]
    assert untimed(streamed[-1].data.encode()) == untimed(plain.content)


def untimed(body: bytes) -> bytes:
    """Return the bytes of an answer without what differs from run to run."""
    before, mark, _ = body.partition(b'"timing_ms":')
    assert mark
    return before


def test_every_event_is_of_its_type_and_agrees_with_the_answer(informed: Service) -> None:
    typed = [msgspec.json.decode(each.data, type=TYPES[each.event]) for each in events(informed)]
    first, *quotes, answer = typed
    assert isinstance(first, Retrieved)
    assert isinstance(answer, Answer)
    assert (first.question, first.language) == (answer.question, answer.language)
    assert (first.coverage, first.generation) == (answer.coverage, answer.generation)
    scores = [passage.score for passage in first.passages]
    assert scores == sorted(scores, reverse=True)
    cited = [each.citation for each in quotes if isinstance(each, Quoted)]
    used = [quote.citation for point in answer.points for quote in point.quotes]
    assert [citation.number for citation in cited] == used
    assert set(cited) == set(answer.citations)


def test_a_question_without_an_answer_has_no_quote_event(service: Service) -> None:
    assert [event.event for event in events(service)] == ["retrieved", "answer"]


@pytest.mark.parametrize("odd", ["\u2028", "\u0085", "\x0b", "\r\n", "\n\ndata: x\n\n", "é😀"])
def test_no_character_of_an_article_breaks_an_event(informed: Service, odd: str) -> None:
    text = f"Nobody refused to send soldiers{odd}to the strait."
    body = {"articles": [{"id": "odd", "text": text, "language": "en"}]}
    assert informed.post("/v1/articles", json=body).is_success
    answer = json.loads(events(informed)[-1].data)
    for citation in answer["citations"]:
        article = informed.get(f"/v1/articles/{citation['article_id']}").json()
        assert article["text"][citation["start"] : citation["end"]] == citation["text"]


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("", "application/json"),
        ("*/*", "application/json"),
        ("application/json", "application/json"),
        ("text/html, application/xhtml+xml, */*;q=0.8", "application/json"),
        ("text/event-stream", "text/event-stream"),
        ("text/event-stream, application/json;q=0.5", "text/event-stream"),
        ("application/json;q=0.5, text/*", "text/event-stream"),
    ],
)
def test_the_accept_header_decides_the_form(
    informed: Service, accept: str, media_type: str
) -> None:
    headers = {"Accept": accept}
    response = informed.post("/v1/ask", json={"question": QUESTION}, headers=headers)
    assert response.status_code == 200
    assert response.headers["Content-Type"].partition(";")[0] == media_type


@pytest.mark.parametrize(
    "accept", ["text/csv", "image/*", ";;;", ",", "a/b;q=inf", "a/b;q=nan", "é"]
)
def test_a_form_that_there_is_not_is_a_problem(empty_service: Service, accept: str) -> None:
    headers = {"Accept": accept.encode()}
    response = empty_service.post("/v1/ask", json={"question": QUESTION}, headers=headers)
    assert response.status_code == 406
    assert response.headers["Content-Type"] == "application/problem+json"
    assert "application/json or text/event-stream" in response.json()["detail"]


@pytest.mark.parametrize("body", [{"question": ""}, {"question": "?!"}, {"qestion": "why?"}, []])
def test_a_wrong_question_is_an_ordinary_problem_not_a_stream(
    empty_service: Service, body: Any
) -> None:
    response = empty_service.post("/v1/ask", json=body, headers=STREAM)
    assert response.status_code == 400
    assert response.headers["Content-Type"] == "application/problem+json"


class Failing(Engine):
    """Finds the passages, and then something is wrong with the index."""

    def answering(self, question: str, **more: Any) -> Generator[Stage, None, None]:
        for stage in super().answering(question, **more):
            if not isinstance(stage, Retrieved):
                raise CorruptError("A segment fails its checksum.", remedy="pullquote doctor")
            yield stage


def test_what_fails_on_the_way_ends_the_stream_with_a_problem(
    make_engine: Callable[..., Engine],
) -> None:
    with TestClient(create_app(make_engine(Failing))) as service:
        streamed = events(service)
    assert [event.event for event in streamed] == ["retrieved", "error"]
    problem = json.loads(streamed[-1].data)
    assert (problem["type"], problem["status"]) == ("/schema#unavailable", 503)
    assert problem["detail"] == "A segment fails its checksum. pullquote doctor"
    assert problem["instance"] == "/v1/ask"


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
            yield from stages
        except GeneratorExit:
            self.given_up.set()
            raise


@pytest.fixture
def patient(make_engine: Callable[..., Patient]) -> Iterator[Patient]:
    engine = make_engine(Patient, weak_at=0, answered_at=0)
    yield engine
    engine.let_go.set()


def test_the_first_stage_is_there_before_the_answer_is(
    patient: Patient, served: Callable[..., str], frigates: Article
) -> None:
    with httpx.Client(base_url=served(patient), timeout=WAIT_S) as client:
        client.post("/v1/articles", json={"articles": [frigates]})
        with connect_sse(client, "POST", "/v1/ask", json={"question": QUESTION}) as source:
            arriving = source.iter_sse()
            assert next(arriving).event == "retrieved"
            patient.let_go.set()
            assert [event.event for event in arriving][-1] == "answer"


def test_a_client_that_hangs_up_ends_the_work(patient: Patient, served: Callable[..., str]) -> None:
    gates = Gates.open(Limits(questions=1))
    with (
        httpx.Client(base_url=served(patient, gates), timeout=WAIT_S) as client,
        connect_sse(client, "POST", "/v1/ask", json={"question": QUESTION}) as source,
    ):
        assert next(source.iter_sse()).event == "retrieved"
    pause = threading.Event()
    pause.wait(0.5)  # for the server to hear of it
    patient.let_go.set()
    assert patient.given_up.wait(WAIT_S)
    for _ in range(WAIT_S * 100):
        if gates.questions.idle:
            return
        pause.wait(0.01)
    raise AssertionError("the gate is still taken")


def test_a_streamed_question_waits_in_the_same_line_as_the_others(
    patient: Patient, served: Callable[..., str]
) -> None:
    gates = Gates.open(Limits(questions=1, questions_waiting=0))
    with httpx.Client(base_url=served(patient, gates), timeout=WAIT_S) as client:
        with connect_sse(client, "POST", "/v1/ask", json={"question": QUESTION}) as source:
            arriving = source.iter_sse()
            next(arriving)
            refused = client.post("/v1/ask", json={"question": QUESTION}, headers=STREAM)
            patient.let_go.set()
            assert [event.event for event in arriving] == ["answer"]
        assert refused.status_code == 503
        assert refused.headers["Retry-After"] == "2"


def test_streamed_answers_are_counted(service: Service) -> None:
    events(service)
    assert 'pullquote_answers_total{status="no_answer"} 1.0' in service.get("/metrics").text


def test_the_document_names_every_event_and_shows_a_stream(empty_service: Service) -> None:
    document = empty_service.get("/schema").json()
    content = document["paths"]["/v1/ask"]["post"]["responses"]["200"]["content"]
    described = content["text/event-stream"]
    assert [each["title"] for each in described["schema"]["oneOf"]] == list(TYPES)
    shown = described["examples"]["stream"]["value"]
    blocks = [block.split("\n") for block in shown.strip().split("\n\n")]
    assert [name for name, _ in blocks] == ["event: retrieved", "event: quote", "event: answer"]
    for name, line in blocks:
        of_type = TYPES[name.removeprefix("event: ")]
        event = msgspec.json.decode(line.removeprefix("data: "), type=of_type)
        assert name_of(event) == name.removeprefix("event: ")


def test_every_reference_of_the_document_leads_somewhere(empty_service: Service) -> None:
    document = empty_service.get("/schema").json()
    references = set(find(document))
    assert references
    for reference in references:
        place = document
        for step in reference.removeprefix("#/").split("/"):
            place = place[step]


def find(part: Any) -> Iterator[str]:
    if isinstance(part, dict):
        yield from (part["$ref"],) if isinstance(part.get("$ref"), str) else ()
        part = list(part.values())
    if isinstance(part, list):
        for each in part:
            yield from find(each)
