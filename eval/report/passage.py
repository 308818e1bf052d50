"""A passage cut into pieces, so that a page can mark what is gold in it and what was quoted."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from eval.question import Place
from eval.record import Record
from qa.answer import FoundPassage

AROUND = 160  # characters kept before and after what is marked
UNMARKED = 240  # characters kept of a passage in which nothing is
CONTEXT = 70  # characters kept around an answer that stands alone


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Some characters of a passage that are all marked alike."""

    text: str
    gold: bool = False
    quoted: bool = False


def pieces(
    passage: FoundPassage,
    golds: Sequence[Place],
    quoted: Sequence[Place],
    *,
    around: int = AROUND,
) -> tuple[Piece, ...]:
    """Return the passage in pieces, shortened to what is ``around`` the marks."""
    text = passage.text
    gold_at, quoted_at = (_inside(passage, places) for places in (golds, quoted))
    marked = [*gold_at, *quoted_at]
    first = min((start for start, _ in marked), default=0)
    last = max((end for _, end in marked), default=UNMARKED - around)
    start, end = max(0, first - around), min(len(text), last + around)
    start, end = _whole_words(text, start, end)
    edges = sorted({start, end, *(e for span in marked for e in span if start < e < end)})
    cut = [
        Piece(text=text[a:b], gold=_covers(gold_at, a, b), quoted=_covers(quoted_at, a, b))
        for a, b in pairwise(edges)
    ]
    before = [Piece(text="… ")] if start > 0 else []
    after = [Piece(text=" …")] if end < len(text) else []
    return (*before, *cut, *after)


def in_context(place: Place, records: Iterable[Record]) -> tuple[Piece, ...]:
    """Return the words of a place among those around it; empty if no record holds them."""
    for record in records:
        for each in record.candidates:
            covers = each.start <= place.start and place.end <= each.end
            if each.article_id == place.article_id and covers:
                return pieces(each, [place], [], around=CONTEXT)
    return ()


def _whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the stretch without the parts of words at its ends."""
    while start > 0 and not text[start - 1].isspace():
        start -= 1
    while end < len(text) and not text[end].isspace():
        end += 1
    return start, end


def _inside(passage: FoundPassage, places: Sequence[Place]) -> list[tuple[int, int]]:
    """Return where in the passage's text the places are, as far as they are in it."""
    return [
        (max(p.start - passage.start, 0), min(p.end, passage.end) - passage.start)
        for p in places
        if p.overlaps(passage.article_id, passage.start, passage.end)
    ]


def _covers(spans: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    return any(first <= start and end <= last for first, last in spans)
