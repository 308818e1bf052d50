from pathlib import Path

import pytest

from index.load import Unread, load, text
from index.load.admission import MAX_CHARACTERS


def test_a_short_line_above_the_text_is_its_title() -> None:
    reading = text.read("  Le port rouvre lundi\r\n\r\nLa mairie l'a annoncé.\n")
    assert reading.about.title == "Le port rouvre lundi"
    assert reading.text.startswith("  Le port rouvre lundi\r\n")


@pytest.mark.parametrize(
    "beginning",
    [
        "Le port rouvre lundi.\n\nLa mairie",
        "Le port rouvre-t-il lundi ?\n\nLa mairie",
        "« Le port rouvre. »\n\nLa mairie",
        "Le port rouvre lundi\nLa mairie",
        "Publicité\n\nLa mairie",
        f"{'Le port rouvre ' * 20}\n\nLa mairie",
        "Le port rouvre lundi\n\n",
        "",
    ],
)
def test_a_first_line_that_is_no_headline_is_no_title(beginning: str) -> None:
    assert text.read(beginning).about.title is None


def test_a_file_that_no_encoding_makes_an_article_of_is_not_read_whole(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"Le port rouvre. " * (MAX_CHARACTERS // 3))
    (tmp_path / "b.txt").write_text("Le port rouvre. " * (MAX_CHARACTERS // 16), "utf-32")
    refused, article = load(tmp_path)
    assert isinstance(refused, Unread)
    assert "It has over 8,000,004 bytes. Split it into several articles." in str(refused.error)
    assert not isinstance(article, Unread)
    assert len(article.text) == MAX_CHARACTERS
