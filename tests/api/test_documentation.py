"""The document says what is true, and the page that shows it asks nobody else for anything."""

import re
from typing import Any

import msgspec
import pytest
from litestar.testing import TestClient

from api import examples
from api.openai import examples as chat
from api.openai.errors import PATHS
from api.problems import KINDS
from api.version import installed_version

Service = TestClient[Any]
CALLS = {
    ("post", "/v1/articles"),
    ("get", "/v1/articles"),
    ("get", "/v1/articles/{article_id}"),
    ("delete", "/v1/articles/{article_id}"),
    ("post", "/v1/uploads"),
    ("post", "/v1/fetch"),
    ("post", "/v1/samples"),
    ("post", "/v1/ask"),
    ("get", "/v1/search"),
    ("post", "/v1/chat/completions"),
    ("get", "/v1/models"),
    ("get", "/v1/models/{model}"),
    ("post", "/v1/citations/verify"),
    ("get", "/health/live"),
    ("get", "/health/ready"),
    ("get", "/metrics"),
}


@pytest.fixture
def document(empty_service: Service) -> Any:
    return empty_service.get("/schema").json()


def calls(document: Any) -> dict[tuple[str, str], Any]:
    return {
        (method, path): call
        for path, item in document["paths"].items()
        for method, call in item.items()
    }


def test_every_call_of_the_contract_is_described(document: Any) -> None:
    assert document["openapi"].startswith("3.")
    assert document["info"]["title"] == "Pullquote"
    assert document["info"]["version"] == installed_version()
    assert set(calls(document)) == CALLS
    assert all(call["summary"] and call["tags"] for call in calls(document).values())


def test_every_call_with_a_body_shows_one_and_every_answer_is_shown(document: Any) -> None:
    for (method, path), call in calls(document).items():
        if path == "/v1/uploads":  # a file has no example
            assert list(call["requestBody"]["content"]) == ["application/octet-stream"]
        elif method == "post":
            assert call["requestBody"]["content"]["application/json"]["schema"]["examples"], path
        if path != "/metrics" and method != "delete":
            content = call["responses"]["200"]["content"]["application/json"]
            assert content["examples"], path


def test_every_problem_is_described_as_a_problem(document: Any) -> None:
    for (_, path), call in calls(document).items():
        theirs = path.startswith(PATHS)  # of the OpenAI API, which has its own shape
        expected = "application/json" if theirs else "application/problem+json"
        for status, response in call["responses"].items():
            if int(status) >= 400:
                assert list(response["content"]) == [expected], (path, status)


def test_every_call_but_those_of_health_takes_a_key_and_says_how_it_is_refused(
    document: Any,
) -> None:
    (name,) = document["components"]["securitySchemes"]
    assert document["components"]["securitySchemes"][name]["scheme"] == "bearer"
    assert document["security"] == [{name: []}, {}]
    for (_, path), call in calls(document).items():
        open_to_all = path.startswith("/health")
        assert call.get("security") == ([{}] if open_to_all else None), path
        assert ("401" in call["responses"]) == ("429" in call["responses"]) == (not open_to_all)
    changing = {key for key, call in calls(document).items() if "403" in call["responses"]}
    assert changing == {
        *(("post", f"/v1/{name}") for name in ("articles", "uploads", "fetch", "samples")),
        ("delete", "/v1/articles/{article_id}"),
    }


def test_the_page_says_how_a_key_is_shown(empty_service: Service) -> None:
    assert "Authorization: Bearer KEY" in page(empty_service).split("<h2>")[0]


def test_a_program_may_fetch_the_document_under_either_address(empty_service: Service) -> None:
    assert empty_service.get("/schema/openapi.json").json() == empty_service.get("/schema").json()
    assert empty_service.get("/schema/openapi.yaml").text.startswith("components:")


@pytest.mark.parametrize(
    ("module", "name"),
    [(each, name) for each in (examples, chat) for name in sorted(vars(each)) if name.isupper()],
)
def test_an_example_is_what_it_is_an_example_of(module: Any, name: str) -> None:
    example = getattr(module, name)
    assert msgspec.json.decode(msgspec.json.encode(example), type=type(example)) == example


def test_the_quotes_of_the_examples_are_verbatim() -> None:
    for citation in examples.ANSWER.citations:
        assert examples.SHOWN.text[citation.start : citation.end] == citation.text
        assert examples.SHOWN.sha256 == citation.sha256
    assert examples.FOUND.passages[0].text == examples.SHOWN.text


def page(service: Service) -> str:
    response = service.get("/schema", headers={"Accept": "text/html,*/*;q=0.8"})
    assert response.headers["Content-Type"].startswith("text/html")
    assert response.headers["Vary"] == "Accept"
    return response.text


def test_a_browser_gets_a_page_that_loads_nothing(empty_service: Service) -> None:
    html = page(empty_service)
    assert "<script" not in html
    assert not re.search(r"\b(src|srcset|action)\s*=|@import|url\(", html)
    assert all(link.startswith(("#", "/")) for link in re.findall(r'href="([^"]*)"', html))


def test_the_page_shows_every_call_and_explains_every_problem(empty_service: Service) -> None:
    html = page(empty_service)
    for method, path in CALLS:
        assert f"<b>{method}</b> {path}" in html
    for kind in KINDS:
        assert f'id="{kind.type.partition("#")[2]}"' in html


def test_the_page_links_only_to_places_that_there_are(empty_service: Service) -> None:
    html = page(empty_service)
    places = set(re.findall(r'id="([^"]*)"', html))
    for link in re.findall(r'href="([^"]*)"', html):
        assert link[1:] in places if link.startswith("#") else empty_service.get(link).is_success


def test_markup_in_the_document_is_shown_and_not_run(empty_service: Service) -> None:
    assert "«" in page(empty_service)
    assert "&quot;question&quot;" in page(empty_service)
