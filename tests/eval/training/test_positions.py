"""Our own texts in which several actors take different positions."""

import json
from pathlib import Path

import pytest

from eval.datasets.errors import CollectionError
from eval.training.positions import LANGUAGES, positions


def test_every_position_is_asked_for_in_every_language() -> None:
    collections = positions()
    assert [each.name for each in collections] == [f"positions:{code}" for code in LANGUAGES]
    ids = [question.id for question in collections[0].questions]
    assert len(ids) > 200
    for each, code in zip(collections, LANGUAGES, strict=True):
        assert [question.id for question in each.questions] == ids
        assert all(q.language == code and q.text.strip() for q in each.questions)


def test_every_answer_is_a_name_in_its_sentence() -> None:
    collection = positions()[0]
    texts = {article.id: article.text for article in collection.articles}
    for question in collection.questions:
        for facet in question.facets:
            (place,) = facet.places
            assert facet.shorts[0] in texts[place.article_id][place.start : place.end]
    assert any(question.close and not question.facets for question in collection.questions)


def test_an_answer_that_does_not_stand_in_the_text_is_named(tmp_path: Path) -> None:
    questions = dict.fromkeys(LANGUAGES, "Who refuses?")
    answer = {"sentence": "Norway refuses.", "short": "Sweden"}
    asked = [{"questions": questions, "answers": [answer]}]
    row = {"language": "en", "title": "A ship", "text": "Norway refuses.", "asked": asked}
    file = tmp_path / "positions.jsonl"
    file.write_text(json.dumps(row), encoding="utf-8")
    with pytest.raises(CollectionError, match="'Sweden' does not stand in 'Norway"):
        positions(file)
