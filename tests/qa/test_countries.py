"""Countries by name and by demonym."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.asked_countries import asks_for_countries
from qa.countries import countries, mentions, nothing_but_countries


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
        ("رفضت إيطاليا وبولندا", {"IT", "PL"}),
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


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Turkey, the US and Britain", {"TR", "US", "GB"}),
        ("The U.S. refuses; he lives in the U.S.", {"US"}),
        ("EEUU y EE. UU.", {"US"}),
        ("США отказались", {"US"}),
        ("Nobody told us.", set()),
        ("Bosnia and Herzegovina", {"BA"}),
        ("Ivory Coast, the UAE, Palestine, Macedonia and Burma", {"CI", "AE", "PS", "MK", "MM"}),
        ("la RDC", {"CD"}),
        ("der ägyptische Präsident, il primo ministro libanese", {"EG", "LB"}),
        ("un soldat sud-africain et un Sénégalais", {"ZA", "SN"}),
        ("South African and South Korean troops", {"ZA", "KR"}),
        ("que dit la turquie à l'OTAN ?", {"TR"}),  # as one types
    ],
)
def test_a_country_is_known_as_news_calls_it(text: str, codes: set[str]) -> None:
    assert countries(text) == codes


@pytest.mark.parametrize(
    "text",
    [
        "La réunion du conseil a duré deux heures.",
        "family reunion",
        "Dominique de Villepin, Maurice Ravel et Mauricio Macri",
        "Katarzyna Nowak mówi",
        "Salvador Dalí vivió en Granada.",
        "New Jersey and New Mexico",
        "Latin America and South American voters",
        "on Christmas Island",
        "wszyscy mali chłopcy",
        "i mali del mondo",
        "фінансова допомога на фінал, польоти",
        "Пользователь того дня",
        "الوضع المالي والتركيز",
        "Unknown Region",
    ],
)
def test_what_is_spelt_like_a_country_is_none(text: str) -> None:
    assert countries(text) == set()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("South Sudan", "SS"),
        ("Papua New Guinea", "PG"),
        ("Guinée équatoriale", "GQ"),
        ("Northern Ireland", "GB"),
        ("nord-coréen", "KP"),
    ],
)
def test_the_longest_name_counts(text: str, code: str) -> None:
    assert countries(text) == {code}
    assert [(named, span.of(text)) for named, span in mentions(text)] == [(code, text)]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("w Polsce", "PL"),
        ("na Ukrainie", "UA"),
        ("prezydent Francji", "FR"),
        ("we Włoszech", "IT"),
        ("kanclerz Niemiec", "DE"),
        ("w Norwegii", "NO"),
        ("rząd Wielkiej Brytanii", "GB"),
        ("Stanów Zjednoczonych", "US"),
        ("Frankreichs Präsident", "FR"),
        ("die Truppen Großbritanniens", "GB"),
        ("президент Франції", "FR"),
        ("у Сполучених Штатах", "US"),
        ("в Польше", "PL"),
        ("وفرنسا", "FR"),
        ("للولايات المتحدة", "US"),
        ("الرئيس الفرنسي", "FR"),
        ("القوات الأمريكية", "US"),
    ],
)
def test_a_country_is_known_in_any_case(text: str, code: str) -> None:
    assert countries(text) == {code}


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("l'Italie et la Pologne", {"IT", "PL"}),
        ("in the U.S.", {"US"}),
        ("le président français Emmanuel Macron", set()),
        ("27 Français", set()),
    ],
)
def test_a_text_may_name_countries_and_nothing_else(text: str, codes: set[str]) -> None:
    assert nothing_but_countries(text) == codes


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
        "quels etats refusent",
        "welche laender weigern sich",
        "In welchen Ländern gilt das?",
        "W jakim kraju? W których krajach?",
        "У якій країні?",
        "В каких странах?",
        "¿Qué estados?",
        "Dans quels pays ?",
        "de quel pays",
        "Which other European countries refuse?",
        "Quels sont les autres pays ?",
        "How many countries signed?",
        "Combien d'États ont signé ?",
        "ما هي الدول التي ترفض؟",
        "Name the countries that refuse",
        "liste des pays qui refusent",
        "the countries that refuse",
        "pays refusant d'envoyer des troupes",
        "États",  # "quels États": one word of it
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
        "How many people fled the country?",
        "Who pays for the damage?",
        "How much land burned?",
        "What is the country's population?",
        "Combien de personnes ont quitté le pays ?",
        "Qui est le président du pays ?",
        "Quels chefs d'États ont refusé ?",
        "Le pays a-t-il refusé ?",
        "Que disent les pays de l'UE ?",
        "¿Qué dijo el país?",
        "Wie viele Menschen leben auf dem Land?",
        "Dove si trova il paese?",
        "Ile osób mieszka w kraju?",
        "Quale è stato il motivo?",
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
