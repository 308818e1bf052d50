"""Which names and numbers of a question a text leaves out.

A sentence that fits a question in everything but the name ("How many soldiers will Japan send?") is
what a wrong answer looks like. Countries are compared across languages, names and numbers by their
spelling, whatever their ending.
"""

import re
from collections.abc import Iterator

from index.words import fold, words
from qa.countries import countries

BEGINNING = 5  # letters by which names are compared: endings are inflected
# In German every noun has a capital letter.
_CAPITALS_SAY_NOTHING = frozenset({"de"})
_WORD = re.compile(r"\w+")


def left_out(question: str, language: str, text: str) -> float:
    """Return the share of the question's names, numbers and countries that ``text`` lacks.

    In [0, 1]; 0 where the question has none. ``language`` is the question's. A name in another
    script than the text's cannot be compared, and does not count.
    """
    told = set(words(text, language))
    latin = all(map(str.isascii, told))
    names = {name for name in _names(question, language) if name.isascii() or not latin}
    asked = countries(question)
    if not asked and not names:
        return 0.0
    beginnings = {word[:BEGINNING] for word in told}
    missing = len(asked - countries(text))
    missing += sum(name[:BEGINNING] not in beginnings for name in names)
    return missing / (len(asked) + len(names))


def _names(question: str, language: str) -> Iterator[str]:
    """Yield what is written with a digit or, past the first word, with a capital; folded."""
    capitals = language not in _CAPITALS_SAY_NOTHING
    for number, word in enumerate(_WORD.findall(question)):
        is_name = capitals and number and word[0].isupper() and len(word) > 1
        if (is_name or any(map(str.isdigit, word))) and not countries(word):
            yield fold(word)
