"""How far a quote has to reach to be understood on its own.

A sentence that points back ("Il a ajouté", "Cette rencontre") is quoted with the one before it, and
a quotation that runs over several sentences is not cut in its middle. The result is one span: the
quote stays a single slice of the article.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.article import Span

FURTHEST = 3  # sentences that a quote may reach beyond its own, in each direction
LONGEST = 700  # characters of a quote, unless its own sentence is longer

# Third-person pronouns and demonstratives that open a sentence, by language. Dutch "het" is no more
# often one than it is an article, and Ukrainian "та" is an "and" as well: neither is here.
_POINTS_BACK = {
    "ar": "هو هي هم هن هما هذا هذه هذان هؤلاء ذلك تلك وهو وهي وهم وهما وهذا وهذه وذلك وتلك",
    "de": "er sie es dieser diese dieses diesen diesem dies jener jene jenes sein seine ihr ihre "
    "dabei damit dadurch daraufhin",
    "en": "he she they it this that these those his her their its such",
    "es": "él ella ellos ellas este esta esto estos estas ese esa eso esos esas aquel aquella "
    "dicho dicha su sus",
    "fr": "il elle ils elles ce cet cette ces cela ceci celui-ci celle-ci ceux-ci celles-ci "
    "leur leurs son sa ses ces-derniers celui celle ceux y",
    "it": "egli lui lei essi esse loro questo questa questi queste quello quella ciò tale",
    "nl": "hij zij ze dit dat deze die zijn haar hun",
    "pl": "on ona ono oni one ten ta to te ci jego jej ich",
    "pt": "ele ela eles elas este esta isto esse essa isso seu sua",
    "ru": "он она оно они ему ей им его её ее их этот эта это эти такой такая такое такие",
    "uk": "він вона воно вони йому їй їм його її їх їхній їхня їхнє їхні цей ця це ці такий така "
    "таке такі",
}
_OPENERS = {language: frozenset(words.split()) for language, words in _POINTS_BACK.items()}
# Possessives behind an article: "Il suo portavoce".
_THEIRS = {
    "it": re.compile(r"(?:il|la|i|le) (?:suo|sua|suoi|sue|loro)\b", re.IGNORECASE),
    "pt": re.compile(r"(?:o|a|os|as) (?:seu|sua|seus|suas)\b", re.IGNORECASE),
}
# "This week", "ce mardi": a time that is told from today, or by its own date, as patterns. "Ce
# soir-là", "that week" and "cette fois" do point back.
_THIS_TIME = {
    "ar": "(?:هذا|هذه) (?:الأسبوع|الشهر|العام|السنة|اليوم|الصباح|المساء|الليلة|الصيف|الشتاء|الربيع"
    "|الخريف|الموسم|الأيام)",
    "de": "dieser tage|diese[ns]? (?:woche|monat|jahr|nacht|wochenende|sommer|herbst|winter"
    "|frühjahr|frühling|saison|(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch)",
    "en": "these (?:past (?:few )?(?:weeks|months|years|days)|days)|this (?:past |coming )?(?:week"
    "|weekend|month|year|morning|afternoon|evening|summer|autumn|winter|spring|season"
    "|(?:mon|tues|wednes|thurs|fri|satur|sun)day|january|february|april|june|july|august"
    "|september|october|november|december)",
    "es": "estos (?:últimos )?días|est[oa]s últim[oa]s (?:semanas|meses|años)|est[ea] (?:semana|mes"
    "|año|mañana|tarde|noche|madrugada|verano|otoño|invierno|primavera|temporada|fin de semana"
    r"|lunes|martes|miércoles|jueves|viernes|sábado|domingo|\d{1,2} de)",
    "fr": "ces (?:derni(?:er|ère)s (?:jours|heures|temps|semaines|mois|années)|(?:jours|temps)-ci)"
    "|(?:ce|cet|cette) (?:(?:semaine|mois|année)(?:-ci)?|matin|midi|après-midi|soir|nuit|été"
    "|automne|hiver|printemps|saison|week-end|weekend|(?:lun|mar|mercre|jeu|vendre|same)di"
    r"|dimanche|\d{1,2}(?:er)?)",
    "it": "questi (?:ultimi )?giorni|quest[ie] ultim[ie] (?:settimane|mesi|anni)|quest[oa] "
    "(?:settimana|mese|mattin[ao]|pomeriggio|sera|notte|estate|autunno|inverno|primavera|stagione"
    "|fine settimana|weekend|lunedì|martedì|mercoledì|giovedì|venerdì|sabato|domenica)",
    "nl": "(?:deze|dit) (?:week|maand|jaar|dagen|ochtend|middag|avond|nacht|zomer|herfst|winter"
    "|lente|voorjaar|najaar|seizoen|weekend|(?:maan|dins|woens|donder|vrij|zater|zon)dag)",
    "pl": "(?:ten|ta|to|te) (?:tydzień|miesiąc|rok|weekend|noc|lato|jesień|zima|wiosna|sezon|dni)",
    "pt": "est[ea] (?:semana|mês|ano|manhã|tarde|noite|verão|outono|inverno|primavera|temporada"
    r"|fim de semana|(?:segunda|terça|quarta|quinta|sexta)(?:-feira)?|sábado|domingo|\d{1,2} de)",
    "ru": "эт(?:от|а|о|и) (?:неделя|месяц|год|ночь|лето|осень|зима|весна|сезон|дни)",
    "uk": "ц(?:ей|я|е|і) (?:тиждень|місяць|рік|ніч|літо|осінь|зима|весна|сезон|дні)",
}
_TODAY = {
    language: re.compile(rf"(?:{times})(?![\w-])", re.IGNORECASE)
    for language, times in _THIS_TIME.items()
}
# "Il faut", "Il y a", "It is": the subject stands for nothing that came before.
_IMPERSONAL = re.compile(
    r"(?:il (?:faut|faudra|fallait|s'agit|y (?:a|avait|aura)|est (?:\w+ )?(?:peu |très |plus )?"
    r"(?:probable|possible|nécessaire|important|temps|vrai|clair|question))"
    r"|il est \w+ (?:peu )?probable|it (?:is|was|will be) (?:\w+ )?(?:likely|unlikely|possible|"
    r"clear|important|time|necessary|not)|es (?:gibt|gab|ist|war)|ce que|ceux qui|celui qui|"
    r"celle qui)\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[\w'’-]+")
# What opens, and what may close it: German „so“, Polish „so”.
_PAIRS = tuple(
    (opening, re.compile(rf"[{re.escape(opening + closings)}]"))
    for opening, closings in (("«", "»"), ("“", "”"), ("„", "“”"), ("(", ")"))
)


@dataclass(frozen=True, slots=True)
class Reach:
    """Which sentences a quote covers: from ``first`` to ``last``, both included."""

    first: int
    last: int


def understandable(text: str, sentences: Sequence[Span], index: int, language: str) -> Span:
    """Return the span of ``text`` to quote for ``sentences[index]``, neighbours included.

    ``sentences`` are those around it, in order, of the same article.
    """
    reach = _whole_quotation(text, sentences, Reach(index, index))
    if points_back(sentences[reach.first].of(text), language):
        reach = _wider(text, sentences, reach, back=True) or reach
    return Span(sentences[reach.first].start, sentences[reach.last].end)


def points_back(sentence: str, language: str) -> bool:
    """Whether the sentence opens with a word that stands for something said before it."""
    if _IMPERSONAL.match(sentence):
        return False
    if (today := _TODAY.get(language)) and today.match(sentence):
        return False
    if (theirs := _THEIRS.get(language)) and theirs.match(sentence):
        return True
    first = _WORD.match(sentence)
    return first is not None and first.group().lower() in _OPENERS.get(language, frozenset())


def _whole_quotation(text: str, sentences: Sequence[Span], reach: Reach) -> Reach:
    """Widen until every quotation mark and bracket that is opened is closed, if that is near."""
    wide = _opened_before(text, sentences, reach) or reach
    for _ in range(2 * FURTHEST):
        covered = text[sentences[wide.first].start : sentences[wide.last].end]
        missing = _unbalanced(covered)
        if missing is None:
            return wide
        wider = _wider(text, sentences, wide, back=missing == "opening")
        if wider is None:
            return reach
        wide = wider
    return reach


def _opened_before(text: str, sentences: Sequence[Span], reach: Reach) -> Reach | None:
    """Return the reach from where the quotation opens that is still open before it, if near."""
    wide = reach
    for _ in range(FURTHEST):
        wider = _wider(text, sentences, wide, back=True)
        if wider is None:
            return None
        wide = wider
        before = text[sentences[wide.first].start : sentences[reach.first].start]
        missing = _unbalanced(before)
        if missing is not None:
            return wide if missing == "closing" else None
    return None


def _unbalanced(text: str) -> str | None:
    for opening, marks in _PAIRS:
        if opening == ("“" if "„" in text else "„"):
            continue  # where „ opens, “ and ” close; elsewhere “ opens
        depth = 0
        for mark in marks.findall(text):
            depth += 1 if mark == opening else -1
            if depth < 0:
                return "opening"
        if depth > 0:
            return "closing"
    return None


def _wider(text: str, sentences: Sequence[Span], reach: Reach, *, back: bool) -> Reach | None:
    """Return the reach with one more neighbour; None if there is none that stands next to it."""
    wide = Reach(reach.first - 1, reach.last) if back else Reach(reach.first, reach.last + 1)
    if wide.first < 0 or wide.last >= len(sentences):
        return None
    near, far = (wide.first, reach.first) if back else (reach.last, wide.last)
    if text[sentences[near].end : sentences[far].start].strip():
        return None  # something that is not the article's own words lies between
    if sentences[wide.last].end - sentences[wide.first].start > LONGEST:
        return None
    return wide
