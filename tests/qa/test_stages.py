"""A question in stages: nothing is done before it is asked for, and nothing is held after."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from index.article import Article
from index.errors import QuestionError
from qa.answer import Answer
from qa.engine import Engine
from qa.stages import FIRST_RANKED, Quoted, Retrieved, last, quoted

ASKED = "Who refused to send soldiers?"


@pytest.fixture
def informed(
    engine: Engine, add: Callable[..., None], frigates: Article, harvest: Article
) -> Engine:
    add(frigates, harvest)
    return engine


def test_the_last_stage_is_what_asking_gives(informed: Engine) -> None:
    *_, answer = informed.answering(ASKED)
    asked = informed.ask(ASKED)
    assert isinstance(answer, Answer)
    assert replace(answer, timing_ms=asked.timing_ms) == asked


def test_the_passages_come_before_anything_is_read(informed: Engine) -> None:
    stages = informed.answering(ASKED)
    found = next(stages)
    assert isinstance(found, Retrieved)
    searched = informed.search(ASKED, limit=FIRST_RANKED)
    assert found.passages == searched.passages
    stages.close()
    assert list(stages) == []


def test_every_quote_is_told_once_in_the_order_of_the_answer(informed: Engine) -> None:
    _, *quotes, answer = informed.answering(ASKED)
    assert isinstance(answer, Answer)
    assert quotes == list(quoted(answer))
    told = [stage.citation.text for stage in quotes if isinstance(stage, Quoted)]
    assert told == [quote.text for point in answer.points for quote in point.quotes]


def test_what_cannot_be_asked_is_refused_at_the_first_stage(informed: Engine) -> None:
    with pytest.raises(QuestionError, match="The question is empty"):
        next(informed.answering("?"))


def test_stages_that_end_in_no_answer_are_a_defect(informed: Engine) -> None:
    with pytest.raises(TypeError, match="the last stage is Retrieved"):
        last([next(informed.answering(ASKED))])
