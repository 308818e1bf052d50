"""Names and numbers of a question that a text does not have."""

import pytest

from qa.names import left_out


@pytest.mark.parametrize(
    ("question", "language", "text", "share"),
    [
        ("How many soldiers will Japan send?", "en", "La France enverra des soldats.", 1.0),
        ("How many soldiers will Japan send?", "en", "Le Japon enverra des soldats.", 0.0),
        ("Скільки солдатів відправить Японія?", "uk", "Tokyo et le Japon réfléchissent.", 0.0),
        ("When did Tusk meet Merz?", "en", "Donald Tusk parle.", 0.5),
        ("who won", "en", "Nobody.", 0.0),
        ("What happened in 2026?", "en", "Une élection en 2025.", 1.0),
        ("Что сказала Мелони?", "ru", "Giorgia Meloni a refusé.", 0.0),  # another script
        ("Wann kommt der Zug nach Klintum?", "de", "Le train part.", 0.0),  # nouns are no names
        ("Where have the taps run dry since August?", "en", "À sec depuis l'été.", 0.0),  # a month
        ("Kiedy premier pojedzie do Kijowa?", "pl", "Il ira à Kiev en mai.", 0.0),  # CLDR knows it
        ("Who spoke in Warsaw?", "en", "A Moscou, le ministre a parlé.", 1.0),
        ("Що сталося у Варшаві?", "uk", "Un incendie à Varsovie.", 0.0),
        ("What did Starmer say?", "en", "Стармер виступив із промовою.", 0.0),  # another script
        ("Combien coûte le Klintumois ?", "fr", "Le bateau de Klintum.", 0.0),  # an ending
    ],
)
def test_what_is_left_out(question: str, language: str, text: str, share: float) -> None:
    assert left_out(question, language, text) == share
