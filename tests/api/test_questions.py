"""Questions, searches and the checking of citations over HTTP."""

from typing import Any

import pytest
from litestar.testing import TestClient

from api import examples
from qa.conversation import understood

Article = dict[str, Any]
Service = TestClient[Any]


@pytest.fixture
def informed(service: Service, frigates: Article, harvest: Article) -> Service:
    """The service with two articles in it."""
    added = service.post("/v1/articles", json={"articles": [frigates, harvest]})
    assert added.status_code == 200
    return service


def ask(service: Service, question: str = "Who refused to send soldiers?", **more: Any) -> Any:
    response = service.post("/v1/ask", json={"question": question, **more})
    assert response.status_code == 200, response.text
    return response.json()


def cited(answer: Any) -> list[Any]:
    return [*answer["citations"], *answer["nearest"]]


def test_every_citation_of_an_answer_stands_in_its_article(informed: Service) -> None:
    answer = ask(informed)
    assert cited(answer)
    for citation in cited(answer):
        article = informed.get(f"/v1/articles/{citation['article_id']}").json()
        assert article["text"][citation["start"] : citation["end"]] == citation["text"]
        assert article["sha256"] == citation["sha256"]


def test_an_answer_has_the_fields_of_the_contract_in_their_order(informed: Service) -> None:
    assert list(ask(informed)) == [
        *("question", "understood_as", "language", "status", "confidence", "answer"),
        *("points", "citations", "nearest", "coverage", "generation", "timing_ms"),
    ]


def test_the_same_question_gets_the_same_answer(informed: Service) -> None:
    first, again = ask(informed), ask(informed)
    assert first | {"timing_ms": None} == again | {"timing_ms": None}


def test_only_articles_that_pass_the_filters_are_asked(informed: Service) -> None:
    filters = {"source": ["The Furrow"], "published_to": "2025-12-31"}
    answer = ask(informed, filters=filters)
    assert answer["coverage"]["articles_in_scope"] == 1
    assert {citation["article_id"] for citation in cited(answer)} <= {"harvest"}


def test_nothing_is_answered_from_an_empty_index(service: Service) -> None:
    answer = ask(service)
    assert answer["status"] == "no_answer"
    assert answer["points"] == answer["nearest"] == []


def test_history_and_limit_are_taken(informed: Service) -> None:
    history = [{"question": "What will Denmark send?", "answer": "« two frigates » [1]"}]
    assert len(ask(informed, history=history, limit=1)["points"]) <= 1


def test_a_follow_up_is_completed_and_the_answer_says_how(informed: Service) -> None:
    history = [{"question": "Did Denmark refuse to send soldiers?", "answer": ""}] * 1_000
    followed = ask(informed, "and Sweden?", history=history)
    assert followed["understood_as"] == "Did Sweden refuse to send soldiers?"
    in_full = ask(informed, "Did Sweden refuse to send soldiers?")
    assert in_full["understood_as"] is None
    assert followed["points"] == in_full["points"]


def test_the_documented_follow_up_is_understood_as_documented() -> None:
    assert understood(examples.ASK.question, examples.ASK.turns()) == examples.ANSWER.understood_as


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ({}, "Object missing required field `question`."),
        ({"question": ""}, "question: Expected `str` of length >= 1."),
        ({"question": "?" * 2_001}, "question: Expected `str` of length <= 2000."),
        ({"question": "why?", "limit": 0}, "limit: Expected `int` >= 1."),
        ({"question": "why?", "limit": 51}, "limit: Expected `int` <= 50."),
        ({"question": "why?", "limit": "5"}, "limit: Expected `int | null`, got `str`."),
        ({"question": "why?", "limit": True}, "limit: Expected `int | null`, got `bool`."),
        (
            {"question": "why?", "filters": {"sorce": ["X"]}},
            "filters: Object contains unknown field `sorce`; there are source, language, "
            "article_ids, published_from, published_to.",
        ),
        (
            {"question": "why?", "filters": {"published_from": "2026-02-30"}},
            "filters.published_from: not a date; write it as 2026-01-31.",
        ),
        (
            {
                "question": "why?",
                "filters": {"published_from": "2026-02-01", "published_to": "2026-01-01"},
            },
            "filters: published_from (2026-02-01) is after published_to (2026-01-01).",
        ),
        ({"question": "why?", "filters": {"language": ["French"]}}, "filters.language[0]: "),
        ({"question": "why?", "filters": {"source": "X"}}, "filters.source: "),
        ({"question": "why?", "history": [{"question": "x"}]}, "history[0]: "),
        ({"question": "why?", "history": "x"}, "history: Expected `array`, got `str`."),
        ({"question": "why?", "history": {}}, "history: Expected `array`, got `object`."),
        ({"question": "why?", "history": None}, "history: Expected `array`, got `null`."),
        ({"question": "why?", "history": ["x"]}, "history[0]: Expected `object`, got `str`."),
        (
            {"question": "why?", "history": [{"question": 1, "answer": ""}]},
            "history[0].question: Expected `str`, got `int`.",
        ),
        (
            {"question": "why?", "history": [{"question": "x", "answer": "", "role": "user"}]},
            "history[0]: Object contains unknown field `role`; there are question, answer.",
        ),
        (
            {"question": "why?", "history": [{"question": "x", "answer": ""}] * 1_001},
            "history: Expected `array` of length <= 1000.",
        ),
        ({"question": "why?", "histroy": []}, "Object contains unknown field `histroy`; there "),
    ],
)
def test_a_wrong_question_is_refused_with_the_field_that_is_wrong(
    empty_service: Service, body: Any, said: str
) -> None:
    response = empty_service.post("/v1/ask", json=body)
    assert response.status_code == 400
    assert response.json()["detail"].startswith(said)


