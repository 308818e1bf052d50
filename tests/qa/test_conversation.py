"""What a follow-up is understood as: taken over from the conversation, or left as it stands."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.article import Article
from qa.answer import LONGEST_QUESTION, Turn
from qa.conversation import MOST_TURNS, understood
from qa.engine import Engine

SIGNED = "« Sir Keir Starmer and Emmanuel Macron signed a declaration of intent. » [1] « No. » [2]"


def after(*said: str, answer: str = "") -> list[Turn]:
    return [Turn(question=question, answer=answer) for question in said]


@pytest.mark.parametrize(
    ("before", "question", "meant"),
    [
        ("Will Italy send troops?", "what about Poland?", "Will Poland send troops?"),
        ("Will Italy send troops?", "And Giorgia Meloni?", "Will Giorgia Meloni send troops?"),
        ("What is the population of Tokyo?", "and Paris?", "What is the population of Paris?"),
        ("When did they meet in Paris?", "and in Berlin?", "When did they meet in Berlin?"),
        (
            "L'Italie enverra-t-elle des soldats ?",
            "Et la Belgique ?",
            "La Belgique enverra-t-elle des soldats ?",
        ),
        ("Combien de touristes en 2024 ?", "Et en 2025 ?", "Combien de touristes en 2025 ?"),
        ("Wann trafen sie sich in Paris?", "Und in Berlin?", "Wann trafen sie sich in Berlin?"),
        ("¿Enviará Italia soldados?", "¿y Polonia?", "¿Enviará Polonia soldados?"),
        ("L'Italia invierà soldati?", "E la Polonia?", "La Polonia invierà soldati?"),
        (
            "Combien d'habitants y a-t-il en Italie ?",
            "Et au Portugal ?",
            "Combien d'habitants y a-t-il au Portugal ?",
        ),
        (
            "Combien d'habitants y a-t-il en Italie ?",
            "Et aux Pays-Bas ?",
            "Combien d'habitants y a-t-il aux Pays-Bas ?",
        ),
        (
            "Quelle est la population du Portugal ?",
            "Et de l'Italie ?",
            "Quelle est la population de l'Italie ?",
        ),
        (
            "Quelle est la population de l'Italie ?",
            "Et le Portugal ?",
            "Quelle est la population du Portugal ?",
        ),
        (
            "Quanti soldati ci sono in Italia?",
            "E nel Regno Unito?",
            "Quanti soldati ci sono nel Regno Unito?",
        ),
    ],
)
def test_another_name_takes_the_place_of_the_one_that_was_asked_about(
    before: str, question: str, meant: str
) -> None:
    assert understood(question, after(before)) == meant


@pytest.mark.parametrize(
    ("before", "question", "meant"),
    [
        ("Where did the coalition meet?", "when?", "When did the coalition meet?"),
        ("Will Italy send troops?", "And when?", "When will Italy send troops?"),
        ("When does the ferry sail?", "At what times?", "At what times does the ferry sail?"),
        ("Où s'est tenu le sommet ?", "quand ?", "Quand s'est tenu le sommet ?"),
        (
            "Quand s'est tenu le sommet ?",
            "dans quelle ville ?",
            "Dans quelle ville s'est tenu le sommet ?",
        ),
        (
            "Wo wurde die Erklärung unterzeichnet?",
            "Und wann?",
            "Wann wurde die Erklärung unterzeichnet?",
        ),
        ("¿Dónde se reunió la coalición?", "¿Y cuándo?", "¿Cuándo se reunió la coalición?"),
        ("Dove si è riunita la coalizione?", "E quando?", "Quando si è riunita la coalizione?"),
    ],
)
def test_another_interrogative_takes_the_place_of_the_first(
    before: str, question: str, meant: str
) -> None:
    assert understood(question, after(before)) == meant


@pytest.mark.parametrize(
    ("before", "question", "meant"),
    [
        ("Who signed the declaration?", "when?", "when? — signed the declaration"),
        (
            "When did the summit take place?",
            "Where was it held?",
            "Where was it held? — summit take place",
        ),
        ("Which countries refuse?", "and Poland?", "Poland? — refuse"),
        ("Will France send troops?", "how many?", "how many? — France send troops"),
        (
            "Will France send troops?",
            "How many soldiers?",
            "How many soldiers? — France send troops",
        ),
        ("Qui gouverne l'Italie ?", "Et au Portugal ?", "au Portugal ? — gouverne l'Italie"),
        (
            "Quand a eu lieu l'accident ?",
            "Combien de morts ?",
            "Combien de morts ? — lieu l'accident",
        ),
        (
            "Qui dirigera la Banque des Rivages ?",
            "Et son salaire ?",
            "son salaire ? — dirigera la Banque des Rivages",
        ),
        (
            "Quels chefs d'État sont venus ?",
            "Combien y en avait-il ?",
            "Combien y en avait-il ? — chefs d'État sont venus",
        ),
        ("Welche Länder schicken Soldaten?", "Und Polen?", "Polen? — schicken Soldaten"),
        (
            "Que devient « The Net Menders » ?",
            "Pourquoi ?",
            "Pourquoi ? — devient « The Net Menders »",
        ),
    ],
)
def test_the_topic_follows_where_the_place_is_not_sure(
    before: str, question: str, meant: str
) -> None:
    assert understood(question, after(before)) == meant


@pytest.mark.parametrize(
    "question",
    [
        "Who won the 2026 World Cup?",
        "Why did Marco Rubio skip the meeting, and who came in his place?",
        "Is it true that the bridge of Kersaliou is closed to lorries?",
        "Y aura-t-il un bac pour remplacer le pont de Kersaliou ?",
        "Quels films ont été primés à Cannes cette année ?",
        "Pourquoi les contrôleurs aériens sont-ils en grève ?",
        "And who won the 2026 World Cup in Mexico?",
        "Wie viele Hitzepatienten kamen ins Krankenhaus von Valmorin?",
        "¿Quién presidirá el nuevo banco Banque des Rivages?",
        "Come si chiama la nave che collega Isola Serena?",
        "Кто подписал в Париже декларацию о намерениях?",
        "中国什么时候签署的声明?",
    ],
)
def test_a_question_on_another_subject_is_taken_as_it_stands(question: str) -> None:
    assert understood(question, after("Which countries refuse to send troops?")) is None


def test_without_a_history_every_question_is_taken_as_it_stands() -> None:
    assert understood("and Poland?", []) is None
    assert understood("when?", after("", "?!", " ")) is None


def test_a_follow_up_of_a_follow_up_goes_back_to_what_both_are_about() -> None:
    history = after("Will Italy send troops to Ukraine?", "what about Poland?")
    assert understood("And when?", history) == "When will Poland send troops to Ukraine?"


def test_a_pronoun_brings_the_names_of_the_answer_where_the_question_has_none() -> None:
    history = after("Who signed in Paris?", answer=SIGNED)
    meant = understood("What did they promise?", history)
    assert meant == "What did they promise? — signed in Paris (Sir Keir Starmer, Emmanuel Macron)"
    named = after("Did Councillor Thrale come?", answer=SIGNED)
    assert understood("What did he say?", named) == "What did he say? — Councillor Thrale come"


def test_an_answer_whose_quotation_never_closes_is_looked_at_as_a_whole() -> None:
    history = after("Who was elected in Paris?", answer="« It was Emmanuel Macron." + " " * 1_900)
    assert understood("Who is he?", history) == "Who is he? — elected in Paris (Emmanuel Macron)"


def test_only_the_latest_turns_are_looked_back_at() -> None:
    forgotten, kept = after("Who signed the declaration?"), after(*["why?"] * MOST_TURNS)
    assert "declaration" not in (understood("when?", [*forgotten, *kept]) or "")
    assert understood("when?", [*forgotten, *kept[1:]]) == "When? — signed the declaration"


def test_a_turn_that_says_nothing_is_passed_over() -> None:
    history = [*after("Where did the coalition meet?"), *after("", " ", "?!", "x" * 2_001)]
    assert understood("when?", history) == "When did the coalition meet?"


PIECES = """
    and|what about|Poland|when|?|l'Italie|Et|il|qui|—|«|»|(|)|¿|Paris|2025|déclaré|in|wo|of|-t-il
