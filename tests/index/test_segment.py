"""Sentences as the press writes them, and passages of whole sentences."""

import re
from collections.abc import Sequence
from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.article import Span
from index.segment import group_passages, segment, split_sentences

# The sentences of each case, joined by one space, are the text.
CASES = {
    "titles and initials": (
        "fr",
        ["M. Dupont a vu Mme. Leroy et J.-P. Martin.", "Ils ont parlé du budget."],
    ),
    "a quotation with its speaker": (
        "fr",
        ["« Nous n'irons pas », a déclaré la ministre.", "Le vote est reporté."],
    ),
    "a question inside a short quotation": (
        "fr",
        ["« Qui paiera ? » a demandé le maire.", "Personne n'a répondu."],
    ),
    "a full stop inside guillemets": (
        "fr",
        ["« Nous avons gagné. »", "La salle a applaudi."],
    ),
    "spaces before the marks": ("fr", ["Pourquoi partir ?", "Rien ne presse !", "Il reste."]),
    "an abbreviation and a number": (
        "fr",
        ["Voir l'art. 12 du code, p. 34.", "Le tarif est de 3.5 euros."],
    ),
    "an omission": ("fr", ["Il hésite… puis il signe.", "Le contrat court."]),
    "English titles and states": (
        "en",
        ["Mr. Smith of the U.S. Senate met Dr. Jones.", "They agreed on 2.5 percent."],
    ),
    "German ordinals": (
        "de",
        ["Am 3. Oktober sprach Dr. Weber in Bonn.", "Der Saal war voll."],
    ),
    "Spanish marks that open": ("es", ["¿Quién pagará?", "¡Nadie!", "El Sr. López calló."]),
    "Italian": ("it", ["Il sig. Rossi ha firmato.", "La riunione è finita."]),
    "Russian": ("ru", ["Мост построили в 2019 г. и открыли весной.", "Он стоит на Неве."]),
    "Greek question mark": ("el", ["Ποιος θα πληρώσει;", "Κανείς δεν ξέρει."]),
    "Hindi": ("hi", ["पुल बंद है।", "लोग इंतज़ार कर रहे हैं।"]),
    "Arabic": ("ar", ["متى يفتح الجسر؟", "لا أحد يعرف."]),
    "an address of the web": ("en", ["Read it at www.example.org today.", "It is free."]),
}


@pytest.mark.parametrize(("language", "sentences"), CASES.values(), ids=CASES)
def test_a_text_is_cut_where_a_reader_would_cut_it(language: str, sentences: list[str]) -> None:
    assert split(" ".join(sentences), language) == sentences


def test_chinese_and_japanese_are_cut_without_spaces() -> None:
    assert split("大桥关闭了。谁来付钱？没有人知道。", "zh") == [
        "大桥关闭了。",
        "谁来付钱？",
        "没有人知道。",
    ]
    assert split("「はい。」と言った。橋は閉まった。", "ja") == [
        "「はい。」と言った。",
        "橋は閉まった。",
    ]


def test_a_paragraph_ends_a_sentence_without_a_full_stop() -> None:
    assert split("Le pont est fermé\n\nLes travaux durent.", "fr") == [
        "Le pont est fermé",
        "Les travaux durent.",
    ]


def test_no_sentence_reaches_from_one_span_into_another() -> None:
    text = "Le pont est fermé PUBLICITÉ jusqu'en mai."
    first, second = Span(0, 17), Span(28, len(text))
    assert [s.of(text) for s in split_sentences(text, [first, second], "fr")] == [
        "Le pont est fermé",
        "jusqu'en mai.",
    ]


def test_white_space_has_no_sentences_and_no_passages() -> None:
    text = " \n\t\u00a0\n\n"
    assert split(text) == []
    assert split_sentences(text, []) == ()
    assert segment(text, [Span(0, len(text))], words, budget=10) == ()


LANGUAGES = st.sampled_from(["fr", "en", "de", "es", "ja", "th", "und"])
FRAGMENTS = st.sampled_from(
    [
        *("M. ", "« ", " »", "“", "”", '"', "Il part", " ? ", ". ", "…", "\n", "\n\n", "。", "「"),
        *(
            "」",
            " etc. ",
            "3.5",
            "(",
            ")",
            "[1]",
            "\u00a0",
            "\u2028",
            "A. ",
            "un mot ",
            "—",
            "’",
            ";",
        ),
    ]
)
TEXTS = st.one_of(
    st.text(min_size=1, max_size=200),
    st.lists(FRAGMENTS, min_size=1, max_size=60).map("".join),
)


@settings(max_examples=150, deadline=None)
@given(TEXTS, LANGUAGES)
def test_sentences_are_in_order_disjoint_and_cover_every_visible_character(
    text: str, language: str
) -> None:
    sentences = split_sentences(text, [Span(0, len(text))], language)
    end = 0
    for sentence in sentences:
        assert end <= sentence.start < sentence.end <= len(text)
        assert not text[end : sentence.start].strip()
        assert sentence.of(text) == sentence.of(text).strip()
        end = sentence.end
    assert not text[end:].strip()


@settings(max_examples=100, deadline=None)
@given(TEXTS, st.integers(1, 30), st.integers(0, 2))
def test_passages_hold_whole_sentences_within_the_budget(
    text: str, budget: int, overlap: int
) -> None:
    sentences = split_sentences(text, [Span(0, len(text))])
    passages = group_passages(text, sentences, words, budget=budget, overlap=overlap)
    assert {s for passage in passages for s in passage.sentences} == set(sentences)
    for passage in passages:
        assert len(passage.sentences) == 1 or words([passage.span.of(text)])[0] <= budget


def test_a_sentence_above_the_budget_is_divided() -> None:
    text = "un mot, puis un autre, " * 40 + "et la fin."
    passages = segment(text, [Span(0, len(text))], words, budget=20)
    assert len(passages) > 1
    assert max(words([passage.span.of(text) for passage in passages])) <= 20


@pytest.mark.parametrize(("budget", "overlap"), [(0, 1), (10, -1)])
def test_a_budget_without_room_is_refused(budget: int, overlap: int) -> None:
    with pytest.raises(ValueError, match="budget"):
        segment("Un mot.", [Span(0, 7)], words, budget=budget, overlap=overlap)


@pytest.mark.parametrize("unit", ["a", "A. ", " ", "« ", '"'])
def test_a_megabyte_of_the_same_takes_seconds(unit: str) -> None:
    text = unit * (1_000_000 // len(unit))
    began = perf_counter()
    split_sentences(text, [Span(0, len(text))], "fr")
    assert perf_counter() - began < 10


def split(text: str, language: str = "und") -> list[str]:
    return [s.of(text) for s in split_sentences(text, [Span(0, len(text))], language)]


def words(texts: Sequence[str]) -> list[int]:
    return [len(re.findall(r"\w+|[^\w\s]", text)) for text in texts]
