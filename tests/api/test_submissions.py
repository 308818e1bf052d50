"""Files, addresses and the samples as ways in."""

import gzip
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from litestar.testing import TestClient

from api.acceptance import MOST_PAGES, MOST_SECONDS, bounded
from api.app import create_app
from api.samples import SAMPLES, SamplesMissingError, sample_folder
from index.article import Article as Stored
from index.errors import UnreadableError
from index.load import Loaded, Page, Unread
from index.load.bytes import file_name
from qa.engine import Engine

Service = TestClient[Any]
OCTETS = {"Content-Type": "application/octet-stream"}
TEXT = b"The lighthouse was repainted in May.\n\nIts keeper said that it took nine days."
PAGE = (
    b"<html lang='en'><head><title>The bridge</title></head><body><article><h1>The bridge</h1>"
    b"<p>The old bridge over the river was closed on Monday, the mayor said, because its northern "
    b"pillar had sunk by eleven centimetres.</p><p>Engineers will measure it every day until the "
    b"spring.</p></article></body></html>"
)


def upload(service: Service, name: str, content: bytes, **headers: str) -> Any:
    return service.post(
        "/v1/uploads", params={"name": name}, content=content, headers=OCTETS | headers
    )


def texts(service: Service) -> list[str]:
    listed = service.get("/v1/articles").json()["articles"]
    return [service.get(f"/v1/articles/{each['id']}").json()["text"] for each in listed]


def test_a_text_file_becomes_an_article_that_is_found(service: Service) -> None:
    response = upload(service, "lighthouse.txt", TEXT)
    assert response.status_code == 200, response.text
    (stored,) = response.json()["articles"]
    assert stored["status"] == "added"
    assert stored["id"].startswith("lighthouse-")
    assert response.json()["unread"] == []
    found = service.get("/v1/search", params={"q": "lighthouse keeper"}).json()["passages"]
    assert found[0]["article_id"] == stored["id"]


def test_the_same_file_again_costs_nothing_and_another_of_its_name_is_another_article(
    service: Service,
) -> None:
    upload(service, "page.txt", TEXT)
    again = upload(service, "page.txt", TEXT).json()["articles"][0]
    assert again["status"] == "unchanged"
    other = upload(service, "page.txt", b"The harvest was poor.").json()["articles"][0]
    assert other["status"] == "added"
    assert other["id"] != again["id"]


def test_a_page_a_packed_file_and_a_pdf_are_read(service: Service) -> None:
    assert upload(service, "bridge.html", PAGE).status_code == 200
    assert upload(service, "light.txt.gz", gzip.compress(TEXT)).status_code == 200
    pdf = (SAMPLES / "lettre-du-large-analyse-paris.pdf").read_bytes()
    assert upload(service, "letter.pdf", pdf).status_code == 200
    assert any("eleven centimetres" in text for text in texts(service))
    assert len(texts(service)) == 3


def test_of_rows_those_that_can_be_read_go_in_and_the_others_are_named(service: Service) -> None:
    rows = [{"id": "a", "text": "One."}, {"title": "no text"}, {"id": "c", "text": "Three."}]
    lines = "\n".join(map(json.dumps, rows)).encode()
    taken = upload(service, "dump.jsonl", lines).json()
    assert [each["id"] for each in taken["articles"]] == ["a", "c"]
    (unread,) = taken["unread"]
    assert unread["origin"] == "dump.jsonl:2"
    assert "neither text nor html" in unread["detail"]


def test_rows_keep_their_ids_when_a_file_is_sent_in_parts(service: Service) -> None:
    rows = [json.dumps({"text": f"Line {n} of the log."}).encode() for n in range(4)]
    whole = upload(service, "log.jsonl", b"\n".join(rows)).json()["articles"]
    parts = [
        each
        for part in (rows[:1], rows[1:])
        for each in upload(service, "log.jsonl", b"\n".join(part)).json()["articles"]
    ]
    assert [each["id"] for each in parts] == [each["id"] for each in whole]
    assert {each["status"] for each in parts} == {"unchanged"}


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("report.docx", b"PK", "Save it as PDF, HTML or text"),
        ("empty.txt", b"   ", "The text is empty"),
        ("scan.pdf", b"%PDF-1.4 broken", "PDF"),
        ("cut.txt.gz", gzip.compress(TEXT, mtime=0)[:-9], "cannot be read"),
        ("not.txt.gz", b"not packed", "cannot be read"),
        ("noname", b"words", "are not read"),
        ("feed.xml", b"<rss version='2.0'><channel><item><link>http://a.example/b</link></item>"
         b"</channel></rss>", "only linked from this file"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_read_is_refused_with_its_reason(
    empty_service: Service, name: str, content: bytes, said: str
) -> None:
    response = upload(empty_service, name, content)
    assert response.status_code == 400
    assert response.headers["Content-Type"] == "application/problem+json"
    assert said in response.json()["detail"]
    assert empty_service.get("/v1/articles").json()["articles"] == []


@pytest.mark.parametrize("kind", ["multipart/form-data; boundary=x", "text/plain", "application/x"])
def test_a_form_of_another_site_cannot_upload(empty_service: Service, kind: str) -> None:
    headers = {"Content-Type": kind}
    response = empty_service.post("/v1/uploads?name=a.txt", content=TEXT, headers=headers)
    assert response.status_code == 415
    assert "application/octet-stream" in response.json()["detail"]


def test_an_upload_without_name_or_content_is_refused(empty_service: Service) -> None:
    assert upload(empty_service, "a.txt", b"").status_code == 400
    unnamed = empty_service.post("/v1/uploads", content=TEXT, headers=OCTETS)
    assert unnamed.status_code == 400
    assert "name" in unnamed.json()["detail"]


def test_a_file_larger_than_a_request_may_be_is_refused(
    make_engine: Callable[..., Engine],
) -> None:
    engine = make_engine(max_body_mb=1)
    with TestClient(create_app(engine)) as client:
        response = upload(client, "a.txt", b"x" * 1_000_001)
        assert response.status_code == 413


def test_more_rows_than_a_call_may_hold_are_refused_and_none_is_stored(
    make_engine: Callable[..., Engine],
) -> None:
    engine = make_engine(max_articles=2)
    with TestClient(create_app(engine)) as client:
        rows = b"\n".join(json.dumps({"text": f"Row {n}."}).encode() for n in range(3))
        assert upload(client, "a.jsonl", rows).status_code == 413
        assert texts(client) == []


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\notes\\a.txt", "a.txt"),
        ("/abs/a.md", "a.md"),
        ("a\x00b.txt", "ab.txt"),
        ("..", "file"),
        ("/", "file"),
        ("  ", "file"),
    ],
)
def test_of_a_path_only_the_name_of_the_file_is_used(name: str, plain: str) -> None:
    assert file_name(name) == plain


