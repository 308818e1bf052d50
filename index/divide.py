"""A sentence longer than the model reads, cut into pieces that it does read."""

import re
from collections.abc import Callable, Iterator, Sequence

from index.article import Span
from index.paragraphs import trimmed

CountTokens = Callable[[Sequence[str]], list[int]]

# Nothing longer is handed to a tokenizer at once: a file of one line stays affordable.
_LONGEST_COUNTED = 20_000
# Where a piece may end, best first; the mark stays with the piece before it.
_PLACES = (
    re.compile(r"[;:；：](?=\s|$)|[。；]"),
    re.compile(r"[,،、，](?=\s|$)|[、，]"),
    re.compile(r"\s"),
)
# How far from an even cut a better place is looked for, as a share of the piece.
_REACH = 0.25
# Aimed under the budget, so that uneven pieces still fit.
_FILL = 0.85


def split_long(
    text: str, sentences: Sequence[Span], count_tokens: CountTokens, budget: int
) -> tuple[tuple[Span, ...], tuple[int, ...]]:
    """Return the sentences, those above ``budget`` tokens in pieces, and the tokens of each.

    A piece ends after a semicolon or a colon, else after a comma, else at a space, else anywhere.
    A single character above the budget stays as it is: it cannot be divided.
    """
    pieces = [piece for span in sentences for piece in _halved(text, span, _LONGEST_COUNTED)]
    costs = count_tokens([piece.of(text) for piece in pieces]) if pieces else []
    while any(_is_too_long(span, cost, budget) for span, cost in zip(pieces, costs, strict=True)):
        pieces, costs = _divided(text, pieces, costs, count_tokens, budget)
    return tuple(pieces), tuple(costs)


def _is_too_long(span: Span, cost: int, budget: int) -> bool:
    return cost > budget and span.end - span.start > 1


def _divided(
    text: str, spans: Sequence[Span], costs: Sequence[int], count_tokens: CountTokens, budget: int
) -> tuple[list[Span], list[int]]:
    """Divide every span that is too long, once, and count the new pieces in one call."""
    parts = [
        tuple(_cut(text, span, _pieces(cost, budget)))
        if _is_too_long(span, cost, budget)
        else (span,)
        for span, cost in zip(spans, costs, strict=True)
    ]
    fresh = iter(
        count_tokens([part.of(text) for group in parts if len(group) > 1 for part in group])
    )
    pieces = [part for group in parts for part in group]
    counted = [
        next(fresh) if len(group) > 1 else cost
        for group, cost in zip(parts, costs, strict=True)
        for _ in group
    ]
    return pieces, counted


def _pieces(cost: int, budget: int) -> int:
    return max(2, -int(-cost // (_FILL * budget)))


def _halved(text: str, span: Span, longest: int) -> Iterator[Span]:
    length = span.end - span.start
    return _cut(text, span, -(-length // longest))


def _cut(text: str, span: Span, pieces: int) -> Iterator[Span]:
    """Cut a span into about ``pieces`` parts of even length, trimmed, at the best places near."""
    start, end = span.start, span.end
    for left in range(pieces, 1, -1):
        size = (end - start) // left
        if size < 1:
            continue
        cut = _best_place(text, start, start + size, end)
        part = trimmed(text, start, cut)
        if part is not None:
            yield part
        start = cut
    rest = trimmed(text, start, end)
    if rest is not None:
        yield rest


def _best_place(text: str, start: int, aim: int, end: int) -> int:
    """Return the place to cut nearest to ``aim`` of the best kind, strictly inside the span."""
    reach = int((aim - start) * _REACH)
    low, high = max(start + 1, aim - reach), min(end - 1, aim + reach)
    for place in _PLACES:
        found = [match.end() for match in place.finditer(text, low - 1, high)]
        if found:
            return min(found, key=lambda cut: (abs(cut - aim), cut))
    return min(max(aim, start + 1), end - 1)
