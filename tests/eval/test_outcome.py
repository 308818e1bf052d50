"""What became of a question is named by the stage where it went wrong."""

from dataclasses import replace

import pytest

from eval.outcome import MEANS, Outcome, gold_rank, outcome, right
from eval.question import Question
from eval.record import Record
from index.article import Article


@pytest.fixture
def refuses(asked_for: dict[str, Question]) -> Question:
    return asked_for["refuses"]


def test_a_first_quote_that_answers_is_right(says, refuses, stands) -> None:
    record = says(refuses, [(stands["frigates"], "Sweden refused to send soldiers.")])
    assert outcome(record) is Outcome.RIGHT
    assert right(record)


def test_a_later_quote_that_answers_is_not_first(says, refuses, stands) -> None:
    wrong = (stands["harvest"], "Bread costs more since September.")
    answering = (stands["phare"], "La Suède a refusé d'envoyer des soldats.")
    assert outcome(says(refuses, [wrong], [answering])) is Outcome.NOT_FIRST
    assert outcome(says(refuses, [wrong, answering])) is Outcome.NOT_FIRST
    assert not right(says(refuses, [wrong], [answering]))


def test_what_was_found_and_not_quoted_is_told_from_what_was_not_found(
    says, refuses, stands
) -> None:
    wrong = (stands["harvest"], "Bread costs more since September.")
    assert outcome(says(refuses, [wrong])) is Outcome.NOT_CHOSEN
    assert outcome(says(refuses)) is Outcome.REFUSED
    assert outcome(says(refuses, [wrong], found=[stands["harvest"]])) is Outcome.NOT_FOUND
    assert outcome(says(refuses, found=[])) is Outcome.NOT_FOUND


def test_a_question_without_an_answer_is_to_be_refused(says, asked_for, stands) -> None:
    japan = asked_for["japan"]
    assert outcome(says(japan)) is Outcome.REFUSED_RIGHTLY
    assert right(says(japan))
    answered = says(japan, [(stands["frigates"], "two frigates")])
    assert outcome(answered) is Outcome.NOT_REFUSED
    assert not right(answered)


def test_a_list_that_lacks_items_is_incomplete_and_yet_right(says, asked_for, stands) -> None:
    refuses, sends = asked_for["refuses"], asked_for["sends"]
    both = replace(refuses, facets=(*refuses.facets, *sends.facets))
    sweden = (stands["frigates"], "Sweden refused to send soldiers.")
    frigates = (stands["frigates"], "Denmark will send two frigates to the strait.")
    assert outcome(says(both, [sweden])) is Outcome.INCOMPLETE
    assert right(says(both, [sweden]))
    assert outcome(says(both, [sweden], [frigates])) is Outcome.RIGHT


@pytest.mark.parametrize(
    ("found", "expected", "rank"),
    [
        (("frigates", "harvest"), Outcome.RIGHT, 1),
        (("harvest", "frigates"), Outcome.NOT_FIRST, 2),
        (("harvest",), Outcome.NOT_FOUND, None),
    ],
)
def test_where_only_articles_are_judged_their_order_counts(
    says, refuses, stands: dict[str, Article], found: tuple[str, ...], expected, rank
) -> None:
    graded = replace(refuses, facets=(), relevant={"frigates": 2})
    record: Record = says(graded, found=[stands[each] for each in found])
    assert outcome(record) is expected
    assert gold_rank(record) == rank


def test_every_outcome_is_explained() -> None:
    assert set(MEANS) == set(Outcome)
