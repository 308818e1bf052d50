"""Points, quotes and sources."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from index.article import Article
from qa.compose import guillemets, near_the_first
from qa.engine import Engine
from qa.evidence import Evidence, at_first_sight

Sentences = Any  # tests/qa/conftest.py

ASKED = "Who refused to send soldiers?"


def test_near_duplicates_count_as_one_source(
    engine: Engine, add: Callable[..., None], frigates: Article
) -> None:
    add(frigates, replace(frigates, id="copy", source="The Echo"))
    first = engine.ask(ASKED).points[0]
    assert len(first.quotes) == 2
    assert first.independent_sources == 1


def test_a_report_of_its_own_counts_as_a_second_source(
    engine: Engine, add: Callable[..., None], frigates: Article
) -> None:
    other = Article(
        id="other",
        text="Rain fell over Malmö for a week. Sweden refused to send soldiers. Trains ran late.",
        source="The Echo",
        language="en",
    )
    add(frigates, other)
    first = engine.ask(ASKED).points[0]
    assert {quote.text for quote in first.quotes} == {"Sweden refused to send soldiers."}
    assert (len(first.quotes), first.independent_sources) == (2, 2)


def test_citations_are_numbered_in_the_order_of_first_use(
    engine: Engine, add: Callable[..., None], frigates: Article
) -> None:
    add(frigates, replace(frigates, id="copy"))
    answer = engine.ask("Who will send frigates or soldiers?")
    numbers = [quote.citation for point in answer.points for quote in point.quotes]
    assert list(dict.fromkeys(numbers)) == [c.number for c in answer.citations]
    assert [c.number for c in answer.citations] == list(range(1, len(answer.citations) + 1))


def test_a_quote_brings_the_sentence_its_pronoun_stands_for(
    engine: Engine, add: Callable[..., None]
) -> None:
    text = "La ministre a reçu le maire. Cette rencontre portait sur les frégates. La mer monte."
    add(Article(id="m", text=text, language="fr"))
    answer = engine.ask("Sur quoi portait la rencontre, les frégates ?")
    assert answer.citations[0].text == (
        "La ministre a reçu le maire. Cette rencontre portait sur les frégates."
    )


def test_a_point_far_below_the_first_goes_unless_its_sentence_is_quoted_anyway(
    sentences: Sentences,
) -> None:
    def that(number: int, score: float) -> Evidence:
        return at_first_sight([sentences.scored(record, number, score)])[0]

    record = sentences.passage("One. Two. Three.", sentences.of([4, 4, 6]), 1)
    first = [that(0, 3.0), that(1, 0.0)]
    within, shared, far = [that(2, 1.5)], [that(1, 0.0)], [that(2, 1.4)]
    assert near_the_first([first, within, shared], 1.5) == [first, within, shared]
    assert near_the_first([first, shared, far], 1.5) == [first, shared]
    assert near_the_first([], 1.5) == []


@pytest.mark.parametrize(
    ("text", "set_off"),
    [
        ("« Nous irons. »", "« Nous irons. »"),
        ("« Oui », dit-il, « non »", "« « Oui », dit-il, « non » »"),
        ("Nous irons.", "« Nous irons. »"),
    ],
)
def test_guillemets_are_set_where_there_are_none_around_the_whole(text: str, set_off: str) -> None:
    assert guillemets(text) == set_off
