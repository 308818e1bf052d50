"""Whether a text says no: refusals and negations, by their words.

"Which countries refuse?" is not answered by those that agree, though every other word may fit. What
embeds texts hardly tells the two apart (Kassner & Schütze 2020, arXiv 1911.03343), so the few words
that do are looked for: the negations of a language, and beginnings of its words for refusing.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Self

from index.article import Span
from index.words import MARKS, fold, words
from qa.asked_countries import asks_for_countries
from qa.function_words import FUNCTION_WORDS

_WORD = re.compile(rf"\w+n['’ʼ`´]t\b|\w[\w{MARKS}]*", re.IGNORECASE)
_APOSTROPHES = frozenset("'’ʼ`´")
_CONTRACTED = "n't"  # what "can't" and the like fold to

_NEGATIONS = {
    "ar": "لا لن ليس لم ليست",
    "de": "nicht kein keine keinen keinem keiner keines nie niemals niemand weder nein nichts "
    "dagegen",
    # "won't" and the like are known by their ending; without an apostrophe "wont" is a word.
    "en": "not no never none nor neither nobody cannot nothing against doesnt didnt isnt arent "
    "couldnt wouldnt shouldnt hasnt havent hadnt wasnt werent",
    "es": "no ni nunca jamás ningún ninguna ninguno nadie nada tampoco contra",
    "fr": "pas jamais aucun aucune ni non nul nulle rien",
    "it": "non né mai nessun nessuno nessuna niente nulla neanche nemmeno no",
    "nb": "ikke aldri ingen nei",
    "nl": "niet geen nooit noch nee niemand",
    "pl": "nie ani nigdy nikt żaden żadna żadne",
    "pt": "não nem nunca nenhum nenhuma ninguém",
    "ru": "не ни нет никогда никто",
    "uk": "не ні ані ніколи немає нема ніхто жоден жодна жодне",
}
# Beginnings, folded, of words for refusing, ruling out, declining.
_REFUSALS = {
    "ar": "رفض ترفض يرفض سترفض سيرفض الرفض",
    "de": "weiger verweiger ablehn abgelehn lehn ausschl ausgeschl absag",
    "en": "refus declin reject oppos boycott shun veto",
    "es": "rechaz nieg nego negar negad descart exclu declin rehus",
    "fr": "refus exclu declin rejet oppos renonc boycott veto abst hostil",
    "it": "rifiut esclu declin respin oppon oppost nega rinunc contrar",
    "nb": "nekt avvis avslo avsla",
    "nl": "weiger verwerp afwijz afgewez",
    "pl": "odmaw odmow wyklucz odrzuc sprzeciw",
    "pt": "recus rejeit descart exclu neg",
    "ru": "отказ отверг исключ отклон",
    "uk": "відмов відкин виключ відхил",
}
# Beginnings of other words that begin like those: "exclusive", "negotiation".
_NO_REFUSALS = {
    "de": "ausschliesslich ausschlag",
    "en": "opposit",
    "es": "exclusi negoci",
    "fr": "exclusi opposition opposant abstr hostilites",
    "it": "esclusi negativ",
    "pt": "exclusi negoci negativ negr neglig",
    "ru": "исключительн",
    "uk": "виключн",
}
# An "and" and a negation that set two things against each other: "nearby and not in Ukraine". Then
# no verb follows but a preposition or an article: "and will not take part" refuses.
_CONTRASTS = {
    "ar": ("و", "ليس ليست"),
    "de": ("und", "nicht"),
    "en": ("and", "not"),
    "es": ("y e", "no"),
    "fr": ("et", "non pas"),
    "it": ("e ed", "non"),
    "nb": ("og", "ikke"),
    "nl": ("en", "niet"),
    "pl": ("i a", "nie"),
    "pt": ("e", "não"),
    "ru": ("и а", "не"),
    "uk": ("і й а", "не"),
}
# Prepositions, where there is no row of function words; in the others any word may follow.
_PREPOSITIONS = {
    "pl": "w we na z ze do u od dla o przy przez",
    "ru": "в во на с со до у от для о при через",
    "uk": "в у на з із до біля від для про при через",
}
# What is only not so yet is no refusal: a word right before the negation, or one of two behind it.
_YET_BEFORE = {
    "de": "noch",
    "es": "todavía aún",
    "nb": "ennå enda",
    "nl": "nog",
    "pl": "jeszcze",
    "pt": "ainda",
    "ru": "еще ещё",
    "uk": "ще",
}
_YET_BEHIND = {
    "en": "yet",
    "es": "todavía aún",
    "fr": "encore",
    "it": "ancora",
    "pt": "ainda",
}
_BEFORE_NOUNS = ("prepositions", "contracted", "determiners")
_JOINED = frozenset("وف")  # the Arabic "and" and "so", written in one with the next word
_RULING = frozenset(["rule", "rules", "ruled", "ruling"])  # before "out"
_NE = frozenset(["ne", "n"])
_NEAR_PERSONNE = 5  # words to a "ne": "personne d'autre en France ne", "n'a encore blessé personne"
_NEAR_PLUS = 4  # "n'y en a plus"
_SAY_NO_BESIDE_OTHERS = {"en": _RULING, "fr": frozenset(["personne", "plus"])}
_ONLY = frozenset(["que", "qu"])  # "n'enverra que plus tard" says when

# Refusing in two words, in questions: elsewhere the second is a negation, and told by itself.
_SAYING_NO = re.compile(
    r"\b(?:sa(?:y|ys|id|ying) no|di(?:t|re|sent|sait) non|sag(?:t|en|te|ten) nein|nein gesagt"
    r"|d(?:ice|icen|ijo|ijeron|ecir|icho) que no|d(?:ice|icono|etto|ire) (?:di )?no)\b",
    re.IGNORECASE,
)
# What asks for no actor and takes a refusal as known, where there is no row of function words.
_ADVERBS = {
    "ar": "لماذا متى أين كيف كم ولماذا ومتى وكيف وكم",
    "nb": "når hvorfor hvor hvordan",
    "nl": "wanneer waarom waar hoe hoeveel",
    "pl": "kiedy dlaczego czemu gdzie jak skąd ile ilu",
    "pt": "quando porque porquê onde como quanto quanta quantos quantas",
    "ru": "когда почему зачем где как откуда сколько",
    "uk": "коли чому навіщо де як звідки скільки",
}
# The same in two words, folded.
_IN_TWO_WORDS = {
    "ar": "اي (?:عام|سنه|سنة|شهر|يوم|تاريخ|سبب)",
    "de": "welche[mnrs]? (?:jahr|datum|monat|tag|zeitpunkt|grund|grunden)",
    "en": "(?:what|which) (?:year|date|month|day|time|reasons?)",
    "es": "por que|(?:que|cual) (?:ano|fecha|mes|dia|momento|razon|motivo)",
    "fr": "quel(?:le)?s? (?:annee|date|mois|jour|moment|heure|raisons?|motifs?)",
    "it": "(?:che|quale|quali) (?:anno|data|mese|giorno|momento|motivo|motivi|ragione|ragioni)",
    "nb": "hvilke[nt]? (?:ar|dato|maned|dag|grunn)",
    "nl": "welke? (?:jaar|datum|maand|dag|reden)",
    "pl": r"(?:jak|ktor)\w+ (?:roku|dnia|dniu|miesiacu|powodu)",
    "pt": "por que|(?:que|qual) (?:ano|data|mes|dia|momento|razao|motivo)",
    "ru": r"како\w+ (?:году|дня|день|месяце|причине)",
    "uk": r"як\w+ (?:році|року|дня|день|місяці|причини)",
}
_OPENING = 4  # words: "And in what year"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    """What one language says no with, and what opens its questions that take a no as known."""

    language: str
    negations: frozenset[str]
    refusals: tuple[str, ...]
    no_refusals: tuple[str, ...]
    yet_before: frozenset[str]
    yet_behind: frozenset[str]
    conjunctions: frozenset[str]
    contrasted: frozenset[str]
    before_nouns: frozenset[str]  # empty where they are not known
    adverbs: frozenset[str]
    two_words: re.Pattern[str]

    @classmethod
    def of(cls, language: str) -> Self:
        def listed(text: str) -> frozenset[str]:
            return frozenset(words(text, language))

        conjunctions, contrasted = _CONTRASTS[language]
        kinds = FUNCTION_WORDS[language].by_kind if language in FUNCTION_WORDS else {}
        return cls(
            language=language,
            negations=listed(_NEGATIONS[language]),
            refusals=tuple(_REFUSALS[language].split()),
            no_refusals=tuple(_NO_REFUSALS.get(language, "").split()),
            yet_before=listed(_YET_BEFORE.get(language, "")),
            yet_behind=listed(_YET_BEHIND.get(language, "")),
            conjunctions=listed(conjunctions),
            contrasted=listed(contrasted),
            before_nouns=listed(_PREPOSITIONS.get(language, "")).union(
                *(kinds.get(kind, ()) for kind in _BEFORE_NOUNS)
            ),
            adverbs=listed(_ADVERBS.get(language, "")).union(
                kinds.get("adverbs", ()), kinds.get("amounts", ())
            ),
            two_words=re.compile(rf"\b(?:{_IN_TWO_WORDS[language]})\b"),
        )

    def sets_beside(self, before: str, word: str, after: str) -> bool:
        """Whether a negation sets what follows against what was said: "and not in Ukraine"."""
        if word not in self.contrasted or before not in self.conjunctions | self.contrasted:
            return False
        return not self.before_nouns or after in self.before_nouns | self.contrasted

    def refuses(self, word: str) -> bool:
        return word.startswith(self.refusals) and not word.startswith(self.no_refusals)


_ROWS = {language: _Row.of(language) for language in _NEGATIONS}


def says_no(text: str, language: str) -> bool:
    """Whether a text negates or refuses anything; never in a language without a list."""
    return next(_noes(text, language), None) is not None


@lru_cache(maxsize=1_000)  # it is asked of every sentence that is read
def asks_for_refusals(question: str, language: str) -> bool:
    """Whether a question asks who refuses: by a word for it, or which countries do *not*.

    One that asks why, when or how many of them refused takes the refusal as known.
    """
    if _takes_as_known(question, language):
        return False
    if _SAYING_NO.search(question):
        return True
    found = noes(question, language)
    return any(refuses for _, refuses in found) or bool(found and asks_for_countries(question))


def _takes_as_known(question: str, language: str) -> bool:
    """Whether a question opens with an interrogative that asks for no actor."""
    if (row := _ROWS.get(language)) is None:
        return False
    opening = words(question, language)[:_OPENING]
    return not row.adverbs.isdisjoint(opening[:2]) or bool(row.two_words.search(" ".join(opening)))


def noes(text: str, language: str) -> list[tuple[Span, bool]]:
    """Return the words that say no, in order; True for those for refusing, False for negations.

    A negation right after an "and" may set two things against each other ("in a neighbouring
    country and not in Ukraine"), and says no to neither.
    """
    return list(_noes(text, language))


def _noes(text: str, language: str) -> Iterator[tuple[Span, bool]]:
    if (row := _ROWS.get(language)) is None:
        return
    matches = list(_WORD.finditer(text))
    known = [_known(match.group(), language) for match in matches]
    folded = [word for word, _ in known]
    for number, (_, may) in enumerate(known):
        if may:
            refuses = _refuses(row, folded, number)
            if refuses or _negates(row, folded, number):
                yield Span(*matches[number].span()), refuses


@lru_cache(maxsize=50_000)  # texts have the same words again and again
def _known(word: str, language: str) -> tuple[str, bool]:
    """Return a word folded, and whether it may say no, whatever stands around it."""
    row = _ROWS[language]
    folded = _CONTRACTED if word[-2:-1] in _APOSTROPHES else fold(word)
    if folded == _CONTRACTED or folded in _SAY_NO_BESIDE_OTHERS.get(language, ()):
        return folded, True
    alone = folded[1:] if language == "ar" and folded[:1] in _JOINED else folded
    return folded, any(each in row.negations or row.refuses(each) for each in (folded, alone))


def _refuses(row: _Row, folded: Sequence[str], number: int) -> bool:
    word = folded[number]
    if row.language == "ar" and word[:1] in _JOINED and row.refuses(word[1:]):
        return True
    if row.language == "en" and word in _RULING:
        return folded[number + 1 : number + 2] == ["out"]
    return row.refuses(word)


def _negates(row: _Row, folded: Sequence[str], number: int) -> bool:
    word, before = folded[number], folded[number - 1] if number else ""
    if row.language == "ar" and word[:1] in _JOINED and word[1:] in row.negations:
        word, before = word[1:], word[0]
    behind = folded[number + 1 : number + 3]
    if before in row.yet_before or not row.yet_behind.isdisjoint(behind):
        return False
    if word == _CONTRACTED:
        return True
    if word in row.negations:
        return not row.sets_beside(before, word, behind[0] if behind else "")
    if row.language != "fr":
        return False
    if word == "personne":
        near = folded[max(0, number - _NEAR_PERSONNE) : number + _NEAR_PERSONNE]
        return not _NE.isdisjoint(near)
    return word == "plus" and _has_ne(row, folded[max(0, number - _NEAR_PLUS) : number])


def _has_ne(row: _Row, before: Sequence[str]) -> bool:
    """Whether a "ne" stands before "plus" that belongs to no other word."""
    for word in reversed(before):
        if word in _NE:
            return True
        if word in _ONLY or word in row.negations:
            return False
    return False
