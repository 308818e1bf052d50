"""Short answers are compared as SQuAD's script and MLQA's do, and in French and Italian too."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.measures.normalise import tokens


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        # What SQuAD's evaluation script, version 2.0, makes of them.
        ("en", "The Norman  dynasty", "norman dynasty"),
        ("en", "a 10th-century, U.S. king's", "10thcentury us kings"),
        ("en", "Theatre and an Ant", "theatre and ant"),
        ("en", "$1,000 (approx.)", "1000 approx"),
        # What MLQA's makes of them.
        ("de", "Die Stadt des Königs", "stadt königs"),
        ("es", "Los tres puertos de la costa", "tres puertos de costa"),
        ("vi", "Những cầu của làng", "cầu làng"),
        ("zh", "北京2008年奥运会。", "北 京 2008 年 奥 运 会"),
        # Our own: elisions, and languages that MLQA has not.
        ("fr", "L’École d'aviation qu'il a fondée", "école aviation il a fondée"),
        ("fr", "aujourd'hui, les deux digues du port", "aujourdhui deux digues port"),
        ("fr", "« Mme Le Guen »", "mme guen"),
        ("it", "L'isola dell'arcipelago e gli scogli", "isola arcipelago e scogli"),
        ("pt", "O porto e as ilhas", "porto e ilhas"),
        ("ar", "الميناء القديم، والجسر", "ميناء قديم والجسر"),
        ("pl", "Ministra Obrony, a nie premier", "ministra obrony a nie premier"),
        ("und", "The port", "the port"),
        ("ja", "東京タワー 333m", "東 京 タ ワ ー 333m"),
    ],
)
def test_a_short_answer_is_compared_by_these_words(language: str, text: str, expected: str) -> None:
    assert tokens(text, language) == expected.split()


def test_accents_count_unless_they_are_left_out() -> None:
    assert tokens("Brévane", "fr") != tokens("Brevane", "fr")
    assert tokens("Brévane", "fr", accents=False) == tokens("Brevane", "fr", accents=False)


def test_a_letter_and_its_accent_may_be_one_character_or_two() -> None:
    assert tokens("Bre\u0301vane", "fr") == tokens("Br\u00e9vane", "fr")


@given(st.text(max_size=40), st.sampled_from(["en", "fr", "zh", "und"]))
def test_punctuation_around_a_short_answer_never_counts(text: str, language: str) -> None:
    found = tokens(text, language)
    assert tokens(f"« {text} ! »", language) == found
    assert all(token.split() == [token] for token in found)
