import gc
import gzip
import json
from io import BytesIO
from pathlib import Path

import pytest

from index.article import Article
from index.load import Unread, load, rows

WORDS = "Le port de Kersaliou rouvre lundi matin, a annoncé la mairie de la ville."


def _articles(path: Path) -> list[Article]:
    return [each for each in load(path) if isinstance(each, Article)]


@pytest.mark.parametrize("name", ["r.jsonl", "r.ndjson", "r.jsonl.gz", "r.json", "r.json.gz"])
def test_rows_are_read_each_for_itself(tmp_path: Path, name: str) -> None:
    found = [{"id": "a", "text": WORDS}, {"id": "b"}, {"html": f"<p>{WORDS}</p>", "title": "Port"}]
    as_list = name.startswith("r.json") and not name.startswith("r.jsonl")
    written = json.dumps(found) if as_list else "\n\n".join(map(json.dumps, found))
    data = f"\ufeff{written}".encode()
    path = tmp_path / name
    path.write_bytes(gzip.compress(data) if name.endswith(".gz") else data)
    first, second, third = load(path)
    assert isinstance(first, Article)
    assert first.id == "a"
    assert isinstance(second, Unread)
    assert second.origin in {f"{path}:3", f"{path}[1]"}
    assert isinstance(third, Article)
    assert (third.title, third.text) == ("Port", WORDS)


def test_fields_have_the_names_that_others_give_them(tmp_path: Path) -> None:
    path = tmp_path / "r.jsonl"
    row = {"_id": 17, "headline": "Port", "body": WORDS, "outlet": "Le Phare", "lang": "fr"}
    row |= {"datePublished": "2026-01-07", "link": "https://phare.example/a", "score": 3, "url": ""}
    path.write_text(json.dumps(row))
    (article,) = _articles(path)
    assert (article.id, article.title, article.source) == ("17", "Port", "Le Phare")
    assert (str(article.published), article.url) == ("2026-01-07", "https://phare.example/a")


def test_a_row_is_known_by_its_id_its_address_or_its_text(tmp_path: Path) -> None:
    path = tmp_path / "r.jsonl"
    found = [{"text": WORDS}, {"text": WORDS, "url": "https://a.example/b"}, {"text": f"{WORDS}!"}]
    path.write_text("\n".join(map(json.dumps, found)))
    first, second, third = (article.id for article in _articles(path))
    assert second.startswith("a.example-b-")
    assert first.startswith("r-")
    assert len({first, second, third}) == 3


def test_a_json_file_of_one_article_keeps_its_id_when_it_is_edited(tmp_path: Path) -> None:
    path = tmp_path / "r.json"
    path.write_text(json.dumps({"text": WORDS}))
    (before,) = _articles(path)
    path.write_text(json.dumps({"text": f"{WORDS} Enfin."}))
    (after,) = _articles(path)
    assert before.id == after.id


def test_rows_under_a_json_ending_are_read_as_lines(tmp_path: Path) -> None:
    path = tmp_path / "r.json"
    path.write_text("\n".join(json.dumps({"text": WORDS, "id": name}) for name in "abc"))
    assert [article.id for article in _articles(path)] == ["a", "b", "c"]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", "no JSON"),
        ("[1]", "JSON list"),
        ('"text"', "JSON str"),
        ("[" * 100_000, "no JSON"),
        ('{"text": 3}', "text is a int"),
        ('{"text": "\\ud800 a"}', "half a character"),
        ('{"text": "a", "published": "hier"}', "published"),
        ('{"text": "a", "id": NaN}', "id is a float"),
        ('{"text": "a", "id": 1e999}', "id is a float"),
        (f'{{"text": "a", "published": "{"1" * 60}"}}', "published"),
        ('{"text": "1"}', "no letters"),
        ('{"title": "a"}', "neither text nor html"),
        ('{"id": ' + "9" * 5_000 + "}", "no JSON"),
    ],
)
def test_a_line_that_is_no_article_does_not_stop_the_others(line: str, reason: str) -> None:
    data = f'{line}\n{{"text": "Fin.", "id": "z"}}\n'.encode()
    unread, article = rows.lines(BytesIO(data), origin="r.jsonl", base="r")
    assert isinstance(unread, Unread)
    assert unread.origin == "r.jsonl:1"
    assert reason in str(unread.error)
    assert isinstance(article, Article)


def test_a_line_without_end_does_not_stop_the_others() -> None:
    data = b'{"text": "' + b"a" * 40_000_000 + b'"}\n{"text": "Fin."}'
    unread, article = rows.lines(BytesIO(data), origin="r.jsonl", base="r")
    assert isinstance(unread, Unread)
    assert "over 32,000,000 bytes" in str(unread.error)
    assert isinstance(article, Article)


def test_old_encodings_are_told_and_wide_ones_refused() -> None:
    row = json.dumps({"text": WORDS}, ensure_ascii=False)
    (article,) = rows.lines(BytesIO(row.encode("cp1252")), origin="r", base="r")
    assert isinstance(article, Article)
    assert article.text == WORDS
    (unread,) = rows.lines(BytesIO(row.encode("utf-16")), origin="r", base="r")
    assert isinstance(unread, Unread)
    assert "iconv -f UTF-16" in str(unread.error)


def test_the_reason_that_a_line_is_refused_for_does_not_keep_the_line(tmp_path: Path) -> None:
    (tmp_path / "big.jsonl").write_bytes(b'{"text": ' + b"x" * 8_000_000 + b"\n")
    (refused,) = load(tmp_path / "big.jsonl")
    assert isinstance(refused, Unread)
    gc.collect()
    broken = [each for each in gc.get_objects() if issubclass(type(each), json.JSONDecodeError)]
    assert [each for each in broken if len(each.doc) > 1_000_000] == []
    assert refused.error.__traceback__ is None
