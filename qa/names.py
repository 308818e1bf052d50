"""Which names and numbers of a question a text leaves out.

A sentence that fits a question in everything but the name ("How many soldiers will Japan send?") is
what a wrong answer looks like; and of what no article names, none can tell. Countries are compared
across languages, and so are what each language shortens otherwise (NATO, OTAN) and the cities that
the Unicode CLDR knows (through Babel): those that give time zones their names. Other names are
compared by how they sound, whatever their ending, and numbers by their digits.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from index.article import Span
from index.words import fold, folded_set, words
from qa.asked_countries import asks_for_countries
from qa.countries import LANGUAGES, countries, mentions
from qa.wording import BEGINS_ANEW, CAPITAL_NOUNS

BEGINNING = 5  # letters by which names are compared: endings are inflected
_SHOUTED = 4  # words all in capitals, of which none is a name for it
_ARTICLES = frozenset({"le", "la", "il", "el", "al"})
_WORD = re.compile(r"\w+")
_TITLE = re.compile(r"\w[^\W\dA-Z]{0,2}")  # with a point that ends no sentence: Mr., St., J.
_GROUPED = re.compile(r"(?<!\d)\d{1,3}(?:[.,'’\s]\d{3})+(?!\d)")  # 3,000
_NO_DIGIT = re.compile(r"\D")
_DIGITS = re.compile(r"\d{1,18}")
_BEGUN = re.compile(r"(?<!\w)\d{1,18}")  # a word: "80th", and not "G7", which is a name

# What each language shortens otherwise, and always writes in capitals.
_SHORT_FORMS = {
    "EU": "EU UE ЄС ЕС",
    "UN": "UN ONU UNO ONZ VN ООН",
    "US": "US USA EEUU EUA США",
    "GB": "UK",
    "NATO": "NATO OTAN НАТО الناتو",
    "WHO": "WHO OMS ВООЗ ВОЗ",
    "IMF": "IMF FMI IWF MFW МВФ",
    "ECB": "ECB BCE EZB EBC ЄЦБ ЕЦБ",
    "WTO": "WTO OMC СОТ ВТО",
    "IAEA": "IAEA AIEA IAEO OIEA МАГАТЕ МАГАТЭ",
    "ICC": "ICC CPI МКС МУС",
    "OECD": "OECD OCDE OCSE ОЕСР ОЭСР",
    "OSCE": "OSCE OSZE OBWE ОБСЄ ОБСЕ",
    "GDP": "GDP PIB BIP PIL PKB ВВП",
    "VAT": "VAT TVA IVA ПДВ НДС",
}
# The same in full, where the letters may be small; countries are known by ``qa.countries``.
_LONG_FORMS = {
    "EU": "Union européenne|European Union|Europäischen? Union|Unión Europea|Unione europea|"
    "Uni[aięą] Europejsk[aą]|Unii Europejskiej|"
    "Європейськ[а-яі]+ Союз[а-яі]*|Европейск[а-я]+ союз[а-я]*",
    "UN": "Nations unies|United Nations|Vereinten? Nationen|Naciones Unidas|Nazioni Unite",
    "NATO": "Alliance atlantique|Atlantic Alliance|North Atlantic Treaty Organi[sz]ation",
    "WHO": "Organisation mondiale de la santé|World Health Organi[sz]ation",
    "IMF": "Fonds monétaire international|International Monetary Fund",
    "ECB": "Banque centrale européenne|European Central Bank|Europäischen? Zentralbank",
    "ICC": "Cour pénale internationale|International Criminal Court",
}
# Words that have a capital, above all in English, and another word in another language.
_NO_NAMES = folded_set(
    "AI IA KI ШІ ИИ prime minister president pope king queen prince princess duke chancellor "
    "secretary mayor senator governor ambassador mr mrs ms dr sir lord lady professor bishop "
    "archbishop cardinal judge chief vice deputy foreign defence defense interior finance "
    "home court supreme government house parliament senate "
    "président premier première ministre pape roi reine mme madame monsieur presidente "
    "presidenta primer primera ministro ministra papa rey reina re regina signor signora "
    "prezydent papież król"
)
# How one sound is written here and there: Putin and Poutine, Zelensky and Selenskyj.
_SOUNDS = {
    "s": "tsch tch sch sh sz cz ch kh zh z",
    "u": "ou oo",
    "f": "ph",
    "v": "w",
    "k": "ck c q",
}
_HEARD = {written: sound for sound, row in _SOUNDS.items() for written in row.split()}
_WRITTEN = re.compile("|".join(sorted(_HEARD, key=len, reverse=True)))
_DOUBLED = re.compile(r"(.)\1")
# By which a name too short to be known by its beginning is inflected: Tusk, Tusku, Tuskiem.
_ENDINGS = folded_set("a u y i e ą ę em om ie iem owi у а і ы и е ом ем ові ою ой")
_INFLECTED = frozenset({"pl", "uk", "ru"})
_SHORTEST = 3  # letters of a name that has an ending


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """What a question names: codes of countries and short forms, other names, and numbers."""

    codes: frozenset[str]
    names: frozenset[str]
    numbers: frozenset[int]


def left_out(question: str, language: str, text: str) -> float:
    """Return the share of the question's names, numbers and countries that ``text`` lacks.

    In [0, 1]; 0 where the question has none. ``language`` is the question's. A name in another
    script than the text's cannot be compared, and does not count.
    """
    asked = _asked(question, language)
    if not (asked.codes or asked.names or asked.numbers):
        return 0.0
    missing = sum(1 for _ in _missing_codes(asked.codes, text))
    if asked.numbers:
        missing += len(asked.numbers.difference(_numbers(text)))
    told = set(words(text, language)) if asked.names else set()
    names = [name for name in asked.names if _can_be_compared(name, told)]
    count = len(asked.codes) + len(asked.numbers) + len(names)
    if names:
        heard = set(map(_heard, told))
        absent = [name for name in names if _spellings(name).isdisjoint(heard)]
        missing += sum(not _is_inflected(name, language, text) for name in absent)
    return missing / count if count else 0.0


@lru_cache(maxsize=1_000)  # a question is compared with every text that is read
def _asked(question: str, language: str) -> _Asked:
    capitals = not (question.isupper() and len(question.split()) >= _SHOUTED)
    shortened = list(_shortened(question)) if capitals else []
    covered = [span for _, span in (*mentions(question), *shortened)]
    named = _names(question, covered, capitals and language not in CAPITAL_NOUNS)
    return _Asked(
        codes=countries(question) | {code for code, _ in shortened},
        names=frozenset(named) - _dates(language),
        numbers=frozenset(_numbers(question, _BEGUN)),
    )


def _names(question: str, covered: Collection[Span], capitals: bool) -> Iterator[str]:
    """Yield what has a capital past the first word of a sentence, or a digit past a letter.

    Folded; not what is ``covered`` by the name of a country.
    """
    before: re.Match[str] | None = None
    for match in _WORD.finditer(question):
        word = match.group()
        opens = before is None or _begins_anew(question, before, match)
        before = match
        is_name = capitals and not opens and word[0].isupper() and len(word) > 1
        if not is_name and (word[0].isdigit() or not any(map(str.isdigit, word))):
            continue
        if any(span.start <= match.start() < span.end for span in covered):
            continue
        if fold(word) not in _NO_NAMES and not asks_for_countries(word):  # "Quels États …?"
            yield fold(word)


def _numbers(text: str, written: re.Pattern[str] = _DIGITS) -> Iterator[int]:
    """Yield the numbers of a text: 3000 for "3,000" and "3 000", 80 for "80th"."""
    return map(int, written.findall(_GROUPED.sub(_ungrouped, text)))


def _begins_anew(question: str, before: re.Match[str], word: re.Match[str]) -> bool:
    between = question[before.end() : word.start()]
    if between.startswith(".") and _TITLE.fullmatch(before.group()):
        return False
    return BEGINS_ANEW.fullmatch(between) is not None


def _ungrouped(number: re.Match[str]) -> str:
    return _NO_DIGIT.sub("", number.group())


def _missing_codes(codes: Collection[str], text: str) -> Iterator[str]:
    told = countries(text) if codes else frozenset()
    for code in codes:
        if code not in told and not (code in _SHORT_FORMS and _forms(code).search(text)):
            yield code


def _shortened(question: str) -> Iterator[tuple[str, Span]]:
    """Yield the codes of the short forms in a question, and where they stand."""
    for code in _SHORT_FORMS:
        for match in _forms(code).finditer(question):
            yield code, Span(*match.span())


@cache
def _forms(code: str) -> re.Pattern[str]:
    """Return what a code is written as, with points or without: "EEUU", "EE. UU."."""
    written = ["(?:[.] ?)?".join(form) for form in _SHORT_FORMS[code].split()]
    if code in _LONG_FORMS:
        written.append(f"(?i:{_LONG_FORMS[code]})")
    return re.compile(rf"(?<!\w)(?:{'|'.join(written)})(?!\w)")


def _can_be_compared(name: str, told: Collection[str]) -> bool:
    """Whether a name is known in other scripts, or one word in five is written in its own."""
    alike = sum(word.isascii() == name.isascii() for word in told)
    return 5 * alike >= len(told) or len(_spellings(name)) > 1


def _is_inflected(name: str, language: str, text: str) -> bool:
    """Whether a text has a short name, in capitals, with another ending or without one."""
    beginning = {name} if _SHORTEST <= len(name) < BEGINNING else set()
    if language in _INFLECTED:
        shorter = (name[:length] for length in range(_SHORTEST, BEGINNING))
        beginning |= {each for each in shorter if name[len(each) :] in _ENDINGS}
    if not beginning:
        return False
    told = {fold(word) for word in _WORD.findall(text) if word[0].isupper()}
    return not told.isdisjoint(each + ending for each in beginning for ending in ("", *_ENDINGS))


@lru_cache(maxsize=50_000)  # a text has the same words again and again
def _heard(word: str) -> str:
    """Return how a folded word begins, the same for spellings of one sound.

    What is short has its own spelling: "Bush" is no "bus".
    """
    written = _DOUBLED.sub(r"\1", _WRITTEN.sub(lambda match: _HEARD[match[0]], word))
    return (written if len(written) >= BEGINNING else word)[:BEGINNING]


def _spellings(name: str) -> frozenset[str]:
    """Return what a name sounds like in all languages, as far as it is known in others."""
    return _cities().get(_heard(name), frozenset({_heard(name)}))


@cache
def _cities() -> dict[str, frozenset[str]]:
    """Return what a city's names sound like, by each of them."""
    from babel import Locale

    found: dict[str, set[str]] = {}
    for language in LANGUAGES:
        for zone, known in Locale(language).time_zones.items():
            for name in (known.get("city", ""), zone.rpartition("/")[2].replace("_", " ")):
                parts = words(name, language)
                if len(parts) == 1 or (len(parts) == 2 and parts[0] in _ARTICLES):
                    found.setdefault(zone, set()).add(_heard(parts[-1]))
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
