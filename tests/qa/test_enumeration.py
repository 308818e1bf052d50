"""Where one answer ends and the next begins."""

import pytest

from index.article import Span
from qa.enumeration import members


def cut(text: str, language: str) -> list[str]:
    return [each.of(text) for each in members(text, Span(0, len(text)), language)]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        (
            "fr",
            "les Dunes, la Cité-Neuve et le Vieux-Bassin",
            ["les Dunes", "la Cité-Neuve", "le Vieux-Bassin"],
        ),
        ("fr", "Luc Marrou ainsi que sa fille", ["Luc Marrou", "sa fille"]),
        ("en", "a broken cable, a strike, and fog", ["a broken cable", "a strike", "fog"]),
        ("en", "ships or planes", ["ships", "planes"]),
        ("de", "150 Freiwillige und 60 Soldaten", ["150 Freiwillige", "60 Soldaten"]),
        ("es", "Almendral, Pozo e Iriépal", ["Almendral", "Pozo", "Iriépal"]),
        ("it", "il Comune e una lotteria", ["il Comune", "una lotteria"]),
        ("pl", "spawaczy i elektryków", ["spawaczy", "elektryków"]),
        ("uk", "зварювальників та електриків", ["зварювальників", "електриків"]),
        ("fr", "une grève et des inondations", ["une grève", "des inondations"]),
        ("fr", "à Paris, à Lyon et à Marseille", ["à Paris", "à Lyon", "à Marseille"]),
        (
            "fr",
            "le ministre de la Défense et le Premier ministre",
            ["le ministre de la Défense", "le Premier ministre"],
        ),
        ("fr", "le maire de Lyon et la préfète", ["le maire de Lyon", "la préfète"]),
        ("fr", "Emmanuel Macron et de Villepin", ["Emmanuel Macron", "de Villepin"]),
        ("en", "40 soldiers and about 20 ships", ["40 soldiers", "about 20 ships"]),
        ("en", "Secretary Hegseth and Marco Rubio", ["Secretary Hegseth", "Marco Rubio"]),
        ("en", "the Prime Minister and the King", ["the Prime Minister", "the King"]),
        ("it", "Matteo Salvini e Di Maio", ["Matteo Salvini", "Di Maio"]),
        ("de", "Macron und von der Leyen", ["Macron", "von der Leyen"]),
        ("pl", "minister Sikorski i premier Tusk", ["minister Sikorski", "premier Tusk"]),
    ],
)
def test_each_member_is_an_answer(language: str, text: str, expected: list[str]) -> None:
    assert cut(text, language) == expected


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Valmorin"),
        ("fr", "Hélène Aubrac, maire de Valmorin"),  # an apposition
        ("fr", "Emmanuel Macron et le Premier ministre, Keir Starmer"),
        ("fr", "Paris et Londres et Rome"),
        ("fr", "3,2 millions d'euros"),
        ("fr", "et Valmorin"),
        ("fr", "Le ministre de l'Économie et des Finances"),
        ("fr", "Jean-Noël Barrot, ministre de l'Europe et des Affaires étrangères"),
        ("fr", "le ministre de l'Économie, des Finances et de la Souveraineté industrielle"),
        ("it", "il ministro degli Affari esteri e della Cooperazione"),
        ("en", "the Secretary of Health and Human Services"),
        ("en", "Minister for Education and the Arts"),
        ("en", "Procter and Gamble"),
        ("en", "Procter & Gamble"),
        ("en", "Bosnia and Herzegovina"),
        ("de", "Bundesminister für Wirtschaft und Klimaschutz"),
        ("de", "Bundesministerin der Justiz und für Verbraucherschutz"),
        ("es", "la ministra de Hacienda y Función Pública"),
        ("pl", "minister rozwoju i technologii"),
        ("uk", "міністр освіти і науки"),
        ("en", "the sandals"),  # "and" within a word
        ("en", "ships and everything else that the committee had ever asked for"),  # a clause
        ("zh", "北京和上海"),
        ("und", "one and two"),
        ("", "one and two"),
    ],
)
def test_anything_else_stays_whole(language: str, text: str) -> None:
    assert cut(text, language) == [text]
