"""The language of a text of a question set: told, or detected."""

from collections.abc import Collection

from index.language import COMMON_LANGUAGES, detect_language


def of_article(text: str, told: str | None) -> str:
    """Return the language that was told for the whole set, or the one the text is in."""
    return told or detect_language(text)


def of_question(text: str, told: str | None, *, articles: Collection[str]) -> str:
    """Return the same for a question, which is short: only likely languages are considered.

    ``articles`` are the languages of the articles it is asked of.
    """
    return told or detect_language(text, among={*articles, *COMMON_LANGUAGES})
