"""What a question is asked of, and what is right then."""

from collections.abc import Callable

import pytest

from eval.question import Collection, Facet, Place, Question
from eval.tasks import varied, whole, without_answer
from index.article import Article, Span


@pytest.fixture
def collection() -> Callable[[str], Collection]:
    """Forty paragraphs of one sentence, each answering one question."""

    def make(language: str) -> Collection:
        articles = tuple(
            Article(id=f"{language}:{n}", text=f"Harbour {n}.", language=language)
            for n in range(40)
        )
        questions = tuple(
            Question(
                id=str(n),
                text=f"Which {n}?",
                language=language,
                facets=(Facet(name=str(n), places=(Place(article_id=a.id, start=8, end=9),)),),
            )
            for n, a in enumerate(articles)
        )
        return Collection(name=language, articles=articles, questions=questions)

    return make


def test_a_question_is_asked_of_everything(collection: Callable[[str], Collection]) -> None:
    asked, beside = collection("en"), collection("de")
    tasks = list(whole(asked, asked, beside=[beside]))
    assert len(tasks) == 40
    assert {len(task.scope.article_ids) for task in tasks} == {80}
    assert tasks[3].holds("en:3", Span(0, 10))
    assert not tasks[3].holds("en:3", Span(0, 8))
    assert not tasks[3].holds("en:4", Span(0, 10))


def test_the_answering_paragraph_is_taken_away(collection: Callable[[str], Collection]) -> None:
    asked = collection("en")
    for number, task in enumerate(without_answer(whole(asked, asked))):
        assert f"en:{number}" not in task.scope.article_ids
        assert len(task.scope.article_ids) == 39
        assert task.gold == {}


def test_scopes_are_of_all_kinds_and_hold_each_paragraph_in_one_language(
    collection: Callable[[str], Collection],
) -> None:
    asked, over = collection("es"), [collection("en"), collection("de")]
    tasks = list(varied(asked, over, seed=1, removed=0.3))
    assert len(tasks) == 40
    sizes = {len(task.scope.article_ids) for task in tasks}
    assert max(sizes) == 40
    assert min(sizes) < 30
    for task in tasks:
        numbers = [article_id.split(":")[1] for article_id in task.scope.article_ids]
        assert len(set(numbers)) == len(numbers)
        assert set(task.gold) <= set(task.scope.article_ids)
        assert bool(task.gold) == (str(task.document) in numbers)
    assert 4 < sum(not task.gold for task in tasks) < 22
    assert {i[:2] for task in tasks for i in task.scope.article_ids} == {"en", "de"}
    assert tasks == list(varied(asked, over, seed=1, removed=0.3))
