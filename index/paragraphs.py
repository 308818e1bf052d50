"""Lines to paragraphs: which line ends are the writer's, and which only the width of a page."""

import itertools
import re
from collections.abc import Iterator, Sequence

from index.article import Span

_LINE = re.compile(r"[^\r\n\v\x1c-\x1e\x85\u2028\u2029]+|\r\n?|[\n\v\x1c-\x1e\x85\u2028\u2029]")
_BULLET = re.compile(r"[-*•‣▪■●◦·–—]\s|\(?\d{1,3}[.)]\s|[a-z]\)\s")
_CONTINUING = frozenset(",;:.!?)]}»”%…，。、；：！？）」』،؛؟")
_STOPPING = frozenset('.!?…:。！？：؟۔।"»”')
# "CO" and "2" on the next line: an index that a converter took for a block.
_FORMULA = re.compile(r"\b[A-Z][A-Za-z]?\Z")
# A shorter line was ended by its writer: a page is not that narrow.
_NARROWEST_WRAP = 30
_WRAP_WIDTHS = range(40, 121)
_WIDEST_FIRST_WORD = 25


def trimmed(text: str, start: int, end: int) -> Span | None:
    """Return ``[start, end)`` without the white space at both ends; None when nothing is left."""
    piece = text[start:end]
    stripped = piece.lstrip()
    if not stripped:
        return None
    begin = start + len(piece) - len(stripped)
    return Span(begin, begin + len(stripped.rstrip()))


def paragraphs(text: str, span: Span) -> Iterator[Span]:
    """Yield the paragraphs of a span, trimmed, in order.

    A paragraph ends at a blank line and at the end of a line, unless the line was broken in
    mid-sentence, as mail programs and PDFs do.
    """
    for block in _blocks(text, span):
        width = _wrap_width(text, block)
        start = block[0].start
        for line, following in itertools.pairwise(block):
            if not _runs_on(text, line, following, width):
                yield Span(start, line.end)
                start = following.start
        yield Span(start, block[-1].end)


def _blocks(text: str, span: Span) -> Iterator[list[Span]]:
    """Yield the runs of lines that no blank line interrupts."""
    block: list[Span] = []
    ended = False  # a line end was seen since the last line that is not blank
    for match in _LINE.finditer(text, span.start, span.end):
        line = trimmed(text, match.start(), match.end())
        if line is not None:
            block.append(line)
            ended = False
        elif match[0][0] in "\r\n\v\x1c\x1d\x1e\x85\u2028\u2029":
            if ended and block:
                yield block
                block = []
            ended = True
    if block:
        yield block


def _wrap_width(text: str, block: Sequence[Span]) -> int | None:
    """Return the width to which the lines were filled, None when they were not.

    A line is full when the first word of the next one had no room in it.
    """
    if len(block) < 3:
        return None
    width = max(line.end - line.start for line in block)
    if width not in _WRAP_WIDTHS:
        return None
    full = sum(_is_full(text, *pair, width) for pair in itertools.pairwise(block))
    return width if full >= 0.8 * (len(block) - 1) else None


def _is_full(text: str, line: Span, following: Span, width: int) -> bool:
    head = text[following.start : min(following.end, following.start + _WIDEST_FIRST_WORD)]
    first_word = head.split(maxsplit=1)[0]
    return line.end - line.start + 1 + len(first_word) > width


def _runs_on(text: str, line: Span, following: Span, width: int | None) -> bool:
    """Whether ``following`` goes on with the sentence that ``line`` began, or may."""
    last, first = text[line.end - 1], text[following.start]
    if width is not None and _is_full(text, line, following, width):
        listed = last in _STOPPING or last == ";"
        return not (listed and _BULLET.match(text, following.start, following.end))
    if first.isdigit() and _FORMULA.search(text, max(line.start, line.end - 3), line.end):
        return True
    if last in _STOPPING or _BULLET.match(text, following.start, following.end):
        return False
    if first in _CONTINUING:
        return True
    return first.islower() and line.end - line.start >= _NARROWEST_WRAP
