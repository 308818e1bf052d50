"""How far a quote reaches."""

import re

import pytest

from index.article import Span
from qa.context import LONGEST, points_back, understandable


def sentences(text: str) -> list[Span]:
    """One sentence a full stop; a closing guillemet belongs to the sentence before it."""
    return [Span(m.start(), m.end()) for m in re.finditer(r"[^.\s][^.]*\.(?: »)?", text)]


def quote(text: str, index: int, language: str = "fr") -> str:
    return understandable(text, sentences(text), index, language).of(text)


@pytest.mark.parametrize("opening", ["Il", "Elle", "Cette rencontre"])
def test_a_sentence_that_points_back_brings_the_one_before(opening: str) -> None:
    text = f"Un avis. La ministre a reçu le maire. {opening} a duré une heure. La suite."
    assert quote(text, 2) == f"La ministre a reçu le maire. {opening} a duré une heure."


@pytest.mark.parametrize("opening", ["Il faut", "Il y a", "Il s'agit d'"])
def test_an_impersonal_sentence_stands_alone(opening: str) -> None:
    text = f"La ministre a reçu le maire. {opening} deux navires."
    assert quote(text, 1) == f"{opening} deux navires."


def test_a_sentence_that_names_its_subject_stands_alone() -> None:
    assert quote("La ministre a parlé. Le maire a répondu.", 1) == "Le maire a répondu."


def test_the_first_sentence_has_none_before_it() -> None:
    assert quote("Il a parlé. Le maire a répondu.", 0) == "Il a parlé."


def test_a_pronoun_of_another_language_points_nowhere() -> None:
    assert points_back("She left.", "en")
    assert not points_back("She left.", "fr")
    assert not points_back("She left.", "und")


@pytest.mark.parametrize("index", [1, 2, 3])
def test_a_quotation_of_several_sentences_is_kept_whole(index: int) -> None:
    text = "Avant. « Nous irons. Nous verrons. Nous reviendrons. » Après."
    assert quote(text, index) == "« Nous irons. Nous verrons. Nous reviendrons. »"


def test_a_quotation_that_never_closes_leaves_the_sentence_as_it_is() -> None:
    assert quote("Avant. « Nous irons. Nous verrons.", 1) == "« Nous irons."


def test_a_quote_does_not_reach_over_words_that_were_left_out() -> None:
    text = "La ministre a parlé. Partager sur les réseaux Il a répondu."
    before = Span(0, text.index(" Partager"))
    after = Span(text.index("Il a"), len(text))
    assert understandable(text, [before, after], 1, "fr") == after


def test_a_quote_does_not_grow_longer_than_is_read() -> None:
    text = "La ministre " + "a parlé " * (LONGEST // 8) + "hier. Il a répondu."
    assert quote(text, 1) == "Il a répondu."
