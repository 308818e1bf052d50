"""Which words of a sentence are shown as its short answers."""

from typing import Any

import numpy as np
import pytest

from index.article import Span
from qa.joint import SentenceReading, SpanReading
from qa.retrieve import Question
from qa.short import asks_for_persons, asks_for_several, short_answers, whole_words
from qa.windows import Window

Sentences = Any  # tests/qa/conftest.py

TEXT = "Sweden sends ships. Norway refuses. Nobody else spoke."
TWO = "L'Italie et la Pologne ont refusé."


@pytest.fixture
def window(sentences: Sentences) -> Window:
    record = sentences.passage(TEXT, sentences.of([19, 15, 18]), 1)
    return Window(record=record, sentences=record.passage.sentences)


@pytest.fixture
def two(sentences: Sentences) -> Window:
    record = sentences.passage(TWO, sentences.of([len(TWO)]), 1, "fr")
    return Window(record=record, sentences=record.passage.sentences)


def reading(*spans: tuple[float, int, int]) -> SentenceReading:
    found = (SpanReading(logit=logit, span=Span(start, end)) for logit, start, end in spans)
    return SentenceReading(answers=3.0, relevant=3.0, spans=tuple(found))


def shown(question: str, window: Window, said: SentenceReading, language: str = "fr") -> list[str]:
    asked = Question(text=question, language=language, vector=np.zeros(2, np.float32))
    text = window.record.article.text
    return [span.of(text) for span in short_answers(asked, window, said)]


@pytest.mark.parametrize(
    ("start", "end", "short"),
    [
        (19, 26, "Norway"),  # a token begins with the space before it
        (20, 24, "Norway"),  # and may end inside of a word
        (22, 26, "Norway"),
        (20, 35, "Norway refuses"),  # a full stop is no part of an answer
        (19, 20, None),
    ],
)
def test_a_short_answer_is_made_of_whole_words(start: int, end: int, short: str | None) -> None:
    found = whole_words(TEXT, Span(start, end))
    assert (found and found.of(TEXT)) == short


@pytest.mark.parametrize(
    ("text", "number", "short"),
    [
        ("Some 7 % of them asked.", "7", "7 %"),
        ("Some 7\u202f%.", "7\u202f%.", "7\u202f%"),
        ("It was $40, or 38€.", "40", "$40"),
        ("It was $40, or 38€.", "38€.", "38€"),
        ("40 were there.", "40", "40"),
        ("A 40%", "40", "40%"),
        ("The profit % rose.", "profit", "profit"),
    ],
)
def test_a_number_has_the_sign_it_counts_in(text: str, number: str, short: str) -> None:
    start = text.index(number)
    found = whole_words(text, Span(start, start + len(number)))
    assert found is not None and found.of(text) == short


def test_a_short_answer_that_is_not_sure_is_not_shown(window: Window) -> None:
    assert shown("Who refuses?", window, reading((1.0, 20, 26))) == []
    assert shown("Who refuses?", window, reading((3.0, 20, 26))) == ["Norway"]
    assert shown("Who refuses?", window, reading()) == []


def test_only_who_asks_for_several_gets_more_than_one(window: Window) -> None:
    said = reading((5.0, 0, 6), (4.0, 13, 18), (2.5, 7, 12))
    assert shown("Who sends what?", window, said) == ["Sweden"]
    assert shown("What things are there?", window, said) == ["Sweden", "ships"]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Which towns said no?", ["Valmorin", "Lussagne"]),
        ("Who said no?", ["Valmorin", "Lussagne"]),
        ("What is the name of the firm?", ["Valmorin et Lussagne"]),
    ],
)
def test_an_enumeration_gives_each_of_its_members(
    sentences: Sentences, question: str, expected: list[str]
) -> None:
    text = "Valmorin et Lussagne ont dit non."
    record = sentences.passage(text, sentences.of([len(text)]), 1, "fr")
    window = Window(record=record, sentences=record.passage.sentences)
    assert shown(question, window, reading((5.0, 0, 20))) == expected


@pytest.mark.parametrize(
    "said",
    [
        reading((-1.0, 2, 22)),  # in one span
        reading((2.0, 14, 22), (-0.5, 0, 8)),  # in two
    ],
)
def test_each_country_that_is_asked_for_is_an_answer(two: Window, said: SentenceReading) -> None:
    assert sorted(shown("Welche Länder weigern sich?", two, said)) == ["Italie", "Pologne"]


def test_countries_of_one_span_stand_close_together(sentences: Sentences) -> None:
    text = "Le refus italien d'envoyer des troupes au sol, tandis que les États-Unis hésitent."
    record = sentences.passage(text, sentences.of([len(text)]), 1, "fr")
    window = Window(record=record, sentences=record.passage.sentences)
    assert shown("Quels pays refusent ?", window, reading((3.0, 0, 72))) == ["italien"]


