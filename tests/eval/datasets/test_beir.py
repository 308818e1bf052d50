"""Retrieval collections in the layout of BEIR."""

import json
from pathlib import Path

import pytest

from eval.datasets.beir import read_beir
from eval.datasets.errors import CollectionError

HEADER = "query-id\tcorpus-id\tscore\n"


def lines(*rows: object) -> str:
    return "".join(json.dumps(row) + "\n" for row in rows)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    documents = lines(
        {"_id": "d1", "title": "Le port", "text": "Le port de Brévane ouvrit en 1821."},
        {"_id": "d2", "title": "Un titre seul", "text": " ", "metadata": {}},
        {"_id": 3, "text": "The second pier was finished in the spring of 1904."},
        {"_id": "d4", "title": "", "text": ""},
    )
    (tmp_path / "corpus.jsonl").write_text(documents + "\n", "utf-8")
    queries = lines(
        {"_id": "a", "text": "Quand le port de Brévane a-t-il ouvert ?"},
        {"_id": "b", "text": "When was the second pier finished?"},
        {"_id": "c", "text": "Qui n'a pas été jugé ?"},
    )
    (tmp_path / "queries.jsonl").write_text(queries, "utf-8")
    judged = HEADER + "a\td1\t2\na\td2\t1\na\t3\t0\nb\t3\t1\nc\td1\t0\nb\td9\t1\n"
    (tmp_path / "qrels.tsv").write_text(judged, "utf-8")
    return tmp_path


def test_documents_become_articles_and_judgements_become_grades(folder: Path) -> None:
    collection = read_beir(folder, language="fr")
    assert [a.id for a in collection.articles] == ["d1", "d2", "3"]
    assert {a.language for a in collection.articles} == {"fr"}
    assert {q.id: q.grades for q in collection.questions} == {
        "a": {"d1": 2, "d2": 1},
        "b": {"3": 1},
    }
    assert all(q.answerable and not q.facets for q in collection.questions)


def test_a_document_with_a_title_alone_has_it_as_its_text(folder: Path) -> None:
    assert read_beir(folder).articles[1].text == "Un titre seul"


def test_languages_that_are_not_told_are_detected_one_by_one(folder: Path) -> None:
    collection = read_beir(folder)
    assert [a.language for a in collection.articles] == ["fr", "fr", "en"]
    assert [q.language for q in collection.questions] == ["fr", "en"]


def test_what_is_of_no_use_is_counted(folder: Path) -> None:
    assert read_beir(folder).left_out == {
        "documents without text": 1,
        "queries without a relevant document": 1,
        "judgements of documents that are not there": 1,
    }


def test_judgements_may_lie_in_parts(folder: Path) -> None:
    (folder / "qrels.tsv").unlink()
    (folder / "qrels").mkdir()
    (folder / "qrels" / "test.tsv").write_text(HEADER + "a\td1\t1\n", "utf-8")
    (folder / "qrels" / "dev.tsv").write_text(HEADER + "b\t3\t1\n", "utf-8")
    assert [q.id for q in read_beir(folder).questions] == ["a"]
    assert [q.id for q in read_beir(folder, part="dev").questions] == ["b"]


@pytest.mark.parametrize(
    ("file", "text", "complaint"),
    [
        ("corpus.jsonl", '{"id": "d1"}\n', r"Line 1 of .*corpus\.jsonl .*'_id', 'title', 'text'"),
        ("queries.jsonl", '{"_id": "a", "text": "?"}\n?\n', r"Line 2 of .*queries\.jsonl"),
        ("qrels.tsv", HEADER + "a d1 1\n", r"Line 2 of .*qrels\.tsv is no judgement"),
        ("qrels.tsv", HEADER + "a\td1\tyes\n", r"Line 2 of .*qrels\.tsv is no judgement"),
    ],
)
def test_a_row_of_another_layout_is_refused_by_file_and_line(
    folder: Path, file: str, text: str, complaint: str
) -> None:
    (folder / file).write_text(text, "utf-8")
    with pytest.raises(CollectionError, match=complaint):
        read_beir(folder)


def test_a_missing_file_is_refused_by_name(folder: Path) -> None:
    (folder / "qrels.tsv").unlink()
    with pytest.raises(CollectionError, match=r"test\.tsv cannot be read"):
        read_beir(folder)
