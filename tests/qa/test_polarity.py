"""Texts that say no."""

import pytest

from qa.polarity import asks_for_refusals, says_no


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Giorgia Meloni a réitéré le refus italien.", "fr"),
        ("Leurs pays ne fourniraient pas de troupes.", "fr"),
        ("La Suede n'en enverra aucun.", "fr"),
        ("Which countries won't send troops?", "en"),
        ("Welche Länder weigern sich?", "de"),
        ("Berlin lehnt das ab.", "de"),
        ("¿Qué países se niegan a enviar tropas?", "es"),
        ("Quali paesi rifiutano?", "it"),
        ("Które kraje odmawiają?", "pl"),
        ("Які країни відмовляються?", "uk"),
        ("ما هي الدول التي ترفض ذلك؟", "ar"),
    ],
)
def test_a_refusal_says_no(text: str, language: str) -> None:
    assert says_no(text, language)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("La France s'est déclarée prête à envoyer des troupes en mai.", "fr"),
        ("Which countries send troops?", "en"),
        ("Deutschland schickt im Mai Soldaten.", "de"),
        ("Elles seraient dans un pays voisin et non en Ukraine.", "fr"),
        ("", "fr"),
        ("Ei tule kysymykseen.", "fi"),  # no list
    ],
)
def test_anything_else_does_not(text: str, language: str) -> None:
    assert not says_no(text, language)


@pytest.mark.parametrize(
    ("text", "language", "refusing"),
    [
        ("which countries refuse to send troops?", "en", True),
        ("Welche Länder weigern sich?", "de", True),
        ("Who has not decided yet?", "en", False),  # says no, and asks for no refusal
        ("who said no to the plan", "en", True),
        ("Qui a dit non ?", "fr", True),
        ("Wer sagt Nein?", "de", True),
        ("Who said nothing?", "en", False),
        ("Quels pays enverront des troupes ?", "fr", False),
        ("Quels pays n'enverront pas de troupes ?", "fr", True),
        ("Pourquoi l'Italie refuse-t-elle ?", "fr", False),
        ("And why did Poland refuse?", "en", False),
        ("How many countries refused?", "en", False),
        ("¿Por qué se niega Polonia?", "es", False),
        ("Dlaczego Polska odmawia?", "pl", True),  # no list of its interrogatives
    ],
)
def test_a_question_for_refusals_is_known(text: str, language: str, refusing: bool) -> None:
    assert asks_for_refusals(text, language) is refusing