def test_the_country_next_to_the_refusal_refuses(sentences: Sentences) -> None:
    text = "Les États-Unis ont pris note, dans un communiqué assez bref, du refus italien."
    record = sentences.passage(text, sentences.of([len(text)]), 1, "fr")
    window = Window(record=record, sentences=record.passage.sentences)
    said = reading((3.0, 4, 14), (2.5, 70, 77))
    assert shown("Quels pays refusent ?", window, said) == ["italien"]
    assert shown("Quels pays prennent note ?", window, said) == ["États-Unis"]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        (
            "L'Italie a exclu d'envoyer des troupes au sol, la Pologne ne fournira pas de soldats, "
            "l'Allemagne resterait chez un voisin de l'Ukraine.",
            ["Italie", "Pologne"],
        ),
        (
            "L'Italien Carla Neri et le Polonais Marek Wilk ont dit que leurs pays n'iraient pas.",
            ["Italien", "Polonais"],
        ),
        ("La Pologne ne fournira rien, ce qui n'engage pas la France.", ["Pologne"]),
        ("Cela n'a pas empeche la France de signer.", []),
    ],
)
def test_those_refuse_that_say_no(text: str, named: list[str], sentences: Sentences) -> None:
    record = sentences.passage(text, sentences.of([len(text)]), 1, "fr")
    window = Window(record=record, sentences=record.passage.sentences)
    assert shown("Quels pays refusent ?", window, reading((3.0, 2, min(50, len(text))))) == named


@pytest.mark.parametrize(("start", "end"), [(2, 9), (24, 32)])
def test_those_enumerated_refuse_together_though_the_span_has_one(
    start: int, end: int, sentences: Sentences
) -> None:
    text = "L'Italien Carla Neri et le Polonais Marek Wilk ont dit que leurs pays n'iraient pas."
    record = sentences.passage(text, sentences.of([len(text)]), 1, "fr")
    window = Window(record=record, sentences=record.passage.sentences)
    said = reading((3.0, start, end))
    assert shown("Quels pays refusent ?", window, said) == ["Italien", "Polonais"]
    assert len(shown("Quels pays ont parlé ?", window, said)) == 1


def test_a_country_of_the_question_is_no_answer(two: Window) -> None:
    said = reading((2.0, 2, 22))
    assert shown("Quels pays refusent avec l'Italie ?", two, said) == ["Pologne"]


def test_a_country_that_the_reader_passes_over_is_no_answer(two: Window) -> None:
    said = reading((2.0, 14, 22), (-9.0, 2, 8))
    assert shown("Quels pays ont parlé ?", two, said) == ["Pologne"]


@pytest.mark.parametrize(
    "question",
    [
        "Quels pays refusent ?",
        "Welche Länder weigern sich?",
        "¿Cuáles son?",
        "Quali Paesi?",
        "Which countries refuse?",
        "what cities are named",
        "Які країни?",
        "What reasons did she give?",
        "What causes did they name?",
        "What countries signed?",
        "Which other towns signed?",
        "Which people signed?",
        "Which women signed?",
        "In welchen Städten wurde demonstriert?",
        "In welchen Ländern wird gestreikt?",
        "Mit welchen Politikern sprach er?",
        "Welchen Ländern hilft die Union?",
    ],
)
def test_a_plural_asks_for_several(question: str) -> None:
    assert asks_for_several(question)


@pytest.mark.parametrize(
    "question",
    [
        "Quel pays refuse ?",
        "Which country sends it?",
        "What does it say?",
        "Wer?",
        "What is it?",
        "What causes inflation?",
        "What drives prices?",
        "What happens to the bridge?",
        "Which series won?",
        "What crisis is it?",
        "Welchen Minister hat er entlassen?",
        "Welchen Präsidenten hat er getroffen?",
        "Welchen Konzern kauft er?",
        "Für welchen Minister arbeitet sie?",
    ],
)
def test_a_singular_asks_for_one(question: str) -> None:
    assert not asks_for_several(question)


@pytest.mark.parametrize(
    ("language", "question"),
    [
        ("fr", "qui refuse d'envoyer des troupes"),
        ("fr", "Qui est-ce qui a signé ?"),
        ("fr", "À qui appartient le pont ?"),
        ("fr", "Et avec qui a-t-elle parlé ?"),
        ("fr", "C'est qui ?"),
        ("fr", "Le pont a été construit par qui ?"),
        ("fr", "Lors du sommet de Paris, qui a signé la déclaration ?"),
        ("fr", "Peux-tu me dire qui a signé ?"),
        ("en", "By whom was it signed?"),
        ("en", "At the summit, who signed?"),
        ("nl", "Wie heeft de wet ondertekend?"),
        ("pl", "Z kim spotkał się prezydent?"),
        ("pl", "Kogo wybrano na prezydenta?"),
        ("pl", "Komu przyznano nagrodę?"),
        ("uk", "Кого обрали президентом?"),
        ("ar", "من وقع على الاتفاق؟"),
    ],
)
def test_who_asks_for_persons(language: str, question: str) -> None:
    assert asks_for_persons(question, language)


@pytest.mark.parametrize(
    ("language", "question"),
    [
        ("fr", "Qu'est-ce qui a détruit le village ?"),
        ("fr", "Quand aura lieu la réunion qui doit décider ?"),
        ("fr", "Dans quelle ville est Macron, qui a signé ?"),
        ("en", "When did the man who signed it arrive?"),
        ("de", "Wie viele Soldaten kommen?"),
        ("en", "When did Kim Jong Un arrive?"),
        ("ar", "من أين جاءت السفينة؟"),
        ("it", "Che cosa è successo da qui?"),
    ],
)
def test_a_relative_pronoun_asks_for_no_persons(language: str, question: str) -> None:
    assert not asks_for_persons(question, language)


def test_the_office_of_one_person_is_one_answer(sentences: Sentences) -> None:
    text = "Le ministre de l'Économie et des Finances a annoncé la réforme."
    record = sentences.passage(text, sentences.of([len(text)]), 1, "fr")
    window = Window(record=record, sentences=record.passage.sentences)
    found = shown("Qui a annoncé la réforme ?", window, reading((5.0, 0, 41)))
    assert found == ["Le ministre de l'Économie et des Finances"]
