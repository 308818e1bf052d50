"""Where the words that somebody copied out of an article stand in it."""

import unicodedata
from collections.abc import Iterator

from eval.datasets.fault import Fault
from index.article import Article, Span
from index.clean import own_words

_QUOTES = dict.fromkeys("’‘ʼ`´", "'") | dict.fromkeys("“”„«»", '"')


def place_of(text: str, article: Article) -> Span | Fault:
    """Return where ``text`` stands in an article, if that can only be one place.

    Of several, the only one among the article's own words is meant: a paragraph that a page prints
    twice is quoted from the first.
    """
    if not text.strip():
        return Fault("A sentence is empty.", "Copy it from the article.")
    found = list(_occurrences(text, article.text))
    if len(found) > 1:
        own = own_words(article.text)
        inside = [f for f in found if any(o.start <= f.start and f.end <= o.end for o in own)]
        if len(inside) != 1:
            return Fault(
                f"{text!r} stands {len(found)} times in the article.",
                "Copy more words, from before it or after it, until it is one place.",
            )
        return inside[0]
    return found[0] if found else _missing(text, article.text)


def _occurrences(text: str, within: str) -> Iterator[Span]:
    start = within.find(text)
    while start >= 0:
        yield Span(start, start + len(text))
        start = within.find(text, start + 1)


def _missing(text: str, within: str) -> Fault:
    """Say that the words are not there, and how they are if only their signs differ."""
    start = _plain(within).find(_plain(text))
    if start < 0:
        remedy = "Copy it from the article as it is, every character."
    else:
        remedy = f"The article writes it so: {within[start : start + len(text)]!r}."
    return Fault(f"{text!r} does not stand in the article.", remedy)


def _plain(text: str) -> str:
    """Return the text without accents, capitals and typography; the length stays the same."""
    return "".join(map(_plain_character, text))


def _plain_character(character: str) -> str:
    if character.isspace():
        return " "
    base = unicodedata.normalize("NFD", _QUOTES.get(character, character))[0]
    lower = base.lower()
    return lower if len(lower) == 1 else base
