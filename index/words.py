"""The words of a text, folded so that a missing accent or a capital letter makes no difference.

Words are runs of letters and digits. What is elided before an apostrophe (l', d', qu', jusqu'…) is
dropped in the languages that elide. Scripts that write no spaces are cut into overlapping pairs of
characters, whatever the language: the usual unit where no word segmentation is at hand
(Nie et al., "On the use of words and n-grams for Chinese information retrieval", IRAL 2000).
"""

import re
import unicodedata
from functools import cache

# Accents and Arabic vowels that stand by themselves, for use in a character class.
MARKS = "\u0300-\u036f\u064b-\u065f\u0670"

_FOLDED_BLOCKS = (
    (0x00C0, 0x024F),  # Latin-1 Supplement, Latin Extended-A and -B
    (0x0370, 0x03FF),  # Greek
    (0x1E00, 0x1FFF),  # Latin Extended Additional, Greek Extended
)
_FOLDED_LETTERS = {
    "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ı": "i", "ħ": "h",
    "ё": "е",  # Russian prints rarely the dots
    "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ـ": "",  # Arabic: hamza carriers, tatweel
}  # fmt: skip
# Accents, Hebrew points and Arabic vowel signs: what is often left out in writing. The vowel signs
# of Indic scripts and of Thai are combining characters too, but without them it is another word.
_DROPPED_MARKS = (
    (0x0300, 0x036F),
    (0x0591, 0x05C7),
    (0x0610, 0x061A),
    (0x064B, 0x065F),
    (0x0670, 0x0670),
)


_ELISIONS = {
    "fr": re.compile(r"\b(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu)['’ʼ`´]"),
    "it": re.compile(r"\b(?:[cdlmstv]|[dn]ell|d?all|sull|coll|quell|quest|un|sant|bell)['’ʼ`´]"),
    "ca": re.compile(r"\b[dlmnst]['’ʼ`´]"),
    "en": re.compile(r"['’ʼ`´]s\b"),
}  # fmt: skip

_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"  # Thai, Lao, Myanmar, Khmer
    "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff"  # kana, Han, Hangul
    "\U00020000-\U0003134f]+"
)


# What a question asks with. Passages that answer it do not hold these words, but others do.
_INTERROGATIVES = {
    "ar": "من ما ماذا متى أين لماذا كيف كم أي هل",
    "da": "hvem hvad hvilken hvilket hvilke hvornår hvor hvorfor hvordan",
    "de": """wer wen wem wessen was welche welcher welches welchem welchen wann wo wohin woher warum
        wieso weshalb wie wieviel wieviele""",
    "el": "ποιος ποια ποιο ποιοι ποιες ποιον ποιους τι πότε πού γιατί πώς πόσο πόσα πόσοι πόσες",
    "en": "who whom whose what which when where why how",
    "es": "quién quiénes qué cuál cuáles cuándo dónde adónde cómo cuánto cuánta cuántos cuántas",
    "fi": "kuka ketkä mikä mitkä mitä milloin missä mistä mihin miksi miten kuinka",
    "fr": """qui que quoi quel quelle quels quelles lequel laquelle lesquels lesquelles quand
        comment combien pourquoi""",
    "hu": "ki kik kit mi mit melyik mikor hol hová honnan miért hogyan mennyi hány",
    "it": "chi che quale quali qual quando dove come quanto quanta quanti quante perché",
    "nb": "hvem hva hvilken hvilket hvilke når hvor hvorfor hvordan",
    "nl": "wie wat welke welk wanneer waar waarom hoe hoeveel",
    "pl": "kto kogo co który która które jaki jaka jakie kiedy gdzie dlaczego jak ile",
    "pt": "quem que qual quais quando onde como quanto quanta quantos quantas porque",
    "ro": "cine ce care când unde cum cât câtă câți câte",
    "ru": "кто кого что какой какая какие какое когда где куда откуда почему зачем как сколько чей",
    "sv": "vem vad vilken vilket vilka när var varför hur",
    "tr": "kim ne hangi nerede neden niçin nasıl kaç",
}


def question_words(question: str, language: str) -> list[str]:
    """Return the folded words of a question without those it asks with, unless it has no others."""
    found = words(question, language)
    return [word for word in found if word not in _interrogatives(language)] or found


def words(text: str, language: str) -> list[str]:
    """Return the folded words of ``text``, in order, with repetitions.

    ``language`` is an ISO 639-1 code; it only decides what is elided before an apostrophe.
    """
    folded = fold(text)
    if elision := _ELISIONS.get(language):
        folded = elision.sub(" ", folded)
    found: list[str] = _word_pattern().findall(folded)
    if folded.isascii() or not _UNSPACED.search(folded):
        return found
    return [part for word in found for part in _cut(word)]


def fold(text: str) -> str:
    """Return ``text`` in lower case and without accents; the length may change."""
    if text.isascii():
        return text.lower()
    composed = unicodedata.normalize("NFKC", text).casefold()
    return _NOT_ASCII.sub(lambda match: _folding().get(match[0], match[0]), composed)


def folded_set(listed: str) -> frozenset[str]:
    """Return words that are listed with spaces between them, folded."""
    return frozenset(fold(listed).split())


def _cut(word: str) -> list[str]:
    """Cut the parts of a word that stand in an unspaced script into pairs of characters."""
    parts: list[str] = []
    end = 0
    for match in _UNSPACED.finditer(word):
        if before := word[end : match.start()]:
            parts.append(before)
        run, end = match.group(), match.end()
        parts += [run] if len(run) == 1 else [run[i : i + 2] for i in range(len(run) - 1)]
    return [*parts, word[end:]] if end < len(word) else parts


@cache
def _interrogatives(language: str) -> frozenset[str]:
    return frozenset(words(_INTERROGATIVES.get(language, ""), language))


@cache
def _folding() -> dict[str, str]:
    table = dict(_FOLDED_LETTERS)
    for start, end in _FOLDED_BLOCKS:
        for letter in map(chr, range(start, end + 1)):
            base = unicodedata.normalize("NFD", letter)[0]
            if base != letter and base.isalpha():
                table.setdefault(letter, base)
    for start, end in _DROPPED_MARKS:
        table |= dict.fromkeys(map(chr, range(start, end + 1)), "")
    return table


@cache
def _word_pattern() -> re.Pattern[str]:
    # "\w" leaves out combining characters, and so would cut Hindi and Thai words at their vowels.
    marks = [c for c in map(chr, range(0x0300, 0x10000)) if unicodedata.category(c)[0] == "M"]
    return re.compile(rf"[^\W_]+(?:[{''.join(marks)}]+[^\W_]*)*")
