"""The public sets of a data folder, by name."""

import json
from pathlib import Path

import pytest

from eval.datasets.errors import CollectionError
from eval.datasets.public import language_of, open_public, public_names

DOCUMENT = {"_id": "1", "title": "", "text": "A short text about a harbour."}


def paragraphs(language: str, part: str) -> str:
    """Return a file of two paragraphs, each with a question."""
    given = [
        {
            "context": f"{language} {part} {n}",
            "qas": [
                {
                    "id": f"{part}{n}",
                    "question": f"{language} {n}?",
                    "answers": [{"text": language, "answer_start": 0}],
                }
            ],
        }
        for n in range(2)
    ]
    return json.dumps({"data": [{"title": "t", "paragraphs": given}]})


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    for folder in ("qa", "ir/time"):
        (tmp_path / folder).mkdir(parents=True)
    for language in ("en", "de"):
        for part in ("train", "dev"):
            path = tmp_path / "qa" / f"ports.{language}.{part}.json"
            path.write_text(paragraphs(language, part), "utf-8")
    (tmp_path / "qa" / "piaf.dev.json").write_text(paragraphs("fr", "dev"), "utf-8")
    (tmp_path / "ir" / "time" / "corpus.jsonl").write_text(json.dumps(DOCUMENT), "utf-8")
    (tmp_path / "ir" / "time" / "queries.jsonl").write_text('{"_id": "a", "text": "HARBOUR"}')
    (tmp_path / "ir" / "time" / "qrels.tsv").write_text("q\td\ts\na\t1\t1\n")
    return tmp_path


def test_one_part_has_its_own_paragraphs_and_questions(data_dir: Path) -> None:
    collection = open_public("ports.en.dev", data_dir)
    assert collection
    assert [a.text for a in collection.articles] == ["en dev 0", "en dev 1"]
    assert [q.id for q in collection.questions] == ["dev0", "dev1"]


def test_the_questions_of_the_last_part_are_asked_of_all_paragraphs(data_dir: Path) -> None:
    collection = open_public("ports.en.train+dev", data_dir)
    assert collection
    assert [a.text for a in collection.articles] == [
        f"en {part} {n}" for part in ("train", "dev") for n in range(2)
    ]
    assert [q.id for q in collection.questions] == ["dev0", "dev1"]


def test_questions_of_one_language_are_asked_of_paragraphs_in_another(data_dir: Path) -> None:
    collection = open_public("ports.en-de.train+dev", data_dir)
    assert collection
    assert {a.language for a in collection.articles} == {"de"}
    assert len(collection.articles) == 4
    assert [q.text for q in collection.questions] == ["en 0?", "en 1?"]
    there = {a.id: a.text for a in collection.articles}
    assert [there[q.places[0].article_id] for q in collection.questions] == ["de dev 0", "de dev 1"]


def test_a_retrieval_collection_goes_by_its_folder(data_dir: Path) -> None:
    collection = open_public("time", data_dir)
    assert collection
    assert collection.questions[0].grades == {"1": 1}
    assert collection.questions[0].language == "en"


def test_a_set_without_all_its_files_is_not_there(data_dir: Path) -> None:
    for name in ("piaf.train+dev", "ports.en-fr.dev", "ports.fr-en.dev", "cranfield", "piaf", ""):
        assert open_public(name, data_dir) is None, name


def test_the_names_are_those_of_the_files_with_their_parts(data_dir: Path) -> None:
    assert public_names(data_dir) == [
        "piaf.dev",
        "ports.de.dev|train",
        "ports.en.dev|train",
        "time",
    ]


def test_a_name_tells_its_language_or_does_not() -> None:
    told = {name: language_of(name) for name in ("xquad.zh", "afriqa.fr", "piaf", "squad-es", "x")}
    assert told == {"xquad.zh": "zh", "afriqa.fr": "fr", "piaf": "fr", "squad-es": "es", "x": None}


def test_a_broken_file_is_named(data_dir: Path) -> None:
    (data_dir / "qa" / "piaf.dev.json").write_text("[]")
    with pytest.raises(CollectionError, match=r"piaf\.dev\.json"):
        open_public("piaf.dev", data_dir)
