"""Countries by name and by demonym."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.countries import asks_for_countries, countries, mentions


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("L'Italie et la Pologne ont refusé.", {"IT", "PL"}),
        ("le refus italien d'envoyer des troupes", {"IT"}),
        ("L'Italien Georgia Meloni et le Polonais Donald Tusk", {"IT", "PL"}),
        ("Italy's prime minister and her Polish counterpart", {"IT", "PL"}),
        ("Italien und Polen schicken keine Soldaten", {"IT", "PL"}),
        ("Ni Italia ni Polonia enviarán soldados", {"IT", "PL"}),
        ("Il no italiano e quello polacco", {"IT", "PL"}),
        ("Włochy i Polska odmówiły", {"IT", "PL"}),
        ("Італія та Польща відмовилися", {"IT", "PL"}),
        ("رفضت إيطاليا وبولندا", {"IT"}),
        ("des troupes allemandes dans un pays voisin", {"DE"}),
        ("La Grande-Bretagne et les Etats-Unis", {"GB", "US"}),
        ("Great Britain and the United States", {"GB", "US"}),
        ("etats unis", {"US"}),
        ("Les troupes de théâtre ont refusé.", set()),
        ("Please polish the table, said the Mayor of Hull.", {"PL"}),  # a word is only a word
        ("", set()),
    ],
)
def test_a_country_is_known_by_any_of_its_names(text: str, codes: set[str]) -> None:
    assert countries(text) == codes


@given(st.text(max_size=200))
def test_any_text_names_some_countries_or_none(text: str) -> None:
    assert all(len(code) == 2 for code in countries(text))


@pytest.mark.parametrize(
    "question",
    [
        "which countries refuse to send troops?",
        "Quels pays refusent d'envoyer des troupes ?",
        "Welche Länder weigern sich?",
        "¿Qué países se niegan?",
        "Quali paesi rifiutano?",
        "Quali stati rifiutano?",
        "Quels États n'ont pas signé avec les États-Unis ?",
        "Which states won't send soldiers?",
        "Które kraje odmawiają?",
        "Які країни відмовляються?",
    ],
)
def test_a_question_for_countries_is_known(question: str) -> None:
    assert asks_for_countries(question)


@pytest.mark.parametrize(
    "question",
    [
        "Who refuses?",
        "Combien de soldats ?",
        "Wann beginnt es?",
        "Que disent les États-Unis ?",
        "Did the United States sign?",
        "Was tun die Vereinigten Staaten?",
        "Quando è stato scelto il sindaco?",
        "Quanti feriti sono stati portati via?",
    ],
)
def test_another_question_is_not(question: str) -> None:
    assert not asks_for_countries(question)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("L'Italie et la Pologne", ["Italie", "Pologne"]),
        ("Les États-Unis, puis le refus italien", ["États-Unis", "italien"]),
        ("Weder Polen noch die Vereinigten Staaten", ["Polen", "Vereinigten Staaten"]),
        ("personne", []),
    ],
)
def test_mentions_are_the_words_that_name_a_country(text: str, named: list[str]) -> None:
    assert [span.of(text) for _, span in mentions(text)] == named
