import tracemalloc
from collections.abc import Iterator
from datetime import date
from itertools import islice
from pathlib import Path

import pytest

from index.article import Article
from index.load import Fetcher, Loaded, Unread, load

SAMPLES = Path(__file__).parents[3] / "samples" / "articles"
WORDS = "Le port de Kersaliou rouvre lundi matin, a annoncé la mairie de la ville."


def _one(found: Iterator[Loaded]) -> Article:
    (article,) = found
    assert isinstance(article, Article), article
    return article


def test_every_sample_loads_as_an_article_of_its_own() -> None:
    articles = [each for each in load(SAMPLES) if isinstance(each, Article)]
    assert len(articles) == 47
    assert len({article.id for article in articles}) == 47
    assert {article.language for article in articles} >= {"fr", "en", "de", "es", "it"}
    assert not any("\ufffd" in article.text or "\ufffe" in article.text for article in articles)


def test_a_page_on_the_web_is_an_article(site: str) -> None:
    article = _one(load(f"http://{site}/old", fetch=Fetcher(own=frozenset({site}))))
    assert article.url == f"http://{site}/a"
    assert article.title == "Le port rouvre"
    assert article.source == site
    assert article.id.startswith("127.0.0.1-a-")
    assert WORDS in article.text


def test_an_encoding_that_the_server_declares_is_believed(site: str) -> None:
    article = _one(load(f"http://{site}/latin", fetch=Fetcher(own=frozenset({site}))))
    assert WORDS in article.text


def test_a_text_on_the_web_has_no_say_in_its_id(site: str) -> None:
    fetch = Fetcher(own=frozenset({site}))
    assert _one(load(f"http://{site}/text", fetch=fetch)).text == f"{WORDS} "
    note = _one(load(f"http://{site}/note.md", fetch=fetch))
    assert note.id != "taken"
    assert note.title == "Le port"
    assert note.text == f"Le port\n\n{WORDS}"


def test_rows_on_the_web_are_read_each_for_itself(site: str) -> None:
    first, second = load(f"http://{site}/rows", fetch=Fetcher(own=frozenset({site})))
    assert isinstance(first, Article)
    assert first.id == "r1"
    assert isinstance(second, Unread)
    assert second.origin == f"http://{site}/rows:2"


def test_a_picture_on_the_web_is_no_article(site: str) -> None:
    (unread,) = load(f"http://{site}/picture", fetch=Fetcher(own=frozenset({site})))
    assert isinstance(unread, Unread)
    assert "image/png" in str(unread.error)


def test_a_feed_gives_the_articles_it_links_to_each_once(site: str) -> None:
    found = list(load(f"http://{site}/feed", fetch=Fetcher(own=frozenset({site}))))
    article, lost, nowhere = found
    assert isinstance(article, Article)
    assert WORDS in article.text
    assert (article.published, article.source) == (date(2026, 1, 7), "Le Phare & Co")
    assert isinstance(lost, Unread)
    assert lost.origin == f"http://{site}/none"
    assert isinstance(nowhere, Unread)
    assert nowhere.origin == f"http://{site}/feed, entry 4"


def test_a_feed_in_a_file_gives_the_articles_it_links_to(site: str, tmp_path: Path) -> None:
    path = tmp_path / "feed.xml"
    path.write_text(
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>Le Phare</title><entry>'
        f'<link href="http://{site}/a"/><updated>2026-01-07T23:30:00-05:00</updated></entry></feed>'
    )
    article = _one(load(path, fetch=Fetcher(own=frozenset({site}))))
    assert (article.published, article.source) == (date(2026, 1, 7), "Le Phare")


def test_a_feed_does_not_lead_into_a_private_network(site: str, tmp_path: Path) -> None:
    path = tmp_path / "feed.xml"
    path.write_text(f"<rss><channel><item><link>http://{site}/a</link></item></channel></rss>")
    (unread,) = load(path)
    assert isinstance(unread, Unread)
    assert "private" in str(unread.error)


@pytest.mark.parametrize("target", ["", "no/such/file.txt", "ftp://a.example/b", "a\0b", "\udcff"])
def test_a_target_that_is_none_is_said_to_be_none(target: str) -> None:
    (unread,) = load(target)
    assert isinstance(unread, Unread)
    assert unread.error.remedy
    unread.origin.encode()


def test_a_large_file_of_rows_is_read_in_flat_memory(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    row = f'{{"text": "{WORDS}", "language": "fr"}}\n'.encode()
    path.write_bytes(row * 20_000)
    rows = load(path)
    next(rows)
    tracemalloc.start()
    assert sum(1 for _ in islice(rows, 5_000)) == 5_000
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 1_000_000
