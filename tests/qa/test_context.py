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


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("it", "Il suo portavoce ha smentito."),
        ("it", "Questa decisione ha diviso il governo."),
        ("pt", "O seu gabinete confirmou a visita."),
        ("nl", "Hij voegde eraan toe dat het kabinet aftreedt."),
        ("uk", "Він додав, що переговори тривають."),
        ("ru", "Она отметила, что решение принято."),
        ("ar", "هذا القرار أثار جدلا واسعا."),
        ("pl", "Ona odmówiła komentarza."),
        ("fr", "Ce soir-là, la ministre était à Paris."),
        ("fr", "Cette fois, la ministre a refusé."),
        ("fr", "Ces années ont été difficiles."),
        ("fr", "Ces 3 ministres ont refusé."),
        ("en", "That week, ministers met in Paris."),
        ("en", "This weekly paper was founded in 1920."),
        ("de", "Dieser Vorschlag wurde abgelehnt."),
        ("es", "Este acuerdo fue firmado en París."),
    ],
)
def test_a_word_that_stands_for_something_said_before_points_back(
    language: str, sentence: str
) -> None:
    assert points_back(sentence, language)


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("it", "Il governo ha approvato la legge."),
        ("it", "La surreale seduta è durata un'ora."),
        ("nl", "Het kabinet heeft besloten."),
        ("uk", "Та уряд не погодився."),
        ("uk", "Уряд ухвалив рішення."),
        ("en", "This week, ministers met in Paris."),
        ("en", "This year's budget was voted on Monday."),
        ("en", "These days few people read it."),
        ("fr", "Ce mardi, la ministre a reçu le maire."),
        ("fr", "Ce 3 mars, la ministre a reçu le maire."),
        ("fr", "Cette semaine, la ministre a reçu le maire."),
        ("fr", "Cette année la récolte est mauvaise."),
        ("fr", "Ce matin, la ministre a reçu le maire."),
        ("fr", "Ces derniers jours, la ministre a reçu le maire."),
        ("de", "Diese Woche tagt der Bundestag."),
        ("de", "Dieses Jahr ist die Ernte schlecht."),
        ("es", "Esta semana se reúne el Congreso."),
        ("es", "Este lunes, el ministro viajó a París."),
        ("it", "Questa settimana il governo si riunisce."),
        ("pt", "Esta terça-feira, o ministro viajou."),
        ("nl", "Deze week vergadert het kabinet."),
        ("uk", "Цей тиждень буде вирішальним."),
        ("ru", "Этот год был трудным."),
        ("ar", "هذا الأسبوع يجتمع الوزراء."),
    ],
)
def test_an_article_or_a_time_told_from_today_points_nowhere(language: str, sentence: str) -> None:
    assert not points_back(sentence, language)


@pytest.mark.parametrize(
    ("opening", "closing"), [("«", "»"), ("“", "”"), ("„", "“"), ("„", "”"), ("(", ")")]
)
def test_every_language_s_quotation_marks_open_and_close(opening: str, closing: str) -> None:
    whole = f"{opening}Nie wyślemy żołnierzy{closing} – powiedział Tusk."
    text = f"Avant. {whole} Po. {opening}Nie wyślemy. Nigdy{closing}."
    assert quote(text, 1, "pl") == whole
    assert quote(text, 3, "pl") == f"{opening}Nie wyślemy. Nigdy{closing}."


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
