"""The short answers of a sentence: the words of it that answer, one span for each answer.

Where countries are asked for, the countries named in the reader's spans are the answers, so that
« L'Italie et la Pologne ont refusé » makes two, however the reader cuts it.
"""

import re
from collections.abc import Iterator, Sequence

from index.article import Span
from index.words import words
from qa.countries import asks_for_countries, countries, mentions
from qa.joint import SentenceReading, SpanReading
from qa.windows import Window

# The logit of a short answer over "none here" from which it is shown: above it, nine of ten are
# right where the sentence is (68 of our own dev questions).
SHORT_AT = 2.0
FURTHER_WITHIN = 2.0  # logits that a further answer of the sentence may be below the first
# A country where one is asked for is seldom wrong: it may be less sure.
COUNTRY_AT, COUNTRIES_WITHIN = -4.0, 2.5
BETWEEN = 5  # words between two of one enumeration: "L'Italien Georgia Meloni et le Polonais"

# What asks for several, in languages whose question words have a plural.
_SEVERAL = frozenset(
    words(
        "quels quelles lesquels lesquelles welche welchen cuáles quiénes quali które którzy jakie "
        "які котрі какие которые",
        "fr",
    )
)
_ENGLISH_PLURAL = re.compile(r"\b(?:which|what)\s+(?!does\b|this\b)\w{2,}[^\Wsu]s\b", re.IGNORECASE)


def short_answers(question: str, window: Window, reading: SentenceReading) -> tuple[Span, ...]:
    """Return the answering words in the article, the surest first; none where they are not sure."""
    text = window.record.article.text
    if not reading.spans:
        return ()
    if asks_for_countries(question):
        near = _near(reading.spans, COUNTRY_AT, COUNTRIES_WITHIN)
        found = list(_countries(question, text, [_moved(span, window) for span in near]))
        if found:
            return tuple(found)
    sure = [
        whole
        for span in _near(reading.spans, SHORT_AT, FURTHER_WITHIN)
        if (whole := whole_words(text, _moved(span, window))) is not None
    ]
    return tuple(sure if asks_for_several(question) else sure[:1])


def asks_for_several(question: str) -> bool:
    """Whether a question asks for more than one answer, by the plural of its question word."""
    return not _SEVERAL.isdisjoint(words(question, "fr")) or bool(_ENGLISH_PLURAL.search(question))


def whole_words(text: str, span: Span) -> Span | None:
    """Return the words that a span of the text touches, without what is around them."""
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
    return Span(start, end)


def _near(spans: Sequence[SpanReading], at: float, within: float) -> list[Span]:
    line = max(at, spans[0].logit - within)
    return [each.span for each in spans if each.logit >= line]


def _moved(span: Span, window: Window) -> Span:
    return Span(window.start + span.start, window.start + span.end)


def _countries(question: str, text: str, spans: Sequence[Span]) -> Iterator[Span]:
    """Yield the first mention of each country in the spans that the question does not name.

    In one span, those past the first count while they follow it closely, as an enumeration does.
    """
    known = countries(question)
    for span in spans:
        whole = whole_words(text, span) or span
        end = None
        for code, mention in mentions(whole.of(text)):
            place = Span(whole.start + mention.start, whole.start + mention.end)
            if end is not None and len(words(text[end : place.start], "fr")) > BETWEEN:
                break
            end = place.end
            if code not in known:
                known |= {code}
                yield place
