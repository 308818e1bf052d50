"""Which sentences say the same, and what bears another out."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from index.article import Span
from qa.agreement import agreement, names_the_same, says_the_same
from qa.evidence import Evidence, evidence

Sentences = Any  # tests/qa/conftest.py


def said(
    sentences: Sentences, number: int, text: str, short: str, *, answers: float = 0.0
) -> Evidence:
    """A sentence of an article of its own, whose vector is like no other's."""
    record = sentences.passage(text, sentences.of([len(text)]), number)
    scored = replace(sentences.scored(record, 0, 1.0), vector=np.eye(9, dtype=np.float32)[number])
    start = text.index(short)
    place = Span(start, start + len(short)) if short else None
    return evidence(scored, score=1.0, signs={"answers": answers}, short=place)


@pytest.fixture
def oslo(sentences: Sentences) -> Evidence:
    return said(sentences, 0, "The talks take place in Oslo.", "Oslo")


def test_agreement_is_how_much_is_believed_of_the_surest_that_says_the_same(
    sentences: Sentences, oslo: Evidence
) -> None:
    unsure = said(sentences, 1, "They met at Oslo.", "Oslo", answers=-1.0)
    even = said(sentences, 2, "Oslo is where they meet.", "Oslo", answers=0.0)
    other = said(sentences, 3, "They meet in Rome.", "Rome", answers=4.0)
    assert agreement(oslo, [oslo, other]) == 0.0
    assert agreement(oslo, [oslo, unsure]) == pytest.approx(0.2689, abs=1e-4)
    assert agreement(oslo, [oslo, other, unsure, even]) == 0.5


def test_neither_the_article_itself_nor_a_copy_of_it_bears_it_out(
    sentences: Sentences, oslo: Evidence
) -> None:
    copy = said(sentences, 1, "The talks take place in Oslo.", "Oslo", answers=4.0)
    group = oslo.record.group
    copy = replace(copy, record=replace(copy.record, group=group))
    assert agreement(oslo, [oslo, oslo, copy]) == 0.0


def test_the_same_words_bear_each_other_out_without_a_short_answer(sentences: Sentences) -> None:
    one = said(sentences, 0, "Nobody came.", "")
    other = said(sentences, 1, "Nobody came!", "", answers=0.0)
    assert agreement(one, [one, other]) == 0.5


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("35", "35", True),
        ("Emmanuel Macron", "emmanuel macron", True),
        ("Élysée", "Elysee", True),
        ("italien", "L'Italie", True),
        ("Italy", "Włochy", True),
        ("L'Italie et la Pologne", "Poland and Italy", True),
        ("l'Italie", "l'Italie et la Pologne", False),
        ("in Italy", "Italien", True),
        ("300 soldats français", "500 soldats français", False),
        ("le président français Emmanuel Macron", "la ministre française Catherine Vautrin", False),
        ("American Airlines", "American troops", False),
        ("300 Français", "300 français", True),
        ("35", "27", False),
        ("", "", False),
        ("35", "", False),
    ],
)
def test_short_answers_are_the_same_by_their_words_or_their_countries(
    one: str, other: str, same: bool
) -> None:
    assert names_the_same(one, other) is same
    assert names_the_same(other, one) is same


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Emmanuel Macron", "le président français Emmanuel Macron", True),
        ("l'Italie", "Italien", True),
        ("l'Italie", "l'Italie et la Pologne", False),
        ("300 soldats français", "500 soldats français", False),
        ("12 soldats", "12 000 soldats", False),
        ("3 mars", "3 mars 2025", True),
    ],
)
def test_sentences_that_are_alike_say_the_same_unless_their_short_answers_differ(
    sentences: Sentences, one: str, other: str, same: bool
) -> None:
    here, there = said(sentences, 0, one, one), said(sentences, 1, other, other)
    there = replace(there, vector=here.vector)
    assert says_the_same(here, there) is same
    assert says_the_same(there, here) is same
