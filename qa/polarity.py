"""Whether a text says no: refusals and negations, by their words.

"Which countries refuse?" is not answered by those that agree, though every other word may fit. What
embeds texts hardly tells the two apart (Kassner & Schütze 2020, arXiv 1911.03343), so the few words
that do are looked for: the negations of a language, and beginnings of its words for refusing.
"""

import re

from index.article import Span
from index.words import fold, words
from qa.countries import asks_for_countries
from qa.function_words import FUNCTION_WORDS

_WORD = re.compile(r"\w+")

_NEGATIONS = {
    "ar": "لا لن ليس لم ليست",
    "de": "nicht kein keine keinen keinem keiner keines nie niemals weder nein nichts dagegen",
    "en": "not no never none nor neither cannot won don doesn didn isn aren wouldn couldn shouldn "
    "hasn haven wasn weren nothing against",
    "es": "no ni nunca jamás ningún ninguna ninguno nadie nada tampoco contra",
    "fr": "pas jamais aucun aucune ni non nul nulle personne rien",
    "it": "non né mai nessun nessuno nessuna niente nulla neanche nemmeno no",
    "nb": "ikke aldri ingen nei",
    "nl": "niet geen nooit noch nee",
    "pl": "nie ani nigdy żaden żadne",
    "pt": "não nem nunca nenhum nenhuma ninguém",
    "ru": "не ни нет никогда",
    "uk": "не ні ані ніколи",
}
# Beginnings, folded, of words for refusing, ruling out, declining.
_REFUSALS = {
    "ar": ("رفض", "ترفض", "يرفض", "الرفض"),
    "de": ("weiger", "verweiger", "ablehn", "abgelehn", "lehn", "ausschl", "ausgeschl", "absag"),
    "en": ("refus", "declin", "reject", "ruled", "oppos", "boycott", "shun", "veto"),
    "es": ("rechaz", "nieg", "nego", "negar", "negad", "descart", "exclu", "declin", "rehus"),
    "fr": (
        "refus",
        "exclu",
        "declin",
        "rejet",
        "oppos",
        "renonc",
        "boycott",
        "veto",
        "abst",
        "hostil",
    ),
    "it": ("rifiut", "esclu", "declin", "respin", "oppon", "oppost", "nega", "rinunc", "contrar"),
    "nb": ("nekt", "avvis", "avslo", "avsla"),
    "nl": ("weiger", "verwerp", "afwijz", "afgewez"),
    "pl": ("odmaw", "odmow", "wyklucz", "odrzuc", "sprzeciw"),
    "pt": ("recus", "rejeit", "descart", "exclu", "neg"),
    "ru": ("отказ", "отверг", "исключ", "отклон"),
    "uk": ("відмов", "відкин", "виключ", "відхил"),
}
# Refusing in two words, in questions: elsewhere the second is a negation, and told by itself.
_SAYING_NO = re.compile(
    r"\b(?:sa(?:y|ys|id|ying) no|di(?:t|re|sent|sait) non|sag(?:t|en|te|ten) nein|nein gesagt"
    r"|d(?:ice|icen|ijo|ijeron|ecir|icho) que no|d(?:ice|icono|etto|ire) (?:di )?no)\b",
    re.IGNORECASE,
)
_WHY = re.compile(r"\W*por qu[ée]\b", re.IGNORECASE)  # in two words
_AND = frozenset(["et", "and", "und", "y", "e", "og", "en", "i", "і", "й", "и", "و"])
_TOLD = {
    language: (frozenset(words(listed, language)), _REFUSALS[language])
    for language, listed in _NEGATIONS.items()
}


def says_no(text: str, language: str) -> bool:
    """Whether a text negates or refuses anything; never in a language without a list."""
    return bool(noes(text, language))


def asks_for_refusals(question: str, language: str) -> bool:
    """Whether a question asks who refuses: by a word for it, or which countries do *not*.

    One that asks why, when or how many of them refused takes the refusal as known.
    """
    if _takes_as_known(question, language):
        return False
    _, beginnings = _TOLD.get(language, (frozenset(), ()))
    if _SAYING_NO.search(question):
        return True
    if any(word.startswith(beginnings) for word in words(question, language)):
        return True
    return asks_for_countries(question) and says_no(question, language)


def _takes_as_known(question: str, language: str) -> bool:
    """Whether a question opens with an interrogative that asks for no actor."""
    if (known := FUNCTION_WORDS.get(language)) is None:
        return False
    others = known.by_kind["adverbs"] | known.by_kind["amounts"]
    return bool(_WHY.match(question)) or any(w in others for w in words(question, language)[:2])


def noes(text: str, language: str) -> list[tuple[Span, bool]]:
    """Return the words that say no, in order; True for those for refusing, False for negations.

    A negation right after an "and" sets two things against each other ("in a neighbouring country
    and not in Ukraine"), and says no to neither.
    """
    negations, beginnings = _TOLD.get(language, (frozenset(), ()))
    found, before = [], ""
    for match in _WORD.finditer(text):
        word = fold(match.group())
        refuses = word.startswith(beginnings)
        if refuses or (word in negations and before not in _AND):
            found.append((Span(*match.span()), refuses))
        before = word
    return found
