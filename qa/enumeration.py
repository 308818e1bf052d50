"""The members of an enumeration: « les Dunes, la Cité-Neuve et le Vieux-Bassin » has three.

How a language joins the last of them is told by the list patterns of Unicode CLDR, through Babel.
"""

import re
from collections.abc import Sequence
from functools import cache

from babel import Locale, UnknownLocaleError

from index.article import UNDETERMINED, Span
from index.words import fold
from qa.function_words import FUNCTION_WORDS

LONGEST_MEMBER = 6  # words; what is longer is a clause
# Words that CLDR does not give: "e" before a vowel, and what joins without being a list's own.
_BESIDE_CLDR = {"es": ("e", "u"), "it": ("ed", "od"), "fr": ("ainsi que",), "uk": ("та", "й")}
_COMMA = re.compile(r"\s*[,،]\s+")
_WORD = re.compile(r"[^\W_]+")

# Of the languages without a row of function words.
_PREPOSITIONS = {
    "nl": "van voor in op met aan bij tot uit naar",
    "pl": "w we z ze do na od dla o przy przeciw",
    "pt": "de do da dos das em no na nos nas ao aos para por com pelo pela",
    "ru": "в во с со к на от для по о об при",
    "uk": "в у з із зі до на від для про при",
}
_DETERMINERS = {"nl": "de het een", "pt": "o a os as um uma"}
# "Of" in each language: articles and parts of surnames as well, « une grève et des inondations ».
_OF = {
    "de": "von vom",
    "en": "of",
    "es": "de del",
    "fr": "de du des d",
    "it": "di d del della dello dei degli delle dell",
    "nl": "van",
    "pt": "de do da dos das",
}
# What words for an office with a field hold: "Secretary of Health and Human Services".
_OFFICE = re.compile(
    "minist|secret|sekret|commiss|kommiss|komis|comis|depart|director|directeur|directrice|direkt"
    "|direttor|dyrektor|ambass|ambasc|embaj|botschaft|міністр|министр|секретар"
)
# And those for an office that mostly has none.
_HEAD = re.compile("presid|prasid|prezyd|premier|chancel|kanzler|maire|mayor|президент|прем")
_CASES = frozenset(["pl", "ru", "uk"])  # there a field needs no preposition: "minister rozwoju"
_OF_CASES = {"de": frozenset(["der", "des"])}  # nor there: "Bundesminister der Finanzen"
# One name, by the words on both sides of what joins it, folded.
_ONE_NAME = frozenset(
    {
        ("antigua", "barbuda"), ("arts", "metiers"), ("bang", "olufsen"), ("barnes", "noble"),
        ("black", "decker"), ("bosnia", "erzegovina"), ("bosnia", "hercegowina"),
        ("bosnia", "herzegovina"), ("bosnien", "herzegowina"), ("control", "prevention"),
        ("dolce", "gabbana"), ("ernst", "young"), ("food", "agriculture"), ("food", "drug"),
        ("johnson", "johnson"), ("kitts", "nevis"), ("marks", "spencer"), ("procter", "gamble"),
        ("simon", "schuster"), ("smith", "wesson"), ("standard", "poor"), ("tome", "principe"),
        ("trinidad", "tobago"),
    }
)  # fmt: skip


def members(text: str, span: Span, language: str) -> tuple[Span, ...]:
    """Return the members of the enumeration that a slice of a text is; the slice if it is none.

    An enumeration has commas, if any, and then one joining word: « Paris, capitale de la France »
    and « A et B, C » are none, for there a comma may begin an apposition. Nor is what stands in
    one title or name: « le ministre de l'Économie et des Finances ».
    """
    joint = _joint(language)
    joined = list(joint.finditer(text, span.start, span.end)) if joint else []
    if len(joined) != 1:
        return (span,)
    commas = list(_COMMA.finditer(text, span.start, span.end))
    if any(comma.end() > joined[0].end() for comma in commas):
        return (span,)
    cuts = [comma for comma in commas if comma.end() <= joined[0].start()] + joined
    starts = [span.start, *(cut.end() for cut in cuts)]
    ends = [*(cut.start() for cut in cuts), span.end]
    found = tuple(Span(start, end) for start, end in zip(starts, ends, strict=True))
    parts = [each.of(text) for each in found]
    if not all(0 < len(part.split()) <= LONGEST_MEMBER for part in parts):
        return (span,)
    return (span,) if _are_one(parts, language) else found


