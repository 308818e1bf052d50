"""A line that is too long is cut off, and no kind of work shuts another out."""

import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from litestar.testing import TestClient

from api.app import create_app
from api.gates import Gates, Limits
from index.article import Article
from index.ingest import OnProgress, ignore
from index.protocols import Stored
from qa.answer import Answer
from qa.engine import Engine

WAIT_S = 30


class Slow(Engine):
    """Answers and stores when it is let go, not before."""

    def __init__(self, *parts: Any) -> None:
        super().__init__(*parts)
        self.arrived = threading.Semaphore(0)
        self.let_go = threading.Event()

    def ask(self, question: str, **more: Any) -> Answer:
        if question == "slow?":
            self._wait()
        return super().ask(question, **more)

    def add(
        self, articles: Iterable[Article], *, on_progress: OnProgress = ignore
    ) -> Iterator[Stored]:
        self._wait()
        return super().add(articles, on_progress=on_progress)

    def _wait(self) -> None:
        self.arrived.release()
        assert self.let_go.wait(WAIT_S)


@pytest.fixture
def slow(make_engine: Callable[..., Slow]) -> Iterator[Slow]:
    engine = make_engine(Slow)
    yield engine
    engine.let_go.set()


LIMITS = Limits(questions=2, questions_waiting=1, ingests_waiting=1)


@pytest.fixture
def gates() -> Gates:
    return Gates.open(LIMITS)


@pytest.fixture
def service(slow: Slow, gates: Gates) -> Iterator[TestClient[Any]]:
    with TestClient(create_app(slow, gates=gates)) as client:
        yield client
        slow.let_go.set()


def until(condition: Callable[[], bool]) -> None:
    pause = threading.Event()
    for _ in range(WAIT_S * 100):
        if condition():
            return
        pause.wait(0.01)
    raise AssertionError("it did not come to pass")


def test_one_question_too_many_is_told_to_come_back(
    service: TestClient[Any], slow: Slow, gates: Gates
) -> None:
    with ThreadPoolExecutor(3) as pool:
        waiting = [pool.submit(service.post, "/v1/ask", json={"question": "slow?"})]
        waiting += [pool.submit(service.post, "/v1/ask", json={"question": "slow?"})]
        waiting += [pool.submit(service.post, "/v1/ask", json={"question": "slow?"})]
        until(lambda: gates.questions.free == 0)
        refused = service.post("/v1/ask", json={"question": "slow?"})
        slow.let_go.set()
        answered = [each.result(WAIT_S).status_code for each in waiting]
    assert refused.status_code == 503
    assert refused.headers["Retry-After"] == "2"
    assert refused.json()["type"] == "/schema#busy"
    assert answered == [200, 200, 200]
    assert service.post("/v1/ask", json={"question": "slow?"}).status_code == 200


def test_questions_are_answered_while_articles_are_stored(
    service: TestClient[Any], slow: Slow, gates: Gates
) -> None:
    def store(n: int) -> Any:
        return service.post("/v1/articles", json={"articles": [{"text": f"Snow, day {n}."}]})

    with ThreadPoolExecutor(2) as pool:
        storing = [pool.submit(store, 1), pool.submit(store, 2)]
        until(lambda: gates.ingests.free == 0)
        assert service.post("/v1/ask", json={"question": "quick?"}).status_code == 200
        assert service.get("/v1/search", params={"q": "snow"}).status_code == 200
        assert service.get("/v1/articles").status_code == 200
        assert service.get("/health/ready").status_code == 200
        refused = store(3)
        slow.let_go.set()
        stored = [each.result(WAIT_S).status_code for each in storing]
    assert (refused.status_code, refused.headers["Retry-After"]) == (503, "30")
    assert stored == [200, 200]


def test_an_ingest_that_has_not_begun_is_refused_when_the_service_stops(
    service: TestClient[Any], gates: Gates, slow: Slow
) -> None:
    slow.let_go.set()
    gates.stopping.set()
    response = service.post("/v1/articles", json={"articles": [{"text": "Snow."}]})
    assert response.status_code == 503
    assert response.headers["Retry-After"]
    assert "0 of 1 articles are stored" in response.json()["detail"]


def test_an_ingest_stops_between_batches_and_says_how_many_are_stored(
    make_engine: Callable[..., Engine], gates: Gates
) -> None:
    class Stopped(Engine):
        def add(
            self, articles: Iterable[Article], *, on_progress: OnProgress = ignore
        ) -> Iterator[Stored]:
            for stored in super().add(articles, on_progress=on_progress):
                gates.stopping.set()
                yield stored

    with TestClient(create_app(make_engine(Stopped), gates=gates)) as service:
        articles = [{"text": f"Snow fell on day {n} of the year."} for n in range(100)]
        response = service.post("/v1/articles", json={"articles": articles})
        assert response.status_code == 503
        assert "64 of 100 articles are stored" in response.json()["detail"]
        listed = service.get("/v1/articles", params={"limit": 100}).json()["articles"]
        assert len(listed) == 64


def test_a_closed_gate_refuses(service: TestClient[Any], gates: Gates) -> None:
    gates.close()
    response = service.post("/v1/ask", json={"question": "quick?"})
    assert response.status_code == 503
    assert response.json()["type"] == "/schema#stopping"


def test_a_gate_is_idle_again_when_its_work_is_done(service: TestClient[Any], gates: Gates) -> None:
    assert service.post("/v1/ask", json={"question": "quick?"}).status_code == 200
    until(lambda: gates.idle)
