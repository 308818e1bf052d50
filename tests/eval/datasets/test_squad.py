"""Question sets in the SQuAD layout."""

import gzip
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from eval.datasets.errors import CollectionError
from eval.datasets.squad import read_squad
from eval.question import Collection, Place, Question

CONTEXT = "Le port de Brévane 🚢 ouvrit en 1821. Il compte deux digues et un phare rouge."

Write = Callable[..., Path]


def answer(text: str, **more: Any) -> dict[str, Any]:
    return {"text": text, "answer_start": CONTEXT.index(text), **more}


def asked(number: int, *answers: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"id": f"q{number}", "question": f"Question {number} ?", "answers": answers, **more}


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes questions about one paragraph, and one about another."""

    def written(*questions: dict[str, Any], name: str = "harbour.json") -> Path:
        harbour = {"title": "Brévane", "paragraphs": [{"context": CONTEXT, "qas": questions}]}
        other = {"context": "Un autre texte.", "qas": [{"id": 4, "question": "Quoi ?"}]}
        layout = {"version": "1.1", "data": [harbour, {"paragraphs": [other]}]}
        data = json.dumps(layout).encode()
        path = tmp_path / name
        path.write_bytes(gzip.compress(data) if path.suffix == ".gz" else data)
        return path

    return written


def texts(collection: Collection, question: Question) -> list[list[str]]:
    """Return what stands at the places of each facet."""
    articles = {article.id: article.text for article in collection.articles}
    return [
        [articles[place.article_id][place.start : place.end] for place in facet.places]
        for facet in question.facets
    ]


@pytest.mark.parametrize("name", ["harbour.json", "harbour.json.gz"])
def test_every_paragraph_becomes_an_article_of_the_language_told(write: Write, name: str) -> None:
    collection = read_squad(write(asked(1, answer("1821")), name=name), language="fr")
    assert collection.name == "harbour"
    assert [a.id for a in collection.articles] == ["harbour:0", "harbour:1"]
    assert [a.title for a in collection.articles] == ["Brévane", None]
    assert {a.language for a in collection.articles} == {"fr"}
    assert {q.language for q in collection.questions} == {"fr"}


def test_a_language_that_is_not_told_is_detected(write: Write) -> None:
    english = {**asked(1, answer("1821")), "question": "When was the harbour of Brévane opened?"}
    collection = read_squad(write(english))
    assert collection.articles[0].language == "fr"
    assert collection.questions[0].language == "en"


def test_the_answers_of_a_question_are_alternatives_each_given_once(write: Write) -> None:
    year = answer("1821")
    collection = read_squad(write(asked(1, year, year, answer("en 1821"))))
    question = collection.questions[0]
    assert texts(collection, question) == [["1821", "en 1821"]]
    assert question.facets[0].shorts == ("1821", "en 1821")
    assert question.kind == "fact"


def test_answers_that_are_all_wanted_are_facets_of_their_own(write: Write) -> None:
    both = asked(1, answer("deux digues"), answer("un phare rouge"), answer_mode="all")
    collection = read_squad(write(both))
    question = collection.questions[0]
    assert texts(collection, question) == [["deux digues"], ["un phare rouge"]]
    assert [facet.shorts for facet in question.facets] == [("deux digues",), ("un phare rouge",)]
    assert question.kind == "list"


def test_sentences_are_alternative_places_and_no_short_texts(write: Write) -> None:
    first, second = CONTEXT[: CONTEXT.index(" Il")], CONTEXT[CONTEXT.index("Il") :]
    collection = read_squad(
        write(
            asked(1, answer(first), answer(second), answer_mode="sentence"),
            asked(2, answer(first, sentence=0), answer_mode="all"),
        )
    )
    alternatives, listed = collection.questions[:2]
    assert texts(collection, alternatives) == [[first, second]]
    assert texts(collection, listed) == [[first]]
    assert alternatives.facets[0].shorts == listed.facets[0].shorts == ()


def test_a_question_may_have_no_answer(write: Write) -> None:
    collection = read_squad(write(asked(1, is_impossible=True), asked(2)))
    assert [q.id for q in collection.questions] == ["q1", "q2", "4"]
    assert not any(q.answerable for q in collection.questions)
    assert collection.left_out == {}


def test_an_answer_in_free_text_is_left_out_and_counted(write: Write) -> None:
    free = {"text": "plus de deux siècles", "answer_start": -1}
    collection = read_squad(write(asked(1, free, answer("1821")), asked(2, free)))
    assert [q.id for q in collection.questions] == ["q1", "4"]
    assert texts(collection, collection.questions[0]) == [["1821"]]
    assert collection.left_out == {
        "answers in free text": 2,
        "questions without an answer that can be used": 1,
    }


def test_an_answer_that_does_not_stand_where_it_says_is_left_out_and_counted(write: Write) -> None:
    late = {"text": "1821", "answer_start": CONTEXT.index("1821") + 1}  # as UTF-16 would count
    collection = read_squad(write(asked(1, late, {"text": "", "answer_start": 0})))
    assert [q.id for q in collection.questions] == ["4"]
    assert collection.left_out["answers that do not stand where they say"] == 2


def test_the_numbers_that_only_python_writes_are_read(write: Write) -> None:
    collection = read_squad(write(asked(1, answer("1821"), original=float("nan"))))
    assert texts(collection, collection.questions[0]) == [["1821"]]


def test_a_paragraph_without_text_is_left_out_with_its_questions(tmp_path: Path) -> None:
    path = tmp_path / "empty.json"
    paragraph = {"context": " ", "qas": [asked(1)]}
    path.write_text(json.dumps({"data": [{"paragraphs": [paragraph]}]}), "utf-8")
    collection = read_squad(path)
    assert (collection.articles, collection.questions) == ((), ())
    assert collection.left_out["paragraphs without text"] == 1


def test_a_place_overlaps_what_shares_a_character_with_it() -> None:
    place = Place(article_id="a", start=3, end=5)
    assert place.overlaps("a", 4, 9)
    assert not place.overlaps("a", 5, 9)
    assert not place.overlaps("b", 4, 9)


@pytest.mark.parametrize(
    "data",
    [
        b'{"rows": []}',
        b"no JSON",
        b'{"data": [\xff]}',
        b"[" * 100_000,
        b"",
        rb'{"data": [{"paragraphs": [{"context": "\ud800", "qas": []}]}]}',
    ],
)
def test_a_file_of_another_layout_is_refused_by_name(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "other.json"
    path.write_bytes(data)
    with pytest.raises(CollectionError, match=r"other\.json.*Expected is the SQuAD layout"):
        read_squad(path)


def test_a_file_that_cannot_be_unpacked_or_found_is_refused_by_name(tmp_path: Path) -> None:
    path = tmp_path / "plain.json.gz"
    path.write_bytes(b"{}")
    with pytest.raises(CollectionError, match=r"plain\.json\.gz cannot be unpacked"):
        read_squad(path)
    with pytest.raises(CollectionError, match=r"missing\.json cannot be read"):
        read_squad(tmp_path / "missing.json")
