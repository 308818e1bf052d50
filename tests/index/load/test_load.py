import gzip
import hashlib
import ipaddress
import json
import threading
from collections.abc import Iterator
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

import pytest

from index.article import Article
from index.errors import ArticleError, UnreadableError
from index.load import Fetcher, Unread, article_from_html, article_from_text, load
from index.load.fetch import is_public

SAMPLES = Path(__file__).parents[3] / "samples" / "articles"
WORDS = "Le port de Kersaliou rouvre lundi matin, a annoncé la mairie de la ville. "
LONG = f"<p>{WORDS * 3}</p><p>{WORDS * 2}</p>"
HEAD = '<html lang="fr"><head><title>Le port rouvre</title></head>'
PAGE = f"{HEAD}<body><article>{LONG}</article></body></html>"


def _articles(target: Path | str, fetch: Fetcher | None = None) -> list[Article]:
    found = list(load(target, fetch=fetch))
    assert not [each for each in found if isinstance(each, Unread)], found
    return [each for each in found if isinstance(each, Article)]


def _unread(target: Path | str, fetch: Fetcher | None = None) -> Unread:
    (found,) = load(target, fetch=fetch)
    assert isinstance(found, Unread)
    return found


def test_every_sample_loads() -> None:
    articles = _articles(SAMPLES)
    assert len(articles) == 47
    assert len({article.id for article in articles}) == 47


def test_a_text_is_stored_as_it_was_decoded(tmp_path: Path) -> None:
    path = tmp_path / "port.txt"
    text = f"Le port rouvre lundi\r\n\r\n  {WORDS}\n\n"
    path.write_bytes(text.encode())
    (article,) = _articles(path)
    assert article.text == text
    assert article.title == "Le port rouvre lundi"
    digits = hashlib.sha256(str(path.resolve()).encode()).hexdigest()[:8]
    assert article.id == f"port-{digits}"


def test_an_old_encoding_is_told(tmp_path: Path) -> None:
    path = tmp_path / "port.txt"
    path.write_bytes(WORDS.encode("cp1252"))
    assert _articles(path)[0].text == WORDS


def test_front_matter_describes_the_markdown_below_it(tmp_path: Path) -> None:
    path = tmp_path / "port.md"
    path.write_text(
        f"---\nid: p1\ndate: 2026-01-07\nlang: fr\n---\n# Titre\n\n**{WORDS.strip()}**\n"
    )
    (article,) = _articles(path)
    assert (article.id, article.published, article.title) == ("p1", date(2026, 1, 7), "Titre")
    assert article.text == f"Titre\n\n{WORDS.strip()}"


def test_words_of_a_pdf_are_joined_at_the_line_end() -> None:
    (article,) = _articles(SAMPLES / "lettre-du-large-analyse-paris.pdf")
    assert "\ufffe" not in article.text
    assert "\r" not in article.text


@pytest.mark.parametrize("name", ["rows.jsonl", "rows.jsonl.gz", "rows.json", "rows.json.gz"])
def test_rows_are_read_each_for_itself(tmp_path: Path, name: str) -> None:
    rows = [{"id": "a", "text": WORDS}, {"id": "b"}, {"html": PAGE, "title": "Port"}]
    lines = "\n".join(map(json.dumps, rows)) if "jsonl" in name else json.dumps(rows)
    data = lines.encode()
    path = tmp_path / name
    path.write_bytes(gzip.compress(data) if name.endswith(".gz") else data)
    first, second, third = load(path)
    assert isinstance(first, Article) and first.id == "a"
    assert isinstance(second, Unread) and second.origin.startswith(f"{path}")
    assert isinstance(third, Article) and third.title == "Port"


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.docx", b"PK"),
        ("a.pdf", b"no pdf"),
        ("a.txt", b""),
        ("a.txt", b"\x00\x01\x02\xff"),
        ("a.json", b"{"),
        ("a.jsonl.gz", b"no gzip"),
        ("a.xml", b"<a/>"),
        ("a.html", b"<html><body></body></html>"),
    ],
)
def test_what_cannot_be_read_is_said_with_a_remedy(tmp_path: Path, name: str, data: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    unread = _unread(path)
    assert unread.origin == str(path)
    assert unread.error.remedy


def test_a_missing_file_is_unread(tmp_path: Path) -> None:
    assert "No such file" in str(_unread(tmp_path / "none.txt").error)


def test_given_fields_win_over_the_page() -> None:
    article = article_from_html(PAGE, title="Autre", url="https://port.example/a?utm_source=x")
    assert (article.title, article.language) == ("Autre", "fr")
    assert article.id.startswith("port.example-a-")
    with pytest.raises(ArticleError):
        article_from_text(WORDS, published="hier")


class _Site(BaseHTTPRequestHandler):
    pages: ClassVar[dict[str, tuple[str, bytes]]] = {
        "/a": ("text/html", PAGE.encode()),
        "/large": ("text/html", PAGE.encode() * 2000),
        "/feed": (
            "application/rss+xml",
            b"<rss version='2.0'><channel><title>Le Phare</title>"
            b"<item><title>Un</title><link>/a</link>"
            b"<pubDate>Wed, 07 Jan 2026 08:00:00 GMT</pubDate></item>"
            b"<item><title>Deux</title><link>/none</link></item></channel></rss>",
        ),
    }

    def do_GET(self) -> None:
        moved = {"/old": "/a", "/inside": "http://10.0.0.1/", "/loop": "/loop"}
        if self.path in moved:
            self.send_response(302)
            self.send_header("Location", moved[self.path])
            self.end_headers()
            return
        kind, body = self.pages.get(self.path, ("", b""))
        self.send_response(200 if body else 404)
        self.send_header("Content-Type", kind)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), _Site) as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


HERE = Fetcher(may_reach=lambda address: address.is_loopback, most_bytes=500_000, seconds=5)


def test_a_page_is_followed_to_where_it_moved(site: str) -> None:
    (article,) = _articles(f"{site}/old", HERE)
    assert article.url == f"{site}/a"
    assert WORDS.strip() in article.text


def test_a_feed_gives_the_articles_it_links_to(site: str) -> None:
    first, second = load(f"{site}/feed", fetch=HERE)
    assert isinstance(first, Article) and first.published == date(2026, 1, 7)
    assert isinstance(second, Unread) and second.origin == f"{site}/none"


@pytest.mark.parametrize("path", ["/inside", "/loop", "/large", "/none"])
def test_pages_beyond_the_limits_are_refused(site: str, path: str) -> None:
    assert isinstance(_unread(f"{site}{path}", HERE).error, UnreadableError)


def test_this_machine_is_not_reached_by_default(site: str) -> None:
    assert "private" in str(_unread(f"{site}/a").error)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.1.1",
        "169.254.169.254",
        "224.0.0.1",
        "0.0.0.0",
        "::1",
        "::ffff:10.0.0.1",
        "fe80::1",
        "fd00::1",
        "64:ff9b::a00:1",
    ],
)
def test_no_private_address_is_public(address: str) -> None:
    assert not is_public(ipaddress.ip_address(address))
    assert is_public(ipaddress.ip_address("93.184.215.14"))