FEED = (
    b"<rss version='2.0'><channel><title>The Lantern</title>"
    b"<item><title>The bridge</title><link>https://lantern.example/bridge</link></item>"
    b"<item><title>Gone</title><link>https://lantern.example/gone</link></item></channel></rss>"
)


def web(url: str) -> Page:
    """A small web of two addresses."""
    if url.endswith("/bridge"):
        return Page(url, PAGE, "text/html", "utf-8")
    if url.endswith("/feed"):
        return Page(url, FEED, "application/rss+xml")
    raise UnreadableError(f"{url} answers 404 Not Found.", remedy="Check the address.")


@pytest.fixture
def online(engine: Engine) -> Iterator[Service]:
    with TestClient(create_app(engine, fetch=web), raise_server_exceptions=False) as client:
        yield client


def test_the_article_at_an_address_is_fetched_and_stored(online: Service) -> None:
    response = online.post("/v1/fetch", json={"url": "https://lantern.example/bridge"})
    assert response.status_code == 200, response.text
    (stored,) = response.json()["articles"]
    shown = online.get(f"/v1/articles/{stored['id']}").json()
    assert shown["url"] == "https://lantern.example/bridge"
    assert "eleven centimetres" in shown["text"]


def test_of_a_feed_what_can_be_fetched_goes_in_and_the_rest_is_named(online: Service) -> None:
    taken = online.post("/v1/fetch", json={"url": "https://lantern.example/feed"}).json()
    assert [each["status"] for each in taken["articles"]] == ["added"]
    (unread,) = taken["unread"]
    assert unread["origin"] == "https://lantern.example/gone"
    assert "404" in unread["detail"]


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("http://127.0.0.1:9/a", "private network"),
        ("http://localhost:9/a", "private network"),
        ("http://[::1]:9/a", "private network"),
        ("http://169.254.169.254/latest/meta-data/", "private network"),
        ("http://10.0.0.1/", "private network"),
        ("file:///etc/passwd", "no address of a page"),
        ("samples/articles", "no address of a page"),
        ("/etc/passwd", "no address of a page"),
        ("https://user:secret@phare.example/", "no address of a page"),
        ("http://[half", "no address of a page"),
    ],
)
def test_neither_private_addresses_nor_files_are_fetched(
    empty_service: Service, url: str, said: str
) -> None:
    response = empty_service.post("/v1/fetch", json={"url": url})
    assert response.status_code == 400
    assert said in response.json()["detail"]


def test_a_long_or_slow_feed_is_read_in_part_and_that_is_said() -> None:
    def entries(count: int) -> Iterator[Loaded]:
        return (Stored(id=str(n), text="Words.") for n in range(count))

    many = bounded(entries(MOST_PAGES + 5), "https://a.example/feed")
    assert len(many) == MOST_PAGES + 1
    assert isinstance(many[-1], Unread)
    assert "first 50 articles" in str(many[-1].error)
    times = iter([0.0, 1.0, MOST_SECONDS + 1])
    slow = bounded(entries(9), "https://a.example/feed", clock=lambda: next(times))
    assert isinstance(slow[-1], Unread)
    assert len(slow) == 3
    assert len(bounded(entries(3), "https://a.example/feed")) == 3


def test_the_samples_can_be_added_and_are_all_there(service: Service) -> None:
    taken = service.post("/v1/samples", json={}).json()
    assert len(taken["articles"]) == 47
    assert taken["unread"] == []
    assert len(service.get("/v1/articles").json()["articles"]) == 47


def test_samples_that_are_not_installed_are_told_with_a_remedy(tmp_path: Path) -> None:
    with pytest.raises(SamplesMissingError, match="git clone"):
        sample_folder(tmp_path / "nowhere")
