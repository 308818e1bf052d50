"""Which countries a text names, by name or by demonym, whatever the language.

The names are those of the Unicode CLDR, through Babel, and those of ``qa.country_names``. Where one
name holds another, the longer counts: South Sudan is not Sudan.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from itertools import pairwise
from typing import NamedTuple

from index.article import Span
from index.words import fold
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
from qa.function_words import FUNCTION_WORDS

LANGUAGES = ("fr", "en", "de", "es", "it", "pt", "nl", "pl", "uk", "ru", "ar")


def _folded_set(listed: str) -> frozenset[str]:
    return frozenset(fold(listed).split())


_ARABIC = re.compile("[\u0621-\u064a]")
_MARKS = "\u0300-\u036f\u064b-\u065f\u0670"  # of accents and of vowels, where they stand apart
_WORD = re.compile(
    r"\b(?:(?:[A-ZА-ЯІЇЄ]{1,2}\.)+[A-ZА-ЯІЇЄ]{1,2}\b\.?|EE\. ?UU\b\.?)"  # U.S., EE. UU.
    rf"|[^\W_]+(?:[{_MARKS}]+[^\W_]*)*"
)
_SHORTEST = 3  # letters of a beginning
# What may stand beside the country in a text that says nothing else, accents folded.
_SMALL_WORDS = _folded_set(
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
    named = list(mentions(text))
    rest = _without(text, [span for _, span in named])
    if _SMALL_WORDS.issuperset(_folded_words(rest)):
        return frozenset(code for code, _ in named)
    return frozenset()


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


def _without(text: str, spans: Sequence[Span]) -> str:
    for span in reversed(spans):
        text = f"{text[: span.start]} {text[span.end :]}"
    return text


def _folded_words(text: str) -> list[str]:
    return [fold(match[0]) for match in _WORD.finditer(text)]


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


# How a question asks for countries, by language: what asks, and the nouns.
_ASKED = {
    language: (_folded_set(asking), _folded_set(nouns))
    for language, (asking, nouns) in {
        "fr": ("quel quels quelle quelles combien qui lesquels liste nom noms",
               "pays nation nations etats"),
        "en": ("which what who many list names name", "country countries nation nations"),
        "de": ("welche welches welchem welchen welcher wieviele viele vielen wer liste",
               "land lander laender landern laendern staat staaten nation nationen"),
        "es": ("que cual cuales cuantos cuantas quien quienes lista",
               "pais paises nacion naciones estados"),
        "it": ("che quale qual quali quanti quante chi lista elenco",
               "paese paesi nazione nazioni"),
        "pt": ("que qual quais quantos quantas quem lista",
               "pais paises nacao nacoes estados"),
        "nl": ("welk welke hoeveel wie lijst", "land landen staten"),
        "pl": ("ktore ktory ktorych ktorym ktorymi jaki jakie jakich jakim jakiego jakiemu jakimi "
               "ile ilu kto lista liste",
               "kraj kraje krajow krajach krajom krajami kraju krajowi krajem "
               "panstwo panstwa panstw panstwach panstwom panstwie panstwem"),
        "uk": ("який яка яке які якій якої яку якою яких яким якими котра котрі скільки скількох "
               "хто список перелік",
               "країна країни країн країнах країнам країнами країні країну країною "
               "держава держави держав державах державам державами державі державу державою"),
        "ru": ("какой какая какое какие какую каких каким какими каком которая которые сколько "
               "скольких кто список перечень",
               "страна страны стран странах странам странами стране страну страной "
               "государство государства государств государствах государствам государстве"),
        "ar": ("أي أية بأي لأي ما كم من قائمة",
               "دول دولة الدول الدولة بلد بلدان البلدان البلد بلدا بلاد"),
    }.items()
}  # fmt: skip
# Right behind an interrogative alone: "Quando è stato scelto?" asks for none.
_ASKED_BEHIND = {
    "states": frozenset(["which", "what"]),
    "stato": frozenset(["quale"]),
    "stati": frozenset(["quali", "quanti"]),
}
_IMPERATIVES = _folded_set(
    "name list cite citez nomme nommez enumere enumerez liste listez nenne nennen enumera "
    "nombra cita elenca nomina liste noem wymień podaj назви назвіть назови назовите перечисли "
    "перечислите اذكر"
)
# Between what asks and the noun: "quels sont les pays", "combien de pays", "which of these".
_LINKS = _folded_set(
    "is are was were est sont etait etaient ist sind war waren es son fue fueron e sono era erano "
    "foi foram sao zijn sa jest to byly є это هي هم عدد of de des d dei degli delle di von der den "
    "van z ze з із из moi me mir mi"
)
_ARTICLES = _folded_set(
    "the all le la les l tous der die das den el los las il lo gli i os as o a het de"
)
_BLOCKS = {
    language: frozenset().union(
        *(known.by_kind[kind] for kind in ("prepositions", "contracted", "auxiliaries")),
        known.by_kind["copulas"],
        known.by_kind["determiners"] - {"other", "another", "all", "tous", "toutes"},
    )
    for language, known in FUNCTION_WORDS.items()
} | {
    "pt": _folded_set("o a os as el la los las do da dos das no na nos nas de em um uma por com"),
    "nl": _folded_set("de het een in op van uit voor met heeft hebben"),
    "pl": _folded_set("w we z ze na do o od po przy dla za"),
    "uk": _folded_set("в у з із на до про від по за для"),
    "ru": _folded_set("в во на из с о об от до по за для у"),
}  # fmt: skip
# After "the countries" at the beginning: what makes them those that are asked for.
_RELATIVES = _folded_set(
    "that which who whose where qui que qu dont ou die das der deren wo donde cuyos che cui "
    "ktore ktory ktorych які що яка котрі которые которая التي"
)
_PARTICIPLES = ("ant", "ing")
_NOT_BARE = frozenset({"land", "nation", "nations"})  # "Nations League"; land that burned
_AT_MOST_BETWEEN = 2  # words: "which other European countries"


@lru_cache(maxsize=1_000)  # it is asked of every sentence that is read
def asks_for_countries(question: str) -> bool:
    """Whether a question asks which countries, or how many, in any of the languages of the table.

    A country's own name does not ask: "Que disent les États-Unis ?" Neither does a country that is
    only spoken of: "Qui est le président du pays ?"
    """
    found = _folded_words(_without(question, [span for _, span in mentions(question)]))
    if any(before in _ASKED_BEHIND.get(word, ()) for before, word in pairwise(found)):
        return True
    return any(
        _begins_with(found, nouns) or _asks_for(found, asking, nouns, _BLOCKS.get(language))
        for language, (asking, nouns) in _ASKED.items()
        if not nouns.isdisjoint(found)
    )


def _begins_with(found: Sequence[str], nouns: frozenset[str]) -> bool:
    """Whether a question begins with countries: "pays refusant …", "the countries that …"."""
    if found[0] in nouns:
        return len(found) == 1 or found[0] not in _NOT_BARE
    if len(found) < 3 or found[0] not in _ARTICLES or found[1] not in nouns:
        return False
    return found[2] in _RELATIVES or found[2].endswith(_PARTICIPLES)


def _asks_for(
    found: Sequence[str],
    asking: frozenset[str],
    nouns: frozenset[str],
    blocks: frozenset[str] | None,
) -> bool:
    """Whether one of the nouns stands behind what asks, with nothing between that parts them."""
    for at, word in enumerate(found):
        imperative = at == 0 and word in _IMPERATIVES
        if not imperative and word not in asking:
            continue
        first = at + 1
        linked = first < len(found) and found[first] in _LINKS
        first += linked
        determined = (
            (linked or imperative) and found[first : first + 1] and found[first] in _ARTICLES
        )
        first += bool(determined)
        for place in range(first, min(first + 1 + _AT_MOST_BETWEEN, len(found))):
            if found[place] in nouns:
                owns = determined and found[place + 1 : place + 2] == ["s"]  # the country's capital
                if not owns:
                    return True
            if blocks is None or found[place] in blocks:  # Arabic puts its adjectives behind
                break
    return False
