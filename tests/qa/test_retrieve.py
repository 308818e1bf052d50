"""Which passages are proposed, and in what order."""

from collections.abc import Callable

import numpy as np
import pytest

from index.article import Article
from index.protocols import NO_FILTERS, Filters
from qa.engine import Engine
from qa.retrieve import FEWEST_PROPOSALS, Candidate, retrieve, z_scores

Find = Callable[..., list[Candidate]]


@pytest.fixture
def find(engine: Engine) -> Find:
    def candidates(
        question: str, filters: Filters = NO_FILTERS, *, proposals: int = 10, limit: int = 10
    ) -> list[Candidate]:
        asked = engine.understand(question)
        with engine.store.snapshot() as snapshot:
            return retrieve(asked, snapshot, filters, proposals=proposals, limit=limit)

    return candidates


def ids(candidates: list[Candidate]) -> list[str]:
    return [candidate.record.article.id for candidate in candidates]


def numbered(count: int) -> list[Article]:
    return [
        Article(id=f"en{n}", text=f"The frigates left harbour number {n}.", language="en")
        for n in range(count)
    ]


def test_the_passage_with_the_words_of_the_question_comes_first(
    find: Find, add: Callable[..., None], frigates: Article, harvest: Article
) -> None:
    add(frigates, harvest)
    assert ids(find("Who will send frigates?")) == ["frigates", "harvest"]
    assert ids(find("How was the wheat harvest?")) == ["harvest", "frigates"]


def test_a_question_finds_what_another_language_says(
    find: Find, add: Callable[..., None], dispatch: Article
) -> None:
    add(*numbered(FEWEST_PROPOSALS + 5), dispatch)
    assert "dispatch" in ids(find("Which frigates left harbour?", proposals=1, limit=100))


def test_scores_fall_along_the_list(find: Find, add: Callable[..., None]) -> None:
    add(*numbered(8))
    scores = [candidate.score for candidate in find("Did frigates leave harbour number 3?")]
    assert scores == sorted(scores, reverse=True)


def test_no_more_passages_come_than_asked(find: Find, add: Callable[..., None]) -> None:
    add(*numbered(8))
    assert len(find("Which frigates?", limit=3)) == 3


def test_filters_hold_for_both_searches(
    find: Find, add: Callable[..., None], frigates: Article, harvest: Article, dispatch: Article
) -> None:
    add(frigates, harvest, dispatch)
    question = "Who will send frigates?"
    assert ids(find(question, Filters(source=("The Furrow",)))) == ["harvest"]
    assert ids(find(question, Filters(language=("fr",)))) == ["dispatch"]
    assert find(question, Filters(source=("Nobody",))) == []


def test_nothing_is_found_in_an_empty_index(find: Find) -> None:
    assert find("Who will send frigates?") == []


def test_equal_scores_have_no_deviation() -> None:
    assert z_scores(np.array([2.0, 2.0])).tolist() == [0.0, 0.0]
    assert z_scores(np.array([1.0, 3.0])).tolist() == [-1.0, 1.0]