"""
TEXTS = st.text(max_size=60) | st.lists(
    st.sampled_from(PIECES.strip().split("|")), max_size=12
).map(" ".join)
TURNS = st.builds(Turn, question=TEXTS, answer=TEXTS)


@settings(deadline=None)  # the first call loads the model of languages
@given(question=TEXTS, history=st.lists(TURNS, max_size=9))
def test_no_history_of_any_text_makes_a_question_fail(question: str, history: list[Turn]) -> None:
    meant = understood(question, history)
    assert meant is None or len(meant) <= LONGEST_QUESTION
    assert meant == understood(question, history)


@settings(deadline=None, max_examples=40)
@given(words=st.integers(1, 40), turns=st.integers(1, 12), length=st.integers(1, 2_000))
def test_a_question_never_gets_longer_than_the_embedder_takes(
    words: int, turns: int, length: int
) -> None:
    long = ("é" * length + " ") * words
    history = after(*[long[:LONGEST_QUESTION]] * turns, answer=long)
    for question in ("and when?", "and " + long[: LONGEST_QUESTION - 4], "what did he say?"):
        meant = understood(question, history)
        assert meant is None or len(meant) <= LONGEST_QUESTION


def test_unpaired_surrogates_of_a_history_are_not_taken_over() -> None:
    history = after("Who signed the \ud800declaration?", answer="« \udfff Macron »")
    assert understood("when?", history) == "when? — signed the declaration"


def test_an_answer_says_how_a_follow_up_was_understood(
    engine: Engine, add: Any, frigates: Article, harvest: Article
) -> None:
    add(frigates, harvest)
    history = after("Did Denmark refuse to send soldiers?")
    answer = engine.ask("and Sweden?", history=history)
    assert (answer.question, answer.understood_as) == (
        "and Sweden?",
        "Did Sweden refuse to send soldiers?",
    )
    assert answer.points[0].quotes[0].text == "Sweden refused to send soldiers."
    in_full = engine.ask("Did Sweden refuse to send soldiers?", history=history)
    assert in_full.understood_as is None
    assert (in_full.points, in_full.confidence) == (answer.points, answer.confidence)