@pytest.mark.parametrize("question", [" ", "?!", "\x00", "\n\n"])
def test_a_question_without_a_word_is_refused(empty_service: Service, question: str) -> None:
    response = empty_service.post("/v1/ask", json={"question": question})
    assert response.status_code == 400
    assert response.json()["title"] == "What was sent cannot be used"


def test_a_search_shows_passages_with_their_scores_best_first(informed: Service) -> None:
    found = informed.get("/v1/search", params={"q": "frigates in the strait", "limit": 2}).json()
    scores = [passage["score"] for passage in found["passages"]]
    assert found["passages"][0]["article_id"] == "frigates"
    assert scores == sorted(scores, reverse=True)
    assert set(found["passages"][0]) == {
        *("article_id", "start", "end", "text", "dense", "lexical", "score")
    }


def test_a_search_takes_the_filters_of_a_question_as_parameters(informed: Service) -> None:
    parameters = [("q", "bread"), ("source", "X"), ("source", "The Lantern"), ("language", "en")]
    found = informed.get("/v1/search", params=parameters).json()
    assert {passage["article_id"] for passage in found["passages"]} == {"frigates"}


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("", "Missing required query parameter 'q'."),
        ("q=", "q: Expected `str` of length >= 1."),
        ("q=a&limit=0", "limit: Expected `int` >= 1."),
        ("q=a&limit=101", "limit: Expected `int` <= 100."),
        ("q=a&limit=many", "limit: Expected `int`, got `str`."),
        ("q=a&limit=1e400", "limit: "),
        ("q=a&published_from=", "published_from: not a date"),
        ("q=a&published_from=2026-02-01&published_to=2026-01-01", "published_from (2026-02-01)"),
        ("q=a&language=fr-FR", "language[0]: "),
        ("q=a&sorce=X", "sorce: not a parameter; there are article_ids, language, limit,"),
        ("q=a&%00", "\x00: not a parameter"),
        ("q=a&q=b", "q: given 2 times; give it once."),
        ("q=a&limit=1&limit=2&limit=3", "limit: given 3 times; give it once."),
        ("q=%ff", "The query is not UTF-8. Percent-encode its UTF-8."),
        ("q=a&source=%ed%a0%80", "The query is not UTF-8."),
    ],
)
def test_a_wrong_search_is_refused_with_the_parameter_that_is_wrong(
    empty_service: Service, query: str, said: str
) -> None:
    response = empty_service.get(f"/v1/search?{query}")
    assert response.status_code == 400
    assert response.json()["detail"].startswith(said)


@pytest.mark.parametrize("query", ["q=a%00b", "q=a&limit=%2b5", "q=a&source=b&source=c"])
def test_odd_bytes_in_a_search_are_no_failure_of_the_service(
    empty_service: Service, query: str
) -> None:
    assert empty_service.get(f"/v1/search?{query}").status_code in {200, 400}


def test_an_unknown_parameter_is_refused_by_every_call(empty_service: Service) -> None:
    response = empty_service.post("/v1/ask?limit=3", json={"question": "why?"})
    assert response.status_code == 400
    assert response.json()["detail"] == "limit: not a parameter; this call takes none."


def test_citations_are_told_exact_moved_changed_and_gone(
    informed: Service, frigates: Article
) -> None:
    shown = informed.get("/v1/articles/frigates").json()
    words = "Sweden refused to send soldiers."
    start = shown["text"].index(words)
    claim = {
        "article_id": "frigates",
        "sha256": shown["sha256"],
        "start": start,
        "end": start + len(words),
        "text": words,
    }
    claims = [
        claim,
        claim | {"start": 0, "end": len(words)},
        claim | {"text": "Sweden agreed to send soldiers."},
        claim | {"article_id": "nowhere"},
    ]
    response = informed.post("/v1/citations/verify", json={"citations": claims})
    verdicts = [each["verdict"] for each in response.json()["citations"]]
    assert verdicts == ["exact", "moved", "changed", "gone"]


def test_the_citations_of_an_answer_can_be_sent_back_as_they_are(informed: Service) -> None:
    citations = cited(ask(informed))
    response = informed.post("/v1/citations/verify", json={"citations": citations})
    assert {each["verdict"] for each in response.json()["citations"]} == {"exact"}


@pytest.mark.parametrize(
    "fault", [{"sha256": "abc"}, {"start": -1}, {"end": 2**40}, {"text": ""}, {"article_id": 3}]
)
def test_a_citation_that_can_be_none_is_refused(empty_service: Service, fault: Article) -> None:
    claim = {"article_id": "a", "sha256": "0" * 64, "start": 0, "end": 1, "text": "x"}
    response = empty_service.post("/v1/citations/verify", json={"citations": [claim | fault]})
    assert response.status_code == 400
    assert response.json()["detail"].startswith(f"citations[0].{next(iter(fault))}: ")
