"""Question sets in the SQuAD layout."""

import gzip
import json
from pathlib import Path
from typing import Any

import msgspec
import pytest

from eval.squad import read_squad
from index.article import UNDETERMINED

CONTEXT = "Le port de Brévane 🚢 ouvrit en 1821. Il compte deux digues."


def question(number: int, *answers: tuple[str, int], **more: Any) -> dict[str, Any]:
    given = [{"text": text, "answer_start": start} for text, start in answers]
    return {"id": f"q{number}", "question": f"Question {number} ?", "answers": given, **more}


@pytest.fixture
def layout() -> bytes:
    year = ("1821", CONTEXT.index("1821"))
    asked = [
        question(1, year, year, ("deux digues", CONTEXT.index("deux digues"))),
        question(2, year, is_impossible=True),
        question(3, ("", 0), ("1821", -1)),
    ]
    harbour = {"title": "Brévane", "paragraphs": [{"context": CONTEXT, "qas": asked}]}
    untitled = {
        "paragraphs": [{"context": "Un autre texte.", "qas": [{"id": "q4", "question": "?"}]}]
    }
    return json.dumps({"version": "1.1", "data": [harbour, untitled]}).encode()


@pytest.fixture(params=["harbour.json", "harbour.json.gz"])
def path(request: pytest.FixtureRequest, tmp_path: Path, layout: bytes) -> Path:
    written: Path = tmp_path / request.param
    written.write_bytes(gzip.compress(layout) if written.suffix == ".gz" else layout)
    return written


def test_every_paragraph_becomes_an_article(path: Path) -> None:
    collection = read_squad(path, language="fr")
    assert (collection.name, collection.language) == ("harbour", "fr")
    assert [a.id for a in collection.articles] == ["harbour:0", "harbour:1"]
    assert [a.title for a in collection.articles] == ["Brévane", None]
    assert {a.language for a in collection.articles} == {"fr"}


def test_every_answer_is_a_slice_of_its_article_given_once(path: Path) -> None:
    collection = read_squad(path)
    texts = {article.id: article.text for article in collection.articles}
    first = collection.questions[0]
    assert [span.of(texts[first.article_id]) for span in first.answers] == ["1821", "deux digues"]


def test_a_question_without_a_place_that_answers_has_no_answers(path: Path) -> None:
    answers = {q.id: q.answers for q in read_squad(path).questions}
    assert answers["q2"] == answers["q3"] == answers["q4"] == ()


def test_a_question_belongs_to_its_own_paragraph(path: Path) -> None:
    owners = {q.id: q.article_id for q in read_squad(path).questions}
    assert (owners["q1"], owners["q4"]) == ("harbour:0", "harbour:1")


def test_a_language_that_is_not_told_is_undetermined(path: Path) -> None:
    assert read_squad(path).language == UNDETERMINED


def test_a_file_of_another_layout_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.json"
    path.write_text('{"rows": []}', encoding="utf-8")
    with pytest.raises(msgspec.DecodeError):
        read_squad(path)
