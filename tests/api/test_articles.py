"""Articles go in, are listed, read and removed over HTTP."""

from typing import Any
from urllib.parse import quote

import pytest
from litestar.testing import TestClient

Article = dict[str, Any]
Service = TestClient[Any]


def add(service: Service, *articles: Article) -> Any:
    response = service.post("/v1/articles", json={"articles": list(articles)})
    assert response.status_code == 200, response.text
    return response.json()


def ids_found(service: Service, question: str) -> set[str]:
    found = service.get("/v1/search", params={"q": question}).json()
    return {passage["article_id"] for passage in found["passages"]}


def test_an_added_article_is_there_and_is_found(service: Service, frigates: Article) -> None:
    added = add(service, frigates)
    assert added["articles"] == [
        {"id": "frigates", "status": "added", "passages": 1, "duplicate_of": None}
    ]
    shown = service.get("/v1/articles/frigates").json()
    assert shown["text"] == frigates["text"]
    assert shown["published"] == "2026-01-07"
    assert [frigates["text"][p["start"] : p["end"]] for p in shown["passages"]] == [
        frigates["text"]
    ]
    assert ids_found(service, "frigates") == {"frigates"}


def test_an_article_sent_again_costs_nothing_and_another_text_replaces_it(
    service: Service, frigates: Article
) -> None:
    first = add(service, frigates)
    again = add(service, frigates)
    assert again["articles"][0]["status"] == "unchanged"
    assert again["generation"] == first["generation"]
    other = add(service, frigates | {"text": "Denmark will send three frigates."})
    assert other["articles"][0]["status"] == "updated"
    assert service.get("/v1/articles/frigates").json()["text"].endswith("three frigates.")


def test_an_article_may_be_a_web_page(service: Service) -> None:
    page = (
        "<html lang='en'><head><title>The bridge</title></head><body><nav>Home Sport</nav>"
        "<article><h1>The bridge</h1><p>The old bridge over the river was closed on Monday, the "
        "mayor said, because its northern pillar had sunk by eleven centimetres.</p>"
        "<p>Engineers will measure it every day until the spring.</p></article></body></html>"
    )
    added = add(service, {"id": "bridge", "html": page})
    assert added["articles"][0]["status"] == "added"
    text = service.get("/v1/articles/bridge").json()["text"]
    assert "eleven centimetres" in text
    assert "Sport" not in text


def test_an_article_without_an_id_gets_the_same_one_each_time(
    service: Service, frigates: Article
) -> None:
    del frigates["id"]
    first, again = add(service, frigates)["articles"][0], add(service, frigates)["articles"][0]
    assert first["id"] == again["id"]
    assert again["status"] == "unchanged"


def test_a_copy_names_the_article_it_is_a_copy_of(service: Service, frigates: Article) -> None:
    frigates["text"] = " ".join(f"{frigates['text']} Part {n} of it." for n in range(10))
    add(service, frigates)
    copy = add(service, frigates | {"id": "copy", "text": frigates["text"] + " All rights."})
    assert copy["articles"][0]["duplicate_of"] == "frigates"
    assert service.get("/v1/articles/copy").json()["duplicate_of"] == "frigates"


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        ({"text": ""}, "articles[1]: The text is empty"),
        ({"text": "  \n "}, "articles[1]: The text is empty"),
        ({"published": "yesterday"}, "articles[1]: published is 'yesterday'"),
        ({"url": "javascript:alert(1)"}, "articles[1]: url is"),
        ({"url": "https://[half"}, "articles[1]: url is"),
        ({"url": "https://x.example:99999/a"}, "articles[1]: url is"),
        ({"id": "a\x00b"}, "articles[1]: 'a\\x00b' cannot be an id"),
        ({"id": "//"}, "articles[1]: id is nothing but slashes"),
        ({"id": "x" * 5_000}, "articles[1]: id has 5000 characters"),
        ({"language": "français"}, "articles[1]: language is"),
        ({"html": "<p>too</p>"}, "articles[1]: send either text or html"),
        ({"text": None}, "articles[1]: send either text or html"),
        ({"text": 17}, "articles[1].text: Expected `str | null`, got `int`"),
        ({"autor": "A."}, "articles[1]: Object contains unknown field `autor`; there are text,"),
    ],
)
def test_one_unusable_article_is_named_and_nothing_of_the_call_is_stored(
    empty_service: Service, frigates: Article, harvest: Article, fault: Article, said: str
) -> None:
    response = empty_service.post("/v1/articles", json={"articles": [frigates, harvest | fault]})
    assert response.status_code == 400
    assert response.json()["detail"].startswith(said)
    assert empty_service.get("/v1/articles").json()["articles"] == []


