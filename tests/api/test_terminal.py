"""Screens: what is inert, how lines break, where a quote stands."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.text import Text

from api.terminal.citation import counted
from api.terminal.paragraph import broken, packed
from api.terminal.place import Place
from api.terminal.screen import columns, inert

BLANK_LINES = "Un titre\n\nPremier.\nSuite du premier.\n\n \nDeuxième.\n"
LINES = "\nPremier.\nDeuxième.\nTroisième.\n"


def test_white_space_becomes_one_space_but_french_no_break_spaces_stay() -> None:
    assert inert("  a\n\tb\u2028c  d\u202f!\xa0») ") == "a b c d\u202f!\xa0»)"


@given(st.text())
def test_nothing_that_a_terminal_obeys_comes_through(text: str) -> None:
    shown = inert(text)
    assert not any(ord(character) < 32 or 127 <= ord(character) < 160 for character in shown)
    shown.encode()  # no half of a surrogate pair


@example("\u1dc0")  # a mark without a letter
@given(st.text(alphabet=st.characters(exclude_categories=["C", "Z"]) | st.just(" ")))
def test_breaking_loses_nothing_but_spaces(text: str) -> None:
    lines = broken(Text(text), 20)
    assert "".join(line.plain for line in lines).replace(" ", "") == text.replace(" ", "")
    assert all(cell_len(line.plain) <= 20 for line in lines)


def test_a_line_never_ends_inside_a_guillemet() -> None:
    lines = broken(Text("Elle a bien dit : «\xa0oui, hier\xa0»"), 20)
    assert [line.plain for line in lines] == ["Elle a bien dit :", "«\xa0oui, hier\xa0»"]


def test_parts_share_a_line_while_they_fit() -> None:
    parts = ["Le Phare", "", "7 January 2026", "Un titre"]

    assert [line.plain for line in packed(parts, 80)] == ["   Le Phare · 7 January 2026 · Un titre"]
    assert [line.plain for line in packed(parts, 30)] == [
        "   Le Phare · 7 January 2026",
        "   Un titre",
    ]


@pytest.mark.parametrize(
    ("text", "words", "paragraph", "paragraphs"),
    [
        (BLANK_LINES, "Un titre", 1, 3),
        (BLANK_LINES, "Suite", 2, 3),
        (BLANK_LINES, "Deuxième", 3, 3),
        (LINES, "Premier", 1, 3),
        (LINES, "Troisième", 3, 3),
        ("Une seule ligne.", "seule", 1, 1),
    ],
)
def test_paragraphs_are_counted_as_a_reader_counts(
    text: str, words: str, paragraph: int, paragraphs: int
) -> None:
    assert Place.of(text, text.index(words)) == Place(paragraph=paragraph, paragraphs=paragraphs)


def test_only_one_column_of_a_table_is_shortened() -> None:
    rows = [("a-very-long-id", "Une longue histoire de bac"), ("b", "Court")]
    lines = columns(("ID", "TITLE"), rows, flexible=1, width=32)

    assert [line.plain for line in lines] == [
        "ID              TITLE",
        "a-very-long-id  Une longue hist…",
        "b               Court",
    ]


def test_a_column_without_a_value_is_left_out() -> None:
    lines = columns(("ID", "DATE", "TITLE"), [("a", "", "T")], flexible=2, width=80)
    assert [line.plain for line in lines] == ["ID  TITLE", "a   T"]


def test_numbers_come_with_their_noun() -> None:
    assert counted(1, "article") == "1 article"
    assert counted(2000, "article") == "2,000 articles"
