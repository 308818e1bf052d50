import pytest

from index.load import text


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
