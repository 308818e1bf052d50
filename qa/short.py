"""The short answers of a sentence: the words of it that answer, one span for each answer.

Where countries are asked for, the countries named in the reader's spans are the answers, so that
« L'Italie et la Pologne ont refusé » makes two, however the reader cuts it.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from index.article import Span
from index.words import words
from qa.asked_countries import asks_for_countries
from qa.countries import countries, mentions
from qa.enumeration import members
from qa.joint import SentenceReading, SpanReading
from qa.polarity import asks_for_refusals, noes
from qa.retrieve import Question
from qa.windows import Window

# The logit of a short answer over "none here" from which it is shown: above it, nine of ten are
# right where the sentence is (68 of our own dev questions).
SHORT_AT = 2.0
FURTHER_WITHIN = 2.0  # logits that a further answer of the sentence may be below the first
# A country where one is asked for is seldom wrong: it may be less sure.
COUNTRY_AT, COUNTRIES_WITHIN = -6.0, 2.5
REFUSING_AT = -12.0  # where it comes before a no as well
BESIDE = 3  # words between a country and its no: "la Pologne ne fournira pas"
BETWEEN = 5  # words between two of one enumeration: "L'Italien Georgia Meloni et le Polonais"

# What asks for several, in languages whose question words have a plural.
_SEVERAL = frozenset(
    words(
        "quels quelles lesquels lesquelles welche cuáles quiénes quali które którzy jakie "
        "які котрі какие которые",
        "fr",
    )
)
# "Welchen" is a masculine accusative as well: "welchen Minister?" It asks for several behind a
# preposition of the dative, and before what ends as no masculine does.
_WELCHEN = re.compile(
    r"\b(?:aus|bei|mit|nach|seit|von|zu) welchen\b"
    r"|\b(?:an|auf|hinter|in|neben|über|unter|vor|zwischen) welchen \w+e[lr]?n\b"
    r"|\bwelchen \w+(?:(?<!\bst)(?<!\bk)(?<!konz)ern|eln|ungen|ionen|eien|[hk]eiten|schaften"
    r"|täten|städten|staaten)\b",
    re.IGNORECASE,
)
# The noun of an English question, and the word behind it.
_ENGLISH_NOUN = re.compile(
    r"\b(which|what)\s+(?:(?:other|new|two|three|four|five|six|ten)\s+)?(\w+)(?:\s+(\w+))?",
    re.IGNORECASE,
)
_PLURALS = frozenset(["children", "men", "people", "women"])
_SINGULARS = frozenset(
    ["does", "this", "news", "series", "species", "politics", "gas", "lens", "mathematics"]
)
SHORTEST_PLURAL = 4  # letters: "cars", not "was"
_SINGULAR_ENDS = ("ss", "us", "is")
# Verbs that "what" is the subject of: "what causes inflation?", but "what causes are there?"
_VERBS = frozenset(
    words(
        "affects allows attracts becomes begins brings causes changes comes connects contains "
        "counts defines determines divides drives enables ends exists explains feels follows "
        "fuels gets gives goes happens helps holds includes influences involves keeps leads lets "
        "lies links looks makes matters means motivates moves needs occurs opens pays prevents "
        "prompts protects provokes pushes puts remains runs says seems separates shapes shows "
        "sounds sparks stands starts stops supports takes tells threatens ties triggers unites "
        "wants works worries",
        "en",
    )
)
_AUXILIARIES = frozenset(
    words(
        "are can could did do does had has have may might must shall should was were will would",
        "en",
    )
)
# What asks for persons, of which there may be several: "who was there?"
_PERSONS = frozenset(words("wer wen wem quién chi quem kto kogo komu хто кто кого кому кем", "fr"))
# Elsewhere these are a "how" and a name.
_PERSONS_OF = {"nl": frozenset(["wie"]), "pl": frozenset(["kim"]), "uk": frozenset(["ким"])}
# These are relative pronouns as well, or an Arabic "from": they ask where they open the question,
# be it behind "at the summit,", or behind what asks to be told, or end it behind a preposition.
_WHO = re.compile(
    r"^\W*(?:(?:et|mais|alors|donc|c['’]est|ce sera|à|avec|chez|contre|dans|de|devant|entre|par"
    r"|pour|sans|selon|sur|vers)\W+)*qui\b"
    r"|\b(?:à|avec|chez|contre|de|par|pour|est) qui\W*$"
    r"|\b(?:savoir|sait-on|sais-tu|savez-vous|dire|dis-moi|dites-moi)"
    r" (?:(?:à|avec|de|par|pour) )?qui\b"
    r"|^\W*(?:(?:and|but|so|then|about|against|at|by|for|from|in|of|on|to|under|with)\W+)*whom?\b"
    r"|\b(?:know|tell me|say) (?:(?:by|for|from|to|with) )?whom?\b|\bwhom?\W*$"
    r"|^\W*(?:à|au|aux|après|avant|dans|depuis|en|lors|pendant|after|at|before|during|in|on|le \d+)"
    r"\b(?!\W*(?:quel|which|what))[^,?]*,"
    r" (?:(?:avec|de|par|pour|à|by|for|to|with) )?(?:qui|whom?)\b"
    r"|^\W*(?:مع |ول|و|ف|ل|ب)?من (?!أين|اين|أي |اي |كم |ماذا |بين )",
    re.IGNORECASE,
)
_SIGN_AFTER = re.compile("[ \u00a0\u202f]?[%‰€$£°]")
_SIGNS_BEFORE = frozenset("€$£")


def short_answers(question: Question, window: Window, reading: SentenceReading) -> tuple[Span, ...]:
    """Return the answering words in the article, the surest first; none where they are not sure."""
    text = window.record.article.text
    if not reading.spans:
        return ()
    if asks_for_countries(question.text):
        refuses = asks_for_refusals(question.text, question.language)
        near = _near(reading.spans, REFUSING_AT if refuses else COUNTRY_AT, COUNTRIES_WITHIN)
        named = [place for span in near for place in _named(text, _moved(span, window))]
        if refuses:
            if refusing := _refusing(question.text, window, reading.spans[0].span):
                return refusing
            may = [each for each in named if _before_a_no(window, each[1])]
            return _enumerated(question.text, text, [*may, *_beside(may, window)])
        if found := _enumerated(question.text, text, named):
            return found
    sure = [
        whole
        for span in _near(reading.spans, SHORT_AT, FURTHER_WITHIN)
        if (whole := whole_words(text, _moved(span, window))) is not None
    ]
    several = asks_for_several(question.text)
    shown = sure if several else sure[:1]
    if several or asks_for_persons(question.text, question.language):
        language = window.record.article.language
        shown = [member for whole in shown for member in members(text, whole, language)]
    return tuple(dict.fromkeys(shown))


@lru_cache(maxsize=1_000)  # it is asked of every sentence that is read
def asks_for_several(question: str) -> bool:
    """Whether a question asks for more than one answer, by the plural of its question word."""
    return (
        not _SEVERAL.isdisjoint(words(question, "fr"))
        or any(_is_plural(*match.groups()) for match in _ENGLISH_NOUN.finditer(question))
        or bool(_WELCHEN.search(question))
    )


def _is_plural(asking: str, noun: str, after: str | None) -> bool:
    """Whether the English word behind "which" or "what" is a noun in the plural."""
    noun = noun.lower()
    if noun in _PLURALS:
        return True
    if len(noun) < SHORTEST_PLURAL or not noun.endswith("s") or noun.endswith(_SINGULAR_ENDS):
        return False
    a_verb = asking.lower() == "what" and noun in _VERBS
    return noun not in _SINGULARS and not (a_verb and (after or "").lower() not in _AUXILIARIES)


@lru_cache(maxsize=1_000)
def asks_for_persons(question: str, language: str) -> bool:
    """Whether a question asks who: one, or several."""
    found = words(question, "fr")
    return (
        not _PERSONS.isdisjoint(found)
        or not _PERSONS_OF.get(language, frozenset()).isdisjoint(found)
        or bool(_WHO.search(question))
    )


def whole_words(text: str, span: Span) -> Span | None:
    """Return the words that a span of the text touches, without what is around them.

    What a number counts in by a sign belongs to it: "7 %", "$40".
    """
    start, end = span.start, span.end
    while start < end and not text[start].isalnum():
        start += 1
    while start < end and not text[end - 1].isalnum():
        end -= 1
    if start == end:
        return None
    while start > 0 and text[start - 1].isalnum():
        start -= 1
    while end < len(text) and text[end].isalnum():
        end += 1
    if text[end - 1].isdecimal() and (sign := _SIGN_AFTER.match(text, end)):
        end = sign.end()
    if text[start].isdecimal() and text[start - 1 : start] in _SIGNS_BEFORE:
        start -= 1
    return Span(start, end)


def _near(spans: Sequence[SpanReading], at: float, within: float) -> list[Span]:
    line = max(at, spans[0].logit - within)
    return [each.span for each in spans if each.logit >= line]


def _moved(span: Span, window: Window) -> Span:
    return Span(window.start + span.start, window.start + span.end)


def _named(text: str, span: Span) -> Iterator[tuple[str, Span]]:
    """Yield the countries in a span of the text, with their places in the text."""
    whole = whole_words(text, span) or span
    for code, mention in mentions(whole.of(text)):
        yield code, Span(whole.start + mention.start, whole.start + mention.end)


def _refusing(question: str, window: Window, surest: Span) -> tuple[Span, ...]:
    """Return the countries that say no in the sentence of the surest span.

    A country does that stands next to a word for refusing ("le refus italien") or before a negation
    ("la Pologne ne fournira pas"), and one that is enumerated with it.
    """
    article, asked = window.record.article, countries(question)
    at = window.start + surest.start
    sentence = next((s for s in window.sentences if s.start <= at < s.end), None)
    if sentence is None:
        return ()
    text = sentence.of(article.text)
    named = [each for each in _named(text, Span(0, len(text))) if each[0] not in asked]
    said = noes(text, article.language)
    chosen = {n for n, (_, place) in enumerate(named) if _says_no(text, place, said)}
    for numbers in (range(1, len(named)), range(len(named) - 1, 0, -1)):
        for n in numbers:
            one, other = named[n - 1][1], named[n][1]
            apart = any(one.end <= word.start < other.start for word, _ in said)
            if {n - 1, n} & chosen and not apart and _close(text, one, other):
                chosen |= {n - 1, n}
    found = first_of_each([named[n] for n in sorted(chosen)])
    start = sentence.start
    return tuple(Span(start + place.start, start + place.end) for place in found)


def _before_a_no(window: Window, place: Span) -> bool:
    """Whether a word that says no follows in the sentence: the subject comes before it."""
    article = window.record.article
    return any(
        sentence.start <= place.start < sentence.end
        and bool(noes(article.text[place.end : sentence.end], article.language))
        for sentence in window.sentences
    )


def _beside(named: Sequence[tuple[str, Span]], window: Window) -> Iterator[tuple[str, Span]]:
    """Yield the countries before a no in the same sentences: a span may have one of two alone."""
    for sentence in window.sentences:
        if any(sentence.start <= place.start < sentence.end for _, place in named):
            every = _named(window.record.article.text, sentence)
            yield from (each for each in every if _before_a_no(window, each[1]))


def _says_no(text: str, place: Span, said: Sequence[tuple[Span, bool]]) -> bool:
    return any(
        _close(text, *sorted((place, word), key=_start), most=BESIDE)
        for word, refuses in said
        if refuses or place.end <= word.start
    )


def _start(span: Span) -> int:
    return span.start


def _enumerated(question: str, text: str, named: Sequence[tuple[str, Span]]) -> tuple[Span, ...]:
    """Return the first mention of each country that stands in one enumeration with the surest.

    The countries of the question are no answers. "Le refus italien d'envoyer des troupes, tandis
    que les États-Unis …" has two that do different things, far from each other.
    """
    asked = countries(question)
    surest = next((place for code, place in named if code not in asked), None)
    if surest is None:
        return ()
    ordered = sorted(set(named), key=lambda each: each[1].start)
    at = next(number for number, (_, place) in enumerate(ordered) if place == surest)
    first, last = at, at
    while first > 0 and _close(text, ordered[first - 1][1], ordered[first][1]):
        first -= 1
    while last + 1 < len(ordered) and _close(text, ordered[last][1], ordered[last + 1][1]):
        last += 1
    return first_of_each([each for each in ordered[first : last + 1] if each[0] not in asked])


def first_of_each(named: Sequence[tuple[str, Span]]) -> tuple[Span, ...]:
    """Return the first mention of each country, of mentions in the order of the text."""
    by_code = dict(reversed(named))
    return tuple(sorted(by_code.values(), key=_start))


def _close(text: str, one: Span, next_: Span, *, most: int = BETWEEN) -> bool:
    return len(words(text[one.end : next_.start], "fr")) <= most
