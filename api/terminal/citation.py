"""Whose words they are, and where in the article they stand."""

from datetime import date

from api.terminal.place import Place
from api.terminal.screen import inert


def byline(source: str | None, published: date | None, title: str | None) -> list[str]:
    """Return outlet, date and title, those that are known."""
    return [inert(each) for each in (source, spelled(published), title) if each]


def spelled(day: date | None) -> str | None:
    """Return a date in words: 7 January 2026."""
    return f"{day.day} {day:%B %Y}" if day else None


def position(start: int, end: int, text: str | None) -> list[str]:
    """Return the paragraph, if the article's text is given, and the characters."""
    characters = f"characters {start}–{end}"
    if text is None:
        return [characters]
    place = Place.of(text, start)
    share = percent(start / len(text))
    return [f"paragraph {place.paragraph} of {place.paragraphs}, {share} in", characters]


def counted(number: int, noun: str) -> str:
    """Return a number with its noun: 1 article, 2,000 articles."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def percent(share: float) -> str:
    """Return a share of 1 as a person writes it: 42 %."""
    return f"{100 * share:.0f}\N{NO-BREAK SPACE}%"
