"""The same questions in other languages."""

import json
from pathlib import Path

import pytest

from eval.datasets.errors import CollectionError
from eval.datasets.named import open_collection
from eval.datasets.translated import asked_in, in_other_languages, translations
from eval.question import Collection

LANGUAGES = {"fr", "en", "de", "es", "it"}


def written(folder: Path, *rows: object) -> Path:
    path = folder / "translated.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def test_a_question_keeps_its_place_and_its_answer(collection: Collection, tmp_path: Path) -> None:
    row = {"of": "sends", "questions": {"de": "Welche Fregatten schickt Dänemark?"}}
    german = asked_in("de", collection, translations(written(tmp_path, row), collection))
    assert german.name == "small:de"
    first, *others = german.questions
    assert (first.id, first.text, first.language) == ("sends", row["questions"]["de"], "de")
    assert first.facets == collection.questions[0].facets
    assert [each.text for each in others] == [
        each.standalone or each.text for each in collection.questions[1:]
    ]
    assert not any(each.history for each in others)


@pytest.mark.parametrize(
    ("rows", "complaint"),
    [
        (({"of": "nobody", "questions": {"de": "Wer?"}},), "nobody"),
        (({"of": "sends", "questions": {}}, {"of": "sends", "questions": {}}), "twice"),
        (({"of": "sends", "questions": {"de": " "}},), "without a word"),
        (({"of": "sends", "translations": {}},), "another layout"),
    ],
)
def test_a_mistake_is_named(
    rows: tuple[object, ...], complaint: str, collection: Collection, tmp_path: Path
) -> None:
    with pytest.raises(CollectionError, match=complaint):
        translations(written(tmp_path, *rows), collection)


def test_our_own_questions_stand_in_every_language() -> None:
    own = open_collection("samples.train")
    translated = in_other_languages(own)
    assert {each.name for each in translated} == {f"samples.train:{code}" for code in LANGUAGES}
    for each in translated:
        code = each.name.partition(":")[2]
        assert {question.language for question in each.questions} == {code}
        assert [question.id for question in each.questions] == [q.id for q in own.questions]
