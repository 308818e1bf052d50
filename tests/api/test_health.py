"""Whether the service lives and can answer, and what it counts."""

from collections.abc import Callable
from typing import Any

from litestar.testing import TestClient
from prometheus_client.parser import text_string_to_metric_families

from api.app import create_app
from index.errors import CorruptError
from index.status import Status
from index.store import LocalStore
from qa.engine import Engine

Service = TestClient[Any]


def samples(service: Service) -> dict[tuple[str, tuple[str, ...]], float]:
    """Return the value of each sample by name and label values."""
    text = service.get("/metrics").text
    return {
        (sample.name, tuple(sample.labels.values())): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def test_a_service_is_alive_and_ready_with_nothing_in_it(service: Service) -> None:
    assert service.get("/health/live").json() == {"status": "alive"}
    assert service.get("/health/ready").json() == {
        "status": "ready",
        "reasons": [],
        "generation": 0,
        "articles": 0,
        "passages": 0,
        "model": "hashing",
    }


def test_readiness_says_how_much_there_is_to_ask(
    service: Service, frigates: dict[str, Any]
) -> None:
    added = service.post("/v1/articles", json={"articles": [frigates]}).json()
    ready = service.get("/health/ready").json()
    assert (ready["articles"], ready["passages"]) == (1, 1)
    assert ready["generation"] == added["generation"]


def test_a_service_whose_index_cannot_be_read_is_alive_but_not_ready(
    make_engine: Callable[..., Engine],
) -> None:
    class Unreadable(LocalStore):
        def status(self) -> Status:
            raise CorruptError("catalog.sqlite is damaged.", remedy="pullquote restore")

    with TestClient(create_app(make_engine(over=Unreadable))) as service:
        assert service.get("/health/live").status_code == 200
        assert service.get("/metrics").status_code == 200
        ready = service.get("/health/ready")
    assert ready.status_code == 503
    assert ready.json()["detail"] == "catalog.sqlite is damaged. pullquote restore"


def test_requests_answers_articles_and_the_index_are_counted(
    service: Service, frigates: dict[str, Any]
) -> None:
    service.post("/v1/articles", json={"articles": [frigates]})
    service.post("/v1/ask", json={"question": "Who refused?"})
    service.post("/v1/ask", json={"question": ""})
    service.get("/v1/articles/frigates")
    service.get("/nowhere")
    counted = samples(service)
    assert counted["pullquote_requests_total", ("POST", "/v1/ask", "200")] == 1
    assert counted["pullquote_requests_total", ("POST", "/v1/ask", "400")] == 1
    assert counted["pullquote_requests_total", ("(unknown)", "(unknown)", "404")] == 1
    assert counted["pullquote_request_seconds_count", ("POST", "/v1/ask")] == 2
    assert counted["pullquote_articles_received_total", ("added",)] == 1
    assert counted["pullquote_stage_seconds_count", ("embed",)] == 1
    assert sum(v for (name, _), v in counted.items() if name == "pullquote_answers_total") == 1
    assert counted["pullquote_index_articles", ()] == 1
    assert counted["pullquote_index_degraded", ()] == 0


def test_ids_do_not_become_labels(service: Service) -> None:
    service.get("/v1/articles/one")
    service.get("/v1/articles/two")
    routes = {labels[1] for (name, labels) in samples(service) if name.endswith("requests_total")}
    assert routes == {"/v1/articles/{article_id}"}


def test_two_applications_count_apart(engine: Engine) -> None:
    with TestClient(create_app(engine)) as one, TestClient(create_app(engine)) as other:
        one.get("/health/live")
        assert not any("/health/live" in labels for _, labels in samples(other))
