"""Plain text: stored as it is; its first line is the title where that is plainly a headline."""

import re

from index.load.admission import Reading
from index.load.metadata import Metadata

_LONGEST_HEADLINE = 150  # characters
_FEWEST_WORDS = 3  # "Publicité" and "Lire aussi" are no headlines
_HEADLINE = re.compile(r"\s*(\S[^\r\n]*)\r?\n[ \t]*\r?\n\s*\S")
_ENDS_A_SENTENCE = re.compile(r"[.!?…:;,。！？؟।][\s»”\"’')\]]*$")


def read(text: str) -> Reading:
    """Return the text whole, and its headline as title if it has one."""
    return Reading(text, Metadata.found(title=headline(text)))


def headline(text: str) -> str | None:
    """Return a short first line without a full stop that stands alone above the text."""
    match = _HEADLINE.match(text[: 4 * _LONGEST_HEADLINE])
    if match is None:
        return None
    line = match[1].strip()
    if len(line) > _LONGEST_HEADLINE or len(line.split()) < _FEWEST_WORDS:
        return None
    return None if _ENDS_A_SENTENCE.search(line) else line
