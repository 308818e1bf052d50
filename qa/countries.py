"""Which countries a text names, by name or by demonym, whatever the language.

The names are those of the Unicode CLDR, through Babel, and those of ``qa.country_names``. Where one
name holds another, the longer counts: South Sudan is not Sudan.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from index.article import Span
from index.words import MARKS, fold, folded_set
from qa.country_names import (
    ABBREVIATIONS,
    ARABIC_DEMONYMS,
    ARABIC_ENDINGS,
    CASES,
    COMMON_WORDS,
    DEMONYMS,
    FIRST_NAMES,
    LEFT_OUT,
    NAMES,
    NO_COUNTRIES,
    OTHER_WORDS,
    SLAVIC,
    TWO_WORDS,
)

LANGUAGES = ("fr", "en", "de", "es", "it", "pt", "nl", "pl", "uk", "ru", "ar")


_ARABIC = re.compile("[\u0621-\u064a]")
_WORD = re.compile(
    r"\b(?:(?:[A-ZА-ЯІЇЄ]{1,2}\.)+[A-ZА-ЯІЇЄ]{1,2}\b\.?|EE\. ?UU\b\.?)"  # U.S., EE. UU.
    rf"|[^\W_]+(?:[{MARKS}]+[^\W_]*)*"
)
_SHORTEST = 3  # letters of a beginning
# What may stand beside the country in a text that says nothing else, accents folded.
_SMALL_WORDS = folded_set(
    "the a an of in from by and le la les l d de du des au aux en et par un une der die das den "
    "dem ein eine im aus von durch und el los las del al y e por desde il lo gli i dei delle della "
    "degli di dal dalla dall nel nella o os as do da dos em het een van uit w we z ze i та і й у в "
    "с и و"
)


class _Name(NamedTuple):
    """What a name is after its first word."""

    further: tuple[str, ...]  # folded
    code: str | None  # None for what is no country
    capital: int | None  # which word needs one; None where lower case will do
    always: bool = False  # even in a text that writes none


def countries(text: str) -> frozenset[str]:
    """Return the ISO 3166-1 codes of the countries that a text names."""
    return frozenset([code for code, _ in mentions(text)])


def mentions(text: str) -> Iterator[tuple[str, Span]]:
    """Yield each country that a text names and where, in the order of the text.

    A name needs its capital unless the text writes none: "que dit l'italie ?"
    """
    found = list(_WORD.finditer(text))
    free = 0  # the first word that belongs to no mention
    for at, match in enumerate(found):
        if at < free or (named := _named_by(match[0])) is None:
            continue
        for name in named:
            last = at + len(name.further)
            if _stands_at(found, at, name):
                if name.code is not None:
                    yield name.code, Span(match.start(), found[last].end())
                free = last + 1
                break


@lru_cache(maxsize=1_000)  # short answers are compared with one another
def nothing_but_countries(text: str) -> frozenset[str]:
    """Return the countries of a text that says nothing else: "l'Italie", not "le pape italien"."""
    alone = _SMALL_WORDS.issuperset(words_beside_countries(text))
    return countries(text) if alone else frozenset()


def words_beside_countries(text: str) -> list[str]:
    """Return the words of a text, folded, without the countries that it names."""
    for _, span in reversed(list(mentions(text))):
        text = f"{text[: span.start]} {text[span.end :]}"
    return _folded_words(text)


def _stands_at(found: Sequence[re.Match[str]], at: int, name: _Name) -> bool:
    """Whether a name that begins like a word goes on like the words after it."""
    if at + len(name.further) >= len(found):
        return False
    if any(_folded(found[at + n][0]) != further for n, further in enumerate(name.further, start=1)):
        return False
    if name.capital is None or not _is_lower(found[at + name.capital][0]):
        return True
    return not name.always and not any(map(_is_capitalised, (word[0] for word in found[1:])))


def _is_lower(word: str) -> bool:
    return word[0].islower()


def _is_capitalised(word: str) -> bool:
    """Whether a word has a capital and then small letters, unlike NATO."""
    return word[0].isupper() and not word.isupper()


def _folded_words(text: str) -> list[str]:
    return [_folded(match[0]) for match in _WORD.finditer(text)]


@lru_cache(maxsize=50_000)  # a text has the same words again and again
def _folded(word: str) -> str:
    return fold(word)


@lru_cache(maxsize=50_000)
def _named_by(word: str) -> tuple[_Name, ...] | None:
    """Return what may be named from a word on, the longest first; None for nearly all words."""
    names, beginnings = _table()
    found = [name for form in _forms(word) for name in names.get(form, ())]
    letters = "".join(filter(str.isalnum, word))
    if code := _abbreviations().get(letters) or _by_beginning(_folded(word), beginnings):
        found.append(_Name((), code, None))
    found.sort(key=lambda name: -len(name.further))  # stable: a name goes before a beginning
    return tuple(found) or None


def _forms(word: str) -> list[str]:
    """Return a word folded, and in Arabic without what is written in one with it as well."""
    folded = _folded(word)
    if not _ARABIC.match(folded):
        return [folded]
    forms = [folded, folded[1:]] if folded[0] in "وف" else [folded]  # and, so
    for form in tuple(forms):
        if form.startswith("لل"):  # for the
            forms.append(f"ال{form[2:]}")
        elif form.startswith(("ب", "ل", "ك")):  # in, for, like
            forms.append(form[1:])
    return forms


def _by_beginning(word: str, beginnings: dict[str, str]) -> str | None:
    for length in range(len(word), _SHORTEST - 1, -1):
        if code := beginnings.get(word[:length]):
            return code
    return None


@cache
def _abbreviations() -> dict[str, str]:
    return {short: code for code, row in ABBREVIATIONS.items() for short in row.split()}


@cache
def _table() -> tuple[dict[str, list[_Name]], dict[str, str]]:
    """Return the names by their first word, and the countries by the beginnings of demonyms."""
    known: dict[tuple[str, ...], _Name] = {}
    for name, code in _listed():  # what comes first counts
        key = tuple(_folded_words(name))
        if len(key) != 1 or key[0] not in FIRST_NAMES | OTHER_WORDS:
            known.setdefault(key, _as_name(name, code))
    names: dict[str, list[_Name]] = {}
    for key, named in known.items():
        names.setdefault(key[0], []).append(named)
    beginnings = {
        fold(entry): code
        for code, row in DEMONYMS.items()
        for entry in row.split()
        if not entry.startswith("=")
    }
    return names, beginnings


def _as_name(name: str, code: str | None) -> _Name:
    """Return a name with the word of it that needs a capital: the longest of those that have one.

    "La Réunion" is an island, « la réunion » a meeting.
    """
    first, *further = words = [match[0] for match in _WORD.finditer(name)]
    capitals = [n for n, word in enumerate(words) if not _is_lower(word)]
    longest = max(capitals, key=lambda n: len(words[n]), default=None)
    always = not further and fold(first) in COMMON_WORDS
    return _Name(tuple(map(fold, further)), code, longest, always)


def _listed() -> Iterator[tuple[str, str | None]]:
    """Yield all names of more than a beginning, each with its country, None for what is none."""
    yield from ((name, None) for name in NO_COUNTRIES)
    for code, row in DEMONYMS.items():
        yield from ((entry[1:], code) for entry in row.split() if entry.startswith("="))
    for code, row in ARABIC_DEMONYMS.items():
        for stem in row.split():
            for ending in ARABIC_ENDINGS:
                yield f"{stem}{ending}", code
                yield f"ال{stem}{ending}", code
    for further in (TWO_WORDS, NAMES):
        yield from ((name, code) for code, row in further.items() for name in row)
    named = list(_of_cldr())
    yield from ((name, code) for name, code, _ in named)
    for name, code, language in named:
        yield from ((form, code) for form in _inflected(name, language))
    for code, names in NAMES.items():
        for name in names:
            for language in SLAVIC:
                yield from ((form, code) for form in _inflected(name, language))


def _of_cldr() -> Iterator[tuple[str, str, str]]:
    """Yield the name, the code and the language of each country; "Myanmar" of "Myanmar (Burma)"."""
    from babel import Locale

    for language in LANGUAGES:
        for code, whole in Locale(language).territories.items():
            if len(code) == 2 and code not in LEFT_OUT:
                name = whole.partition("(")[0].strip()
                yield name, code, language
                if "ʼ" in name:  # Ukrainian prints either apostrophe
                    yield name.replace("ʼ", "'"), code, language


def _inflected(name: str, language: str) -> Iterator[str]:
    """Yield the cases of a name of one word."""
    if name.isalpha():
        for end, endings in CASES.get(language, ()):
            if match := end.search(name):
                yield from (f"{name[: match.start()]}{ending}" for ending in endings)
