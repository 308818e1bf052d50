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
        ("en", "the sandals"),  # "and" within a word
        ("en", "ships and everything else that the committee had ever asked for"),  # a clause
        ("zh", "北京和上海"),
        ("und", "one and two"),
        ("", "one and two"),
    ],
)
def test_anything_else_stays_whole(language: str, text: str) -> None:
    assert cut(text, language) == [text]
