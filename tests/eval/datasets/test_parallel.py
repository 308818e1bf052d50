"""Sets made of other sets: across languages, and without what answers."""

from dataclasses import replace

import pytest

from eval.datasets.errors import CollectionError
from eval.datasets.parallel import cross, with_twins, without_answers
from eval.question import Collection, Facet, Place, Question
from index.article import Article
from index.protocols import Filters


def collection(language: str) -> Collection:
    """Three paragraphs, each of which answers one question."""
    return Collection(
        name=f"ports.{language}",
        articles=tuple(
            Article(id=f"{language}:{n}", text=f"Port {n}.", language=language) for n in range(3)
        ),
        questions=tuple(
            Question(
                id=f"q{n}",
                text=f"{language} {n}?",
                language=language,
                facets=(
                    Facet(
                        name=str(n), places=(Place(article_id=f"{language}:{n}", start=5, end=6),)
                    ),
                ),
            )
            for n in range(3)
        ),
    )


def test_a_question_keeps_its_words_and_is_answered_in_the_other_language() -> None:
    crossed = cross(collection("en"), collection("de"))
    assert crossed.articles == collection("de").articles
    for number, question in enumerate(crossed.questions):
        assert (question.text, question.language) == (f"en {number}?", "en")
        assert [place.article_id for place in question.places] == [f"de:{number}"]


def test_sets_whose_questions_do_not_correspond_are_refused() -> None:
    german = collection("de")
    fewer = replace(german, questions=german.questions[:2])
    with pytest.raises(CollectionError, match=r"ports\.en and ports\.de do not correspond"):
        cross(collection("en"), fewer)


def test_a_twin_is_asked_of_all_articles_but_the_answering_ones() -> None:
    twins = without_answers(collection("en")).questions
    assert [twin.id for twin in twins] == [f"q{n}:unanswerable" for n in range(3)]
    assert twins[1].scope.article_ids == ("en:0", "en:2")
    assert not any(twin.answerable for twin in twins)
    assert all(twin.close for twin in twins)


def test_a_twin_of_a_graded_question_loses_all_relevant_articles() -> None:
    given = collection("en")
    graded = replace(given.questions[0], facets=(), relevant={"en:0": 2, "en:1": 1})
    twin = without_answers(replace(given, questions=(graded,))).questions[0]
    assert twin.scope.article_ids == ("en:2",)
    assert not twin.answerable


def test_a_twin_stays_within_the_scope_of_its_question() -> None:
    given = collection("en")
    scoped = replace(
        given.questions[0], scope=Filters(article_ids=("en:0", "en:1"), language=("en",))
    )
    twin = without_answers(replace(given, questions=(scoped,))).questions[0]
    assert twin.scope == Filters(article_ids=("en:1",), language=("en",))


def test_what_has_no_answer_or_nothing_left_to_be_asked_of_has_no_twin() -> None:
    given = collection("en")
    unanswerable = replace(given.questions[0], facets=())
    alone = replace(given.questions[1], scope=Filters(article_ids=("en:1",)))
    assert without_answers(replace(given, questions=(unanswerable, alone))).questions == ()


def test_twins_come_after_the_questions() -> None:
    both = with_twins(collection("en"))
    assert [question.answerable for question in both.questions] == [True] * 3 + [False] * 3
