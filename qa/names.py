"""Which names and numbers of a question a text leaves out.

A sentence that fits a question in everything but the name ("How many soldiers will Japan send?") is
what a wrong answer looks like; and of what no article names, none can tell. Countries are compared
across languages, and so are the cities that the Unicode CLDR knows (through Babel): those that give
time zones their names. Other names and numbers are compared by their spelling, whatever their
ending.
"""

import re
from collections.abc import Collection, Iterator
from functools import cache

from index.words import fold, words
from qa.countries import LANGUAGES, asks_for_countries, countries

BEGINNING = 5  # letters by which names are compared: endings are inflected
# In German every noun has a capital letter.
_CAPITALS_SAY_NOTHING = frozenset({"de"})
_ARTICLES = frozenset({"le", "la", "il", "el", "al"})
_WORD = re.compile(r"\w+")


def left_out(question: str, language: str, text: str) -> float:
    """Return the share of the question's names, numbers and countries that ``text`` lacks.

    In [0, 1]; 0 where the question has none. ``language`` is the question's. A name in another
    script than the text's cannot be compared, and does not count.
    """
    asked, names = countries(question), set(_names(question, language))
    if not asked and not names:
        return 0.0
    told = set(words(text, language))
    names = {name for name in names if _can_be_compared(name, told)}
    if not asked and not names:
        return 0.0
    beginnings = {word[:BEGINNING] for word in told}
    missing = len(asked - countries(text)) if asked else 0
    missing += sum(_spellings(name).isdisjoint(beginnings) for name in names)
    return missing / (len(asked) + len(names))


def _names(question: str, language: str) -> Iterator[str]:
    """Yield the beginning of what is written with a digit or, past the first word, with a capital.

    Months and days of the week are no names, though English writes them like some.
    """
    capitals = language not in _CAPITALS_SAY_NOTHING
    for number, word in enumerate(_WORD.findall(question)):
        is_name = capitals and number and word[0].isupper() and len(word) > 1
        if is_name or any(map(str.isdigit, word)):
            if countries(word) or asks_for_countries(word):  # "Quels États …?"
                continue
            folded = fold(word)
            if folded not in _dates(language):
                yield folded[:BEGINNING]


def _can_be_compared(name: str, told: Collection[str]) -> bool:
    """Whether a name is known in other scripts, or one word in five is written in its own."""
    alike = sum(word.isascii() == name.isascii() for word in told)
    return 5 * alike >= len(told) or len(_spellings(name)) > 1


def _spellings(name: str) -> frozenset[str]:
    """Return the beginnings of a name in all languages, as far as it is known in others."""
    return _cities().get(name, frozenset({name}))


@cache
def _cities() -> dict[str, frozenset[str]]:
    """Return the beginnings of a city's names, by each of them."""
    from babel import Locale

    found: dict[str, set[str]] = {}
    for language in LANGUAGES:
        for zone, known in Locale(language).time_zones.items():
            for name in (known.get("city", ""), zone.rpartition("/")[2].replace("_", " ")):
                parts = words(name, language)
                if len(parts) == 1 or (len(parts) == 2 and parts[0] in _ARTICLES):
                    found.setdefault(zone, set()).add(parts[-1][:BEGINNING])
    return {name: frozenset(names) for names in found.values() for name in names}


@cache
def _dates(language: str) -> frozenset[str]:
    """Return the names of months and days of the week, folded; none for an unknown language."""
    from babel import Locale, UnknownLocaleError

    try:
        locale = Locale(language)
    except (UnknownLocaleError, ValueError):
        return frozenset()
    named = (*locale.months["format"]["wide"].values(), *locale.days["format"]["wide"].values())
    return frozenset(map(fold, named))
