"""A question set is opened by its name."""

import json
from pathlib import Path

import pytest

from eval.datasets.errors import CollectionError
from eval.datasets.named import open_collection

CONTEXTS = ["Le port de Brévane ouvrit en 1821.", "La seconde digue date de 1904."]


def squad(*ids: str) -> str:
    """Return a file of paragraphs, one question each."""
    given = [
        {
            "context": context,
            "qas": [
                {
                    "id": each,
                    "question": "En quelle année ?",
                    "answers": [{"text": context[-5:-1], "answer_start": len(context) - 5}],
                }
            ],
        }
        for context, each in zip(CONTEXTS, ids, strict=True)
    ]
    return json.dumps({"data": [{"title": "t", "paragraphs": given}]})


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    (folder / "qa").mkdir(parents=True)
    (folder / "qa" / "piaf.dev.json").write_text(squad("a", "b"), "utf-8")
    return folder


def test_a_set_has_the_name_it_was_asked_for_by(data_dir: Path, tmp_path: Path) -> None:
    path = tmp_path / "mine.json"
    path.write_text(squad("a", "b"), "utf-8")
    for name in ("piaf.dev", "piaf.dev:unanswerable", str(path)):
        assert open_collection(name, data_dir).name == name


def test_each_question_may_be_asked_once_more_without_its_answer(data_dir: Path) -> None:
    collection = open_collection("piaf.dev:unanswerable", data_dir)
    assert [q.id for q in collection.questions] == ["a", "b", "a:unanswerable", "b:unanswerable"]
    assert [q.answerable for q in collection.questions] == [True, True, False, False]


def test_a_folder_in_the_layout_of_beir_is_opened_by_its_path_and_part(tmp_path: Path) -> None:
    archive = tmp_path / "archive"
    (archive / "qrels").mkdir(parents=True)
    (archive / "corpus.jsonl").write_text('{"_id": "1", "text": "Un port."}')
    (archive / "queries.jsonl").write_text('{"_id": "a", "text": "Où ?"}')
    (archive / "qrels" / "dev.tsv").write_text("q\td\ts\na\t1\t1\n")
    assert open_collection(f"{archive}.dev").questions[0].grades == {"1": 1}
    with pytest.raises(CollectionError, match=r"test\.tsv"):
        open_collection(str(archive))


def test_a_name_that_is_not_there_is_answered_with_those_that_are(data_dir: Path) -> None:
    with pytest.raises(CollectionError, match=r"no question set 'piaf\.tset'.* has: piaf\.dev"):
        open_collection("piaf.tset", data_dir)


def test_a_public_name_without_a_data_folder_says_what_is_missing() -> None:
    with pytest.raises(CollectionError, match="--data-dir"):
        open_collection("piaf.dev")


def test_a_data_folder_without_sets_says_where_they_are_looked_for(tmp_path: Path) -> None:
    with pytest.raises(
        CollectionError, match=r"has: no set \(they are looked for in qa/ and ir/\)"
    ):
        open_collection("piaf.dev", tmp_path)


def test_a_folder_of_another_layout_is_told_the_layouts(tmp_path: Path) -> None:
    with pytest.raises(CollectionError, match=r"neither corpus\.jsonl nor a folder articles"):
        open_collection(str(tmp_path))


def test_a_folder_without_its_questions_names_the_parts_that_are_there(tmp_path: Path) -> None:
    (tmp_path / "articles").mkdir()
    with pytest.raises(CollectionError, match=r"questions\.jsonl.*Give a file in the SQuAD"):
        open_collection(str(tmp_path))
    (tmp_path / "questions").mkdir()
    (tmp_path / "questions" / "dev.jsonl").touch()
    with pytest.raises(CollectionError, match=rf"Name one that is there: {tmp_path}\.dev"):
        open_collection(f"{tmp_path}.train")


def test_an_id_that_is_given_twice_is_refused(data_dir: Path) -> None:
    (data_dir / "qa" / "piaf.dev.json").write_text(squad("a", "a"), "utf-8")
    with pytest.raises(CollectionError, match="the question id 'a' more than once"):
        open_collection("piaf.dev", data_dir)


def test_a_set_without_a_question_that_can_be_asked_is_refused(data_dir: Path) -> None:
    moved = squad("a", "b").replace('"answer_start": 2', '"answer_start": 1')
    (data_dir / "qa" / "piaf.dev.json").write_text(moved, "utf-8")
    with pytest.raises(CollectionError, match=r"no question that can be asked.*do not stand"):
        open_collection("piaf.dev", data_dir)


def test_the_questions_over_the_samples_are_opened_by_their_part() -> None:
    parts = {part: open_collection(f"samples.{part}") for part in ("train", "dev", "test")}
    ids = [question.id for part in parts.values() for question in part.questions]
    assert len(set(ids)) == len(ids) >= 200
    assert parts["dev"].articles == parts["test"].articles
    with pytest.raises(CollectionError, match=r"Name one that is there: samples\.dev, samples\.t"):
        open_collection("samples.def")
    with pytest.raises(CollectionError, match=r"Name one that is there: samples\.dev"):
        open_collection("samples")
