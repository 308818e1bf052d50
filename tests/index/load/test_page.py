from datetime import date

import pytest

from index.errors import UnreadableError
from index.load import page

WORDS = "Le port de Kersaliou rouvre lundi matin, a annoncé la mairie de la ville. "
PAGE = f"""<!doctype html><html lang="fr-FR"><head><title>Le port rouvre | Le Phare</title>
<meta property="og:title" content="Le port rouvre"><meta property="og:site_name" content="Le Phare">
<meta property="article:published_time" content="2025-03-04T18:30:00+01:00">
<link rel="canonical" href="https://phare.example/port?id=1"></head><body>
<nav><ul><li><a href="/">Accueil</a></li><li><a href="/mer">La mer</a></li></ul></nav>
<main><article><h1>Le port rouvre</h1><p>{WORDS * 3}</p>
<div class="share"><a href="#">Partager sur Facebook</a></div>
<ul><li>Le quai nord ouvre en premier.</li><li>Le quai sud attendra mardi.</li></ul>
<table><tr><td>Quai</td><td>12</td></tr></table>
<p>« Enfin ! »,<br>s'est réjoui <a href="/m">le maire</a>.</p></article>
<section class="comments"><p>Bravo à tous pour ce beau travail, vraiment.</p></section></main>
<footer>© Le Phare</footer></body></html>"""


def test_the_article_is_read_without_the_page_around_it() -> None:
    assert page.read(PAGE).text.splitlines() == [
        "Le port rouvre",
        (WORDS * 3).strip(),
        "Le quai nord ouvre en premier.",
        "Le quai sud attendra mardi.",
        "« Enfin ! »,",
        "s'est réjoui le maire.",
    ]


def test_a_page_says_what_it_is() -> None:
    about = page.read(PAGE, url="https://www.phare.example/port?id=1&utm_source=x").about
    assert (about.title, about.source, about.language) == ("Le port rouvre", "Le Phare", "fr")
    assert (about.published, about.url) == (date(2025, 3, 4), "https://phare.example/port?id=1")


@pytest.mark.parametrize("claimed", ["https://autre.example/port", "https://phare.example/"])
def test_an_address_that_is_not_the_articles_is_not_believed(claimed: str) -> None:
    html = PAGE.replace("https://phare.example/port?id=1", claimed)
    assert page.read(html, url="https://phare.example/b").about.url == "https://phare.example/b"


def test_the_language_of_a_template_is_not_believed() -> None:
    assert page.read(PAGE.replace("fr-FR", "en")).about.language is None


@pytest.mark.parametrize(
    ("head", "charset"),
    [
        (b'<meta charset="ISO-8859-1">', "iso-8859-1"),
        (b"<META http-equiv=Content-Type content='text/html; charset=utf-8'>", "utf-8"),
        (b'<?xml version="1.0" encoding="utf-8"?>', "utf-8"),
        (b"<p>charset=x</p>", None),
    ],
)
def test_a_page_declares_its_encoding(head: bytes, charset: str | None) -> None:
    assert page.charset(head) == charset


def test_a_text_with_lost_characters_is_refused() -> None:
    with pytest.raises(UnreadableError, match="characters of the page are lost"):
        page.read(PAGE.replace("mairie", "mair\ufffde"))


def test_a_very_short_article_is_an_article() -> None:
    html = "<html><body><div><p>Le port rouvre lundi.</p></div></body></html>"
    assert page.read(html).text == "Le port rouvre lundi."


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 100_000 + WORDS,
        "<div>" * 10_000 + WORDS,
        "<p><b><i>" * 100_000,
        "<p " + " ".join(f"a{number}" for number in range(100_000)),
        "<p>" + "<br>" * 200_000,
        "<!--" * 100_000,
        "<script" * 100_000,
        "<" * 200_000,
        "&" * 200_000,
        "\0" * 200_000,
        "<p '" * 100_000,
        "<p>" + "a" * 20_000_001,
        "",
    ],
)
def test_hostile_markup_is_read_or_refused(html: str) -> None:
    try:
        page.read(html)
    except UnreadableError as error:
        assert error.remedy
