"""The table of function words is written as questions are cut into words."""

import pytest

from qa.function_words import FUNCTION_WORDS
from qa.wording import Wording

LANGUAGES = list(FUNCTION_WORDS)


def test_there_is_a_row_for_each_language_that_is_promised() -> None:
    assert LANGUAGES == ["fr", "en", "de", "es", "it"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_and_phrase_is_one_that_a_question_can_have(language: str) -> None:
    row = FUNCTION_WORDS[language]
    phrases = [*row.opening_phrases, *row.impersonal_phrases, *((word,) for word in row.all)]
    for phrase in phrases:
        assert [word.folded for word in Wording.of(" ".join(phrase)).words] == list(phrase)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_longest_opener_is_tried_first(language: str) -> None:
    lengths = [len(phrase) for phrase in FUNCTION_WORDS[language].opening_phrases]
    assert lengths == sorted(lengths, reverse=True)
    assert lengths[0] > 1


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("Combien de marins ont voté ?", "fr"),
        ("How many sailors have voted?", "en"),
        ("Wie viele Matrosen haben abgestimmt?", "de"),
        ("¿Cuántos marineros han votado?", "es"),
        ("Quanti marinai hanno votato?", "it"),
    ],
)
def test_the_small_words_of_a_question_tell_its_language(question: str, language: str) -> None:
    assert Wording.of(question).language == language


def test_what_no_row_tells_is_in_the_language_of_the_conversation() -> None:
    assert Wording.of("Polonia?", otherwise="es").language == "es"
    assert Wording.of("Когда?", otherwise="es").language == "ru"
