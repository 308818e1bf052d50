import re
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import ArticleError, UnreadableError
from index.load import article_from_html, article_from_text
from index.load.admission import MAX_CHARACTERS

WORDS = "Le port de Kersaliou rouvre lundi matin, a annoncé la mairie de la ville."
MORE = "Le quai sud, lui, attendra mardi."
PAGE = f"""<!doctype html><html lang="fr"><head><title>Le port rouvre | Le Phare</title>
<meta property="og:title" content="Le port rouvre"><meta property="og:site_name" content="Le Phare">
<meta property="article:published_time" content="2025-03-04T18:30:00+01:00">
<link rel="canonical" href="https://phare.example/port"></head>
<body><nav><a href="/">Accueil</a></nav>
<article><p>{WORDS}</p><p>{MORE}</p></article></body></html>"""


def test_a_text_is_stored_to_the_letter() -> None:
    text = f"\n\t {WORDS}\r\n\u00a0e\u0301\u200b\n\n"
    assert article_from_text(text).text == text


def test_everything_given_is_kept() -> None:
    article = article_from_text(
        WORDS,
        id="p/1",
        title=" Le  port\nrouvre ",
        source="Le Phare",
        url="https://phare.example/port#suite",
        published="2026-01-07T23:30:00-05:00",
        language="FR-ca",
    )
    assert (article.id, article.title, article.source) == ("p/1", "Le port rouvre", "Le Phare")
    assert article.url == "https://phare.example/port#suite"
    assert (article.published, article.language) == (date(2026, 1, 7), "fr")


def test_what_is_not_given_is_told_from_the_text() -> None:
    article = article_from_text(WORDS)
    assert article.language == "fr"
    assert re.fullmatch(r"text-[0-9a-f]{16}", article.id)
    assert article.title is None
    assert article_from_text(WORDS).id == article.id
    assert article_from_text(f"{WORDS} ").id != article.id


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "empty"),
        (" \n\t", "empty"),
        ("\0\0\0", "no letters"),
        ("12.345 – 6 ¼ %", "no letters"),
        ("Un \ud83d port", "half a character"),
        ("a" * (MAX_CHARACTERS + 1), "2,000,001 characters"),
        (None, "NoneType"),
    ],
)
def test_a_text_that_cannot_be_stored_is_refused(text: str, reason: str) -> None:
    with pytest.raises(ArticleError, match=reason) as caught:
        article_from_text(text)
    assert caught.value.remedy


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("id", ""),
        ("id", "."),
        ("id", ".."),
        ("id", "a\nb"),
        ("id", "a\0b"),
        ("id", "a" * 513),
        ("id", "\ud800"),
        ("id", ["a"]),
        ("title", "\udfff"),
        ("title", "a" * 1001),
        ("source", {"name": "Le Phare"}),
        ("url", "phare.example/port"),
        ("url", "javascript:alert(1)"),
        ("url", "https://u:p@phare.example/"),
        ("url", "https://[phare.example/"),
        ("url", "https://phare.example:99999/"),
        ("url", "https://phare.example/a b"),
        ("published", "hier"),
        ("published", "07/01/2026"),
        ("published", "2026-02-30"),
        ("published", 20260107.5),
        ("language", "French"),
        ("language", "f"),
    ],
)
def test_a_field_that_cannot_be_kept_is_named(field: str, value: str) -> None:
    with pytest.raises(ArticleError, match=re.escape(field) if value != "." else "id") as caught:
        article_from_text(WORDS, **{field: value})
    assert caught.value.remedy


def test_a_date_that_is_none_is_told_how_to_be_one() -> None:
    with pytest.raises(ArticleError, match=r"published must be .* like 2026-01-07"):
        article_from_text(WORDS, published="le 7 janvier 2026")


@pytest.mark.parametrize(
    "published",
    [date(2026, 1, 7), datetime(2026, 1, 7, 23, 0), "2026-01-07", "2026-01-07T00:30:00Z"],
)
def test_dates_keep_the_day_they_name(published: date | str) -> None:
    assert article_from_text(WORDS, published=published).published == date(2026, 1, 7)


def test_what_is_given_wins_over_what_the_page_says() -> None:
    article = article_from_html(PAGE, title="Autre", published="2026-01-07")
    assert (article.title, article.published) == ("Autre", date(2026, 1, 7))
    assert (article.source, article.language) == ("Le Phare", "fr")
    assert article.url == "https://phare.example/port"
    assert article.id.startswith("phare.example-port-")
    assert article.text == f"{WORDS}\n{MORE}"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_a_page_is_read_in_any_encoding(encoding: str) -> None:
    assert article_from_html(PAGE.encode(encoding)).text == f"{WORDS}\n{MORE}"


def test_a_fragment_is_read_like_a_page() -> None:
    assert article_from_html(f"<p>{WORDS}</p><p>Fin.</p>").text == f"{WORDS}\nFin."


def test_html_without_text_is_refused() -> None:
    with pytest.raises(UnreadableError, match="no article text"):
        article_from_html("<html><body><script>var texte = 'caché'</script></body></html>")


@given(st.text(), st.text())
def test_any_text_is_stored_or_refused(text: str, field: str) -> None:
    try:
        article = article_from_text(text, id=field, title=field, url=field, published=field)
    except ArticleError:
        return
    assert article.text == text
