"""From lines on pages back to paragraphs: what typesetting did is undone, letter for letter."""

import itertools
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from statistics import median

DIVIDED = "\ufffe"  # stands where a word was divided between two lines
_EDGE = 3  # lines at the head and at the foot of a page that may repeat on others
_AROUND = 40  # lines before and after, which tell where a column begins and ends
_NUMBER = re.compile(r"\d+")
_DIVIDES = re.compile(r"(?<=\w)[-\u2010\u00ad]$")
_ENDS_A_SENTENCE = re.compile(r"[.!?…:。！？؟।][\s»”\"’')\]]*$")
_SELF = re.compile(r"mêmes?\b")  # "eux-mêmes"
_LAST_WORD = re.compile(r"\S+$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of text and its box on the page, in points from the lower left corner."""

    text: str
    left: float
    right: float
    bottom: float
    top: float
    height: float  # of one row: a word that was divided keeps two in one line


def flowing_text(pages: Sequence[Sequence[Line]]) -> str:
    """Return the paragraphs of all pages, parted by empty lines; empty if there is no line."""
    lines = [line for page in without_furniture(pages) for line in _placed(page)]
    paragraphs: list[list[str]] = []
    before: _Placed | None = None
    for line in lines:
        if before is None or _starts_paragraph(before, line):
            paragraphs.append([])
        paragraphs[-1].append(line.line.text)
        before = line
    return "\n\n".join(map(_joined, paragraphs))


def without_furniture(pages: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """Return the pages without head lines, foot lines and page numbers that most of them share."""
    seen = Counter(key for page in pages for key in {_pattern(line) for line in _edges(page)})
    needed = max(2, len(pages) // 2 + 1)
    return [
        [
            line
            for place, line in enumerate(page)
            if _EDGE <= place < len(page) - _EDGE or seen[_pattern(line)] < needed
        ]
        for page in pages
    ]


def _edges(page: Sequence[Line]) -> Iterable[Line]:
    return page if len(page) <= 2 * _EDGE else (*page[:_EDGE], *page[-_EDGE:])


def _pattern(line: Line) -> str:
    return _NUMBER.sub("#", line.text.casefold())


@dataclass(frozen=True, slots=True)
class _Placed:
    """A line with what its page says of it."""

    line: Line
    gap: float | None  # from the line above, in line heights; None at the top of a column
    usual_gap: float
    indent: float  # from the column's left edge, in line heights
    short: float  # of the column's right edge, in line heights


def _placed(page: Sequence[Line]) -> Iterator[_Placed]:
    gaps = [_gap(above, line) for above, line in itertools.pairwise(page)]
    known = [gap for gap in gaps if gap is not None]
    usual = median(known) if known else 0.0
    for place, (line, gap) in enumerate(zip(page, (None, *gaps), strict=False)):
        around = page[max(0, place - _AROUND) : place + _AROUND]
        column = [other for other in around if abs(other.left - line.left) < 3 * line.height]
        left = median(other.left for other in column)
        right = sorted(other.right for other in column)[len(column) * 3 // 4]
        indent, short = (line.left - left) / line.height, (right - line.right) / line.height
        yield _Placed(line, gap, usual, indent, short)


def _gap(above: Line, line: Line) -> float | None:
    """Return the space between two lines in line heights; None where a new column begins."""
    gap = (above.bottom - line.top) / line.height
    return gap if gap > -1 else None


def _starts_paragraph(before: _Placed, line: _Placed) -> bool:
    if abs(before.line.height - line.line.height) > 0.1 * line.line.height:  # a headline
        return True
    if line.gap is not None and line.gap > line.usual_gap + 0.25:
        return True
    ended = _ENDS_A_SENTENCE.search(before.line.text) is not None
    return ended and (before.short > 2 or line.indent > 0.7)


def _joined(lines: Sequence[str]) -> str:
    """Return one paragraph; a word that was divided is whole again."""
    text = lines[0]
    for line in lines[1:]:
        if text.endswith(DIVIDED) or _DIVIDES.search(text):
            text = f"{text[:-1]}{DIVIDED}{line}"
        else:
            text = f"{text} {line}"
    head, *rest = text.split(DIVIDED)
    for part in rest:
        head = f"{head}{_hyphen(head, part)}{part}"
    return head


def _hyphen(head: str, part: str) -> str:
    """Return the hyphen where it belongs to the word: "Royaume-Uni", "2025-2026", "a-t-il"."""
    last = _LAST_WORD.search(head)
    compound = last is not None and "-" in last[0]
    named = part[:1].isupper() or part[:1].isdigit()
    return "-" if compound or named or _SELF.match(part) else ""
