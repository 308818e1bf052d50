"""Where one sentence ends and the next begins.

A full stop is weighed by the word before it (abbreviation, initial, number), by what follows it
(capital, digit, quotation mark) and by the quotation it stands in; the lists are in
``index/abbreviations.py``. No model, no state: the same text gives the same sentences.
"""

import re
from collections.abc import Iterator, Sequence
from unicodedata import category

from index.abbreviations import Abbreviations, abbreviations
from index.article import UNDETERMINED, Span
from index.full_stop import Stop, ends_at_full_stop, ends_without_space
from index.paragraphs import paragraphs, trimmed
from index.quotations import Quotations, find_quotations

# Full stops of all scripts; ";" is the question mark of Greek. Thai has spaces instead.
_TERMINATORS = re.compile(
    r"[.!?…‥‼⁇⁈⁉。！？｡．؟۔।॥։።፧။။។៕܀᙮]+|;|\u037e|(?<=[\u0e00-\u0e7f])\s+(?=[\u0e00-\u0e7f])"
)
_CJK_STOPS = frozenset("。！？｡")
_CLOSERS = frozenset("»›”’'\")]}」』）》〉】")
_FOOTNOTE = re.compile(r"(?:\[[^\]\n]{1,40}\])+")
_GREEK = re.compile(r"[\u0370-\u03ff\u1f00-\u1fff]")
# What may stand before the first word of a sentence: marks, dashes, an omission in brackets.
_LEAD = re.compile(r"(?:[\[(](?:…|\.\.\.)[\])]|[\s«‹“”„‟\"'`‘’‚(\[{¿¡—–\-*•#@†「『（《【])*")
# 「はい。」と言った: what follows still speaks of the quotation.
_QUOTE_GOES_ON = frozenset("、，,と")
_WORD = re.compile(r"[^\W_]")
# Thai writes a space at the end of a clause as well: shorter than this is hardly a sentence.
_THAI_AT_LEAST = 100


def split_sentences(
    text: str, spans: Sequence[Span], language: str = UNDETERMINED
) -> tuple[Span, ...]:
    """Return the sentences of the spans, in order, disjoint, without white space at their ends.

    Every character of the spans that is not white space is in exactly one sentence. No sentence
    reaches from one span, or from one paragraph, into another.
    """
    known = abbreviations(language)
    return tuple(
        sentence
        for span in spans
        for paragraph in paragraphs(text, span)
        for sentence in _split(text, paragraph, known)
    )


def _split(text: str, paragraph: Span, known: Abbreviations) -> Iterator[Span]:
    """Yield the sentences of one paragraph. What holds no letter or digit joins its neighbour."""
    waiting: Span | None = None
    start = searched = paragraph.start
    worded = False
    for end in (*_ends(text, paragraph, known), paragraph.end):
        worded = worded or _WORD.search(text, searched, end) is not None
        searched = end
        if not worded and end < paragraph.end:
            continue
        piece = trimmed(text, start, end)
        if piece is None:
            continue
        if waiting is not None and not worded:
            waiting = Span(waiting.start, piece.end)
            break
        if waiting is not None:
            yield waiting
        waiting, start, worded = piece, end, False
    if waiting is not None:
        yield waiting


def _ends(text: str, paragraph: Span, known: Abbreviations) -> Iterator[int]:
    """Yield the ends of the sentences of a paragraph, but for the last."""
    start, end = paragraph.start, paragraph.end
    quotations = find_quotations(text, start, end)
    uncased = _is_uncased(text[start:end])
    whole = iter(quotations.whole)
    opened, closed = next(whole, (end, end))
    sentence_start = start
    for run in _TERMINATORS.finditer(text, start, end):
        while closed < run.start():
            opened, closed = next(whole, (end, end))
        close = _after_closers(text, run.end(), end, quotations)
        if close >= end or opened < close <= closed:
            continue
        stop = Stop(text, sentence_start, run.start(), run.end(), close, end)
        if _is_end(stop, known, uncased):
            yield close
            sentence_start = close


def _is_uncased(paragraph: str) -> bool:
    """Whether a paragraph of a cased script was written without capitals."""
    return paragraph == paragraph.lower() != paragraph.upper()


def _after_closers(text: str, position: int, end: int, quotations: Quotations) -> int:
    """Return the position after the closing marks and footnote signs that belong to a stop."""
    while position < end:
        footnote = _FOOTNOTE.match(text, position, end)
        if footnote:
            position = footnote.end()
            continue
        ahead = position
        while ahead < end and text[ahead].isspace():
            ahead += 1
        if ahead < end and quotations.closes(ahead):
            position = ahead + 1
        elif text.startswith("''", ahead, end):  # closes ``so'', as tokenizers write it
            position = ahead + 2
        elif _is_stray_closer(text, position, end, quotations):
            position += 1
        else:
            break
    return position


def _is_stray_closer(text: str, position: int, end: int, quotations: Quotations) -> bool:
    """Whether a closing mark follows at once that nothing in the paragraph opened."""
    mark = text[position]
    if mark not in _CLOSERS or quotations.opens(position):
        return False
    return mark not in "'\"’" or position + 1 >= end or not text[position + 1].isalnum()


def _is_end(stop: Stop, known: Abbreviations, uncased: bool) -> bool:
    """Weigh one run of terminators that stands outside every short quotation."""
    text, mark = stop.text, stop.text[stop.start : stop.end]
    if mark.isspace():
        return stop.start - stop.sentence_start >= _THAI_AT_LEAST
    if mark in ";\u037e":
        return text[stop.close].isspace() and _GREEK.match(text, stop.start - 1) is not None
    if mark[-1] in _CJK_STOPS:
        return stop.close == stop.end or text[stop.close] not in _QUOTE_GOES_ON
    if not text[stop.close].isspace():
        return ends_without_space(stop, known)
    lead = _LEAD.match(text, stop.close, stop.limit)
    first = lead.end() if lead else stop.close
    if first >= stop.limit:
        return False
    if text[first].islower():
        if not uncased or stop.close > stop.end:
            return False
    elif not (text[first].isalnum() or category(text[first]) in ("Sc", "So")):
        return False
    if mark == "." and stop.close == stop.end:
        return ends_at_full_stop(stop, first, known)
    return True
