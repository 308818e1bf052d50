"""Which language a text is in: short questions above all."""

import pytest

from index.language import detect_language

QUESTIONS = {
    "Pourquoi la grève a-t-elle duré ?": "fr",
    "Où est né le maire ?": "fr",
    "Who won the election?": "en",
    "¿Quién ganó las elecciones?": "es",
    "Wer hat die Wahl gewonnen?": "de",
    "Chi ha vinto le elezioni?": "it",
    "Quem ganhou as eleições?": "pt",
    "Кто выиграл выборы?": "ru",
    "谁赢得了选举?": "zh",
    "من فاز في الانتخابات؟": "ar",
}
ASCII_FRENCH = [
    "Qui est le president ?",
    "Quand le tunnel a-t-il ferme ?",
    "Combien de personnes ont manifeste a Lyon ?",
    "Le maire a annonce la fermeture de la piscine municipale cet ete.",
]


@pytest.mark.parametrize(("question", "language"), QUESTIONS.items())
def test_a_short_question_is_enough(question: str, language: str) -> None:
    assert detect_language(question) == language


@pytest.mark.parametrize("text", ASCII_FRENCH)
def test_french_is_known_without_its_accents(text: str) -> None:
    assert detect_language(text) == "fr"


def test_norwegian_has_the_name_that_the_press_uses() -> None:
    assert detect_language("Hvem vant valget i Norge i går?") == "nb"


@pytest.mark.parametrize("text", ["", "  \n", "123 ?!", "…"])
def test_a_text_without_letters_is_in_no_language(text: str) -> None:
    assert detect_language(text) == "und"


def test_the_answer_is_one_of_the_languages_asked_for() -> None:
    assert detect_language("Chi ha vinto le elezioni?", among=["fr", "es"]) in {"fr", "es"}
    assert detect_language("Who won the election?", among=["xx"]) == "en"


def test_one_call_does_not_change_the_next() -> None:
    detect_language("Who won the election?", among=["fr"])
    assert detect_language("Who won the election?") == "en"
