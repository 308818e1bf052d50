"""Whether a question asks for countries: by a noun for them behind what asks.

"Who pays for the damage?" has a French noun for them, and "Qui est le président du pays ?" speaks
of one only.
"""

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from index.words import folded_set
from qa.countries import words_beside_countries
from qa.function_words import FUNCTION_WORDS

# How a question asks for countries, by language: what asks, and the nouns.
_ASKED = {
    language: (folded_set(asking), folded_set(nouns))
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
_IMPERATIVES = folded_set(
    "name list cite citez nomme nommez enumere enumerez liste listez nenne nennen enumera "
    "nombra cita elenca nomina liste noem wymień podaj назви назвіть назови назовите перечисли "
    "перечислите اذكر"
)
# Between what asks and the noun: "quels sont les pays", "combien de pays", "which of these".
_LINKS = folded_set(
    "is are was were est sont etait etaient ist sind war waren es son fue fueron e sono era erano "
    "foi foram sao zijn sa jest to byly є это هي هم عدد of de des d dei degli delle di von der den "
    "van z ze з із из moi me mir mi"
)
_ARTICLES = folded_set(
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
    "pt": folded_set("o a os as el la los las do da dos das no na nos nas de em um uma por com"),
    "nl": folded_set("de het een in op van uit voor met heeft hebben"),
    "pl": folded_set("w we z ze na do o od po przy dla za"),
    "uk": folded_set("в у з із на до про від по за для"),
    "ru": folded_set("в во на из с о об от до по за для у"),
}  # fmt: skip
# After "the countries" at the beginning: what makes them those that are asked for.
_RELATIVES = folded_set(
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
    found = words_beside_countries(question)
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
        rest = found[at + 1 :]
        linked = bool(rest) and rest[0] in _LINKS
        rest = rest[linked:]
        determined = bool(rest) and rest[0] in _ARTICLES and (linked or imperative)
        rest = rest[determined:]
        for place, between in enumerate(rest[: 1 + _AT_MOST_BETWEEN]):
            # "What is the country's capital?" asks for none.
            if between in nouns and not (determined and rest[place + 1 : place + 2] == ["s"]):
                return True
            if blocks is None or between in blocks:  # Arabic puts its adjectives behind
                break
    return False
