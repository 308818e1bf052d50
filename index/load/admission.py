"""The gate that every article passes: what it lets through can be stored, cited and found."""

import re
from dataclasses import dataclass

from index.article import Article
from index.errors import ArticleError
from index.load.metadata import NOTHING_KNOWN, Metadata

MAX_CHARACTERS = 2_000_000  # some 700 pages of a book: more is an archive, not an article
_HALF_A_CHARACTER = re.compile(r"[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Reading:
    """A text as it will be stored, with what its source says of it."""

    text: str
    about: Metadata = NOTHING_KNOWN


def admit(reading: Reading, otherwise: str) -> Article:
    """Return the article, with the id ``otherwise`` where none was given.

    The text is kept exactly as it is, so that offsets are valid in the sender's copy too. Raises
    ArticleError for a text that is empty, too long, without a letter or not Unicode.
    """
    from index.language import detect_language

    check_text(reading.text)
    about = reading.about
    return Article(
        id=about.id or otherwise,
        text=reading.text,
        title=about.title,
        source=about.source,
        url=about.url,
        published=about.published,
        language=about.language or detect_language(reading.text),
    )


def check_text(text: str) -> None:
    """Raise ArticleError for a text that cannot be stored or holds nothing to cite."""
    if not text.strip():
        raise ArticleError("The text is empty.", remedy="Send the article's text.")
    if len(text) > MAX_CHARACTERS:
        raise ArticleError(
            f"The text has {len(text):,} characters; {MAX_CHARACTERS:,} is the most.",
            remedy="Split it into several articles.",
        )
    if half := _HALF_A_CHARACTER.search(text):
        raise ArticleError(
            f"The text holds half a character (an unpaired surrogate) at {half.start()}.",
            remedy="Decode the text correctly before it is sent.",
        )
    if not any(map(str.isalpha, text)):
        raise ArticleError(
            "The text holds no letters.", remedy="Send the words of the article, as text."
        )