def _are_one(parts: Sequence[str], language: str) -> bool:
    """Whether a part goes on with the title or name that one before it has begun."""
    cut = [_WORD.findall(part) for part in parts]
    if not all(cut):
        return False
    if (fold(cut[-2][-1]), fold(cut[-1][0])) in _ONE_NAME:
        return True
    return any(
        _goes_on(cut[number], cut[:number], language)
        or (_opens_a_field(cut[:number], language) and not _stands_alone(cut[number], language))
        for number in range(1, len(cut))
    )


def _goes_on(part: Sequence[str], before: Sequence[Sequence[str]], language: str) -> bool:
    """Whether a part opens with a preposition, and the first of them does not: "et des Finances".

    "Of" goes on with an "of" alone. "About 20" is no preposition, nor is a name: "Di Maio".
    """
    prepositions = _prepositions(language)
    number = len(part) > 1 and part[1].isdecimal()
    if part[0] not in prepositions or number or fold(before[0][0]) in prepositions:
        return False
    of = frozenset(_OF.get(language, "").split())
    return part[0] not in of or any(word in of for each in before for word in each)


def _opens_a_field(before: Sequence[Sequence[str]], language: str) -> bool:
    """Whether a part has an office and, behind it, of what: "Secretary of Health"."""
    opening = _prepositions(language) | _OF_CASES.get(language, frozenset())
    behind = [
        part[number + 1 :]
        for part in before
        for number, word in enumerate(part)
        if _OFFICE.search(fold(word))
    ]
    return any(
        not opening.isdisjoint(field) or (language in _CASES and field[:1] and field[0].islower())
        for field in behind
    )


def _stands_alone(part: Sequence[str], language: str) -> bool:
    """Whether a part is no field: it has an office itself, or an article ("the Arts" has one)."""
    if any(_OFFICE.search(fold(word)) or _HEAD.search(fold(word)) for word in part):
        return True
    if language in _CASES:
        return not part[0].islower()
    return part[0].lower() in _determiners(language)


@cache
def _prepositions(language: str) -> frozenset[str]:
    """Return the prepositions in lower case, as they are written and folded."""
    if row := FUNCTION_WORDS.get(language):
        return _as_written(f"{row.prepositions} {row.contracted}")
    return _as_written(_PREPOSITIONS.get(language, ""))


@cache
def _determiners(language: str) -> frozenset[str]:
    if row := FUNCTION_WORDS.get(language):
        return _as_written(f"{row.determiners} {row.persons}") - {"the"}
    return _as_written(_DETERMINERS.get(language, ""))


def _as_written(listed: str) -> frozenset[str]:
    return frozenset([*listed.split(), *fold(listed).split()])


@cache
def _joint(language: str) -> re.Pattern[str] | None:
    """Return what stands before the last member; None for a language that joins without a space."""
    if language == UNDETERMINED:  # Babel takes it for English
        return None
    try:
        patterns = Locale.parse(language).list_patterns
    except (UnknownLocaleError, ValueError):
        return None
    ends = [patterns[style][key] for style in ("standard", "or") for key in ("2", "end")]
    spaced = {end[3:-3].strip(" ,") for end in ends if end[3:-3].endswith(" ")}
    words = sorted(map(re.escape, spaced | {*_BESIDE_CLDR.get(language, ())}), key=len)
    return re.compile(rf"\s*,?\s+(?:{'|'.join(reversed(words))})\s+") if spaced else None
