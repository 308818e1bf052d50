"""Where in its article a quote stands, counted as a reader with the article counts."""

import re
from dataclasses import dataclass
from typing import Self

_BLANK_LINE = re.compile(r"\n[^\S\n]*\n\s*")
_LINE = re.compile(r"\n\s*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A position in a text, as a reader counts."""

    paragraph: int  # from 1
    paragraphs: int

    @classmethod
    def of(cls, text: str, start: int) -> Self:
        """Locate the character ``start``.

        Paragraphs are parted by blank lines or, in a text without any, by line feeds.
        """
        parting = _BLANK_LINE if _BLANK_LINE.search(text.strip()) else _LINE
        end_of_words = len(text.rstrip())
        first_word = len(text) - len(text.lstrip())
        partings = [
            gap.end() for gap in parting.finditer(text, first_word) if gap.end() < end_of_words
        ]
        return cls(
            paragraph=1 + sum(end <= start for end in partings),
            paragraphs=1 + len(partings),
        )
