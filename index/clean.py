"""Telling the article's own words from the page around them, without cutting either.

The text is read line by line. What is left out is simply not covered by a span, so that every
offset stays valid in the text as it was received.
"""

import re
from collections.abc import Iterator

from index.article import Span
from index.chrome import is_chrome, is_prose, is_related_heading, is_related_line

_LINE = re.compile(r"[^\r\n\u2028\u2029]+")
_REPEATED = 20  # characters; shorter lines repeat for reasons of their own ("Yes.", "***")
_TEASERS = 5  # other articles' headlines that one heading announces amid the article


def own_words(text: str) -> tuple[Span, ...]:
    """Return the spans of ``text`` that are the article's own words.

    The spans are in order, disjoint and trimmed, and something is left out between any two. A text
    of which nothing would remain is its own words entirely; a blank text has none.
    """
    lines = tuple(_lines(text))
    if not lines:
        return ()
    kept = _without_repeats(text, lines, _without_page(text, lines))
    if not any(kept):
        return (Span(lines[0].start, lines[-1].end),)
    return tuple(_merged(lines, kept))


def _lines(text: str) -> Iterator[Span]:
    """Yield the trimmed lines of ``text`` that are not blank."""
    for found in _LINE.finditer(text):
        line = found.group()
        body = line.strip()
        if body:
            start = found.start() + len(line) - len(line.lstrip())
            yield Span(start, start + len(body))


def _without_page(text: str, lines: tuple[Span, ...]) -> list[bool]:
    """Return, per line, whether it is kept once buttons, notices and teasers are left out."""
    kept = [not is_chrome(line.of(text)) for line in lines]
    prose = [n for n, line in enumerate(lines) if kept[n] and is_prose(line.of(text))]
    if not prose:  # headlines cannot be told from what they would stand next to
        prose = [len(lines)]
    for n, line in enumerate(lines):
        words = line.of(text)
        if is_related_line(words):
            kept[n] = False
        elif is_related_heading(words):
            teasers = _teasers(text, lines, n, prose[-1]) if n > prose[0] else 0
            kept[n : n + 1 + teasers] = [False] * (1 + teasers)
            if n + 1 + teasers == len(lines):
                break
    return kept


def _teasers(text: str, lines: tuple[Span, ...], heading: int, last_prose: int) -> int:
    """Return how many lines after ``heading`` are headlines of other articles.

    All of them when no prose follows. Amid the article, those up to the next sentence, a question
    included, and only a few: what stands there may also be a subheading.
    """
    after = len(lines) - heading - 1
    if heading > last_prose:
        return after
    for count in range(min(after, _TEASERS)):
        words = lines[heading + 1 + count].of(text)
        if is_prose(words) or words.rstrip("\"'»”) ").endswith("?"):
            return count
    return min(after, _TEASERS)


def _without_repeats(text: str, lines: tuple[Span, ...], kept: list[bool]) -> list[bool]:
    """Return ``kept`` less the lines that say again, word for word, what a kept line said."""
    seen: set[str] = set()
    result = []
    for line, keep in zip(lines, kept, strict=True):
        words = " ".join(line.of(text).split()) if keep else ""
        result.append(keep and words not in seen)
        if len(words) >= _REPEATED:
            seen.add(words)
    return result


def _merged(lines: tuple[Span, ...], kept: list[bool]) -> Iterator[Span]:
    """Yield one span for every run of kept lines."""
    first: Span | None = None
    last: Span | None = None
    for line, keep in zip(lines, kept, strict=True):
        if keep:
            first, last = first or line, line
        elif first and last:
            yield Span(first.start, last.end)
            first = last = None
    if first and last:
        yield Span(first.start, last.end)
