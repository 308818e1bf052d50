"""Our own texts to learn from, and what is asked of them."""

import json
from collections import Counter
from pathlib import Path

import pytest

from eval.datasets.errors import CollectionError
from eval.training.own_texts import own_texts
from eval.training.recipe import OWN_TEXTS

EACH = pytest.mark.parametrize("name", OWN_TEXTS)


@EACH
def test_every_question_is_asked_in_five_languages(name: str) -> None:
    collections = own_texts(name)
    asked = Counter(question.id for each in collections for question in each.questions)
    assert len(asked) > 200
    assert set(asked.values()) == {5}
    for each in collections:
        assert each.articles == collections[0].articles
        (code,) = {question.language for question in each.questions}
        assert each.name == f"{name}:{code}"
        assert all(question.text.strip() for question in each.questions)


@EACH
def test_every_answer_stands_in_its_sentence_and_some_questions_have_none(name: str) -> None:
    collection = own_texts(name)[0]
    texts = {article.id: article.text for article in collection.articles}
    for question in collection.questions:
        for facet in question.facets:
            (place,) = facet.places
            assert facet.shorts[0] in texts[place.article_id][place.start : place.end]
    assert any(question.close and not question.facets for question in collection.questions)


def test_an_answer_that_does_not_stand_in_the_text_is_named(tmp_path: Path) -> None:
    questions = {"en": "Who refuses?"}
    answer = {"sentence": "Norway refuses.", "short": "Sweden"}
    asked = [{"questions": questions, "answers": [answer]}]
    row = {"language": "en", "title": "A ship", "text": "Norway refuses.", "asked": asked}
    (tmp_path / "ships.jsonl").write_text(json.dumps(row), encoding="utf-8")
    with pytest.raises(CollectionError, match="'Sweden' does not stand in 'Norway"):
        own_texts("ships", tmp_path)