def test_a_page_without_text_is_refused(empty_service: Service) -> None:
    response = empty_service.post("/v1/articles", json={"articles": [{"html": "<p></p><<<>"}]})
    assert response.status_code == 400
    assert response.json()["detail"].startswith("articles[0]: ")


def test_two_versions_of_an_article_in_one_call_are_refused(
    empty_service: Service, frigates: Article
) -> None:
    response = empty_service.post("/v1/articles", json={"articles": [frigates, frigates]})
    assert response.status_code == 400
    assert "articles[1]: it has the id of articles[0], 'frigates'" in response.json()["detail"]


def test_no_articles_at_all_are_refused(empty_service: Service) -> None:
    assert empty_service.post("/v1/articles", json={"articles": []}).status_code == 400


def test_more_articles_than_a_call_may_hold_are_refused(empty_service: Service) -> None:
    articles = [{"text": f"Article {n}."} for n in range(1_001)]
    response = empty_service.post("/v1/articles", json={"articles": articles})
    assert response.status_code == 413
    assert "1,001 articles are too many for one call" in response.json()["detail"]
    assert "at most 1,000" in response.json()["detail"]


def test_pages_of_articles_lead_from_one_to_the_next(service: Service) -> None:
    ids = [f"note {n}/é" for n in range(5)]
    add(service, *({"id": id_, "text": f"Words of {id_}."} for id_ in ids))
    cursor, seen = None, []
    for _ in range(3):
        page = service.get("/v1/articles", params={"limit": 2} | _given(cursor=cursor)).json()
        seen += [article["id"] for article in page["articles"]]
        cursor = page["next_cursor"]
    assert seen == sorted(ids)
    assert cursor is None


def test_lists_can_be_filtered(service: Service, frigates: Article, harvest: Article) -> None:
    add(service, frigates, harvest)

    def listed(**filters: str) -> list[str]:
        page = service.get("/v1/articles", params=filters).json()
        return [article["id"] for article in page["articles"]]

    assert listed(source="The Furrow") == ["harvest"]
    assert listed(published_from="2026-01-01") == ["frigates"]
    assert listed(published_to="2025-12-31") == ["harvest"]
    assert listed(language="fr") == []


@pytest.mark.parametrize("cursor", ["!", "é", "_w", "a", "\x00", " "])
def test_a_cursor_that_is_none_of_ours_is_refused(empty_service: Service, cursor: str) -> None:
    response = empty_service.get("/v1/articles", params={"cursor": cursor})
    assert response.status_code == 400
    assert response.json()["detail"].startswith("cursor: ")


@pytest.mark.parametrize(
    "article_id",
    [
        "le monde/2026/01/07",
        "https://lantern.example/a//b/",
        "/absolute/path.txt",
        "trailing/",
        "50% off?#top&a=b",
        "été — 北京",
        "a+b",
    ],
)
def test_any_id_can_be_read_and_removed(service: Service, article_id: str) -> None:
    add(service, {"id": article_id, "text": "The lake froze over."})
    address = f"/v1/articles/{quote(article_id, safe='')}"
    assert service.get(address).json()["id"] == article_id
    assert service.delete(address).status_code == 204
    assert service.get(address).status_code == 404


def test_a_removed_article_is_gone_and_is_not_found_again(
    service: Service, frigates: Article, harvest: Article
) -> None:
    add(service, frigates, harvest)
    response = service.delete("/v1/articles/frigates")
    assert (response.status_code, response.content) == (204, b"")
    assert "frigates" not in ids_found(service, "frigates in the strait")
    again = service.delete("/v1/articles/frigates")
    assert again.status_code == 404
    assert again.json()["detail"].startswith("There is no article 'frigates'.")


def test_an_id_that_is_not_utf8_is_refused(empty_service: Service) -> None:
    assert empty_service.get("/v1/articles/%ff%fe").status_code == 400


def _given(**parameters: str | None) -> dict[str, str]:
    return {name: value for name, value in parameters.items() if value is not None}
