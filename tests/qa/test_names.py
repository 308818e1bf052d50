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
        ("What did NATO say?", "en", "L'OTAN a répondu.", 0.0),
        ("Was sagt die NATO?", "de", "L'ONU a répondu.", 1.0),
        ("What did the EU say?", "en", "L'Union européenne a répondu.", 0.0),
        ("Que dit l'Union européenne ?", "fr", "L’UE a répondu.", 0.0),
        ("What did the World Health Organization say?", "en", "L'OMS alerte.", 0.0),
        ("Що каже ЄС?", "uk", "L'UE a répondu.", 0.0),
        ("What did the UN say?", "en", "L'ONU a voté.", 0.0),
        ("What did the UN say?", "en", "Un homme a parlé.", 1.0),  # no capitals
        ("What did the IMF say?", "en", "Le FMI alerte.", 0.0),
        ("¿Qué dice EE. UU.?", "es", "Les États-Unis refusent.", 0.0),
        ("What did the United States say?", "en", "Les États-Unis refusent.", 0.0),
        ("Who said AI is bad?", "en", "Personne.", 0.0),
        ("WHO WON THE CUP?", "en", "Personne.", 0.0),  # nor is it the WHO
        ("What did Putin say?", "en", "Poutine parle.", 0.0),
        ("What did Putin say?", "en", "Le pouvoir parle.", 1.0),
        ("Co powiedział Zełenski?", "pl", "Zelensky a parlé.", 0.0),
        ("Wo war Bush? What did Bush say?", "en", "Le bus est en retard.", 1.0),
        ("Who sent 3,000 soldiers?", "en", "Paris a envoyé 3000 soldats.", 0.0),
        ("Who sent 3000 soldiers?", "en", "Paris a envoyé 3\u202f000 soldats.", 0.0),
        ("¿Quién envió 3.000 soldados?", "es", "Paris a envoyé 3 000 soldats.", 0.0),
        ("Who sent 30,000 soldiers?", "en", "Paris a envoyé 300 000 soldats.", 1.0),
        ("What about the 80th anniversary?", "en", "Le 80e anniversaire.", 0.0),
        ("Who met the G7?", "en", "7 ministres.", 1.0),
        ("Co sądzi prasa o Tusku?", "pl", "Donald Tusk parle.", 0.0),
        ("What does Tusk say?", "en", "Rozmawiał z Tuskiem.", 0.0),
        ("What did Anne say?", "en", "Années de guerre.", 1.0),  # no ending of a name
        ("A storm hit Lyon. How many died?", "en", "Une tempête à Lyon.", 0.0),
        ("What did Mr. Trump say?", "en", "Le maire parle.", 1.0),  # no end of a sentence
        ("What did the Prime Minister say?", "en", "Le premier ministre parle.", 0.0),
        ("What did Pope Leo say?", "en", "Le pape Leo parle.", 0.0),
    ],
)
def test_what_is_left_out(question: str, language: str, text: str, share: float) -> None:
    assert left_out(question, language, text) == share


def test_the_longest_number_of_a_question_does_no_harm() -> None:
    assert 0.0 <= left_out("9" * 5_000, "en", "Neuf.") <= 1.0
