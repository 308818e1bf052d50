"""Sentences to passages: even in size, whole sentences, within what the model reads."""

from collections.abc import Iterator, Sequence

from index.article import Passage, Span
from index.divide import CountTokens

# A passage may end this share of its aim earlier or later, where a better place is.
_REACH = 0.35
# What a worse place to end costs, in shares of the aim.
_INSIDE_PARAGRAPH = 0.15
_AFTER_HEADING = 0.4
_LONGEST_HEADING = 120
# Of a passage, sentences that the one before it holds too take this share at most.
_OVERLAP_SHARE = 0.4
_FINAL = frozenset('.!?…。！？।؟۔»”"')


def group_passages(
    text: str,
    sentences: Sequence[Span],
    count_tokens: CountTokens,
    *,
    budget: int,
    overlap: int = 1,
) -> tuple[Passage, ...]:
    """Return passages of neighbouring sentences, in order, that cover every sentence.

    Each takes at most ``budget`` tokens over the text it covers, unless it is one sentence that
    alone takes more. A passage begins with the last ``overlap`` sentences of the one before, where
    they leave room for new ones. It never reaches over characters that no sentence holds: they
    were left out of the article. Raises ValueError for a budget below 1 or a negative overlap.
    """
    if budget < 1 or overlap < 0:
        raise ValueError(f"budget {budget} must be at least 1, overlap {overlap} at least 0")
    if not sentences:
        return ()
    costs = count_tokens([sentence.of(text) for sentence in sentences])
    return group_counted(text, sentences, costs, count_tokens, budget=budget, overlap=overlap)


def group_counted(
    text: str,
    sentences: Sequence[Span],
    costs: Sequence[int],
    count_tokens: CountTokens,
    *,
    budget: int,
    overlap: int,
) -> tuple[Passage, ...]:
    """Do the same as ``group_passages`` for sentences whose tokens are known."""
    groups = [
        group
        for first, last in _runs(text, sentences)
        for group in _grouped(text, sentences, costs, range(first, last), budget, overlap)
    ]
    groups = _fitting(text, sentences, groups, count_tokens, budget)
    return tuple(Passage(sentences=tuple(sentences[i] for i in group)) for group in groups)


def _runs(text: str, sentences: Sequence[Span]) -> Iterator[tuple[int, int]]:
    """Yield the stretches of sentences with nothing but white space between them."""
    first = 0
    for i in range(1, len(sentences)):
        if text[sentences[i - 1].end : sentences[i].start].strip():
            yield first, i
            first = i
    if sentences:
        yield first, len(sentences)


def _grouped(
    text: str,
    sentences: Sequence[Span],
    costs: Sequence[int],
    run: range,
    budget: int,
    overlap: int,
) -> Iterator[range]:
    """Yield the passages of one run as ranges of sentences."""
    left = sum(costs[i] for i in run)
    start = run.start
    while start < run.stop:
        shared = _shared(costs, start, run.start, budget, overlap)
        room = budget - sum(costs[shared:start])
        passages = max(1, -(-left // room))
        stop = _stop(text, sentences, costs, range(start, run.stop), room, left / passages)
        yield range(shared, stop)
        left -= sum(costs[i] for i in range(start, stop))
        start = stop


def _shared(costs: Sequence[int], start: int, first: int, budget: int, overlap: int) -> int:
    """Return the first sentence before ``start`` that the new passage repeats."""
    room = min(int(_OVERLAP_SHARE * budget), budget - costs[start])
    shared = start
    while shared > max(first, start - overlap) and costs[shared - 1] <= room:
        shared -= 1
        room -= costs[shared]
    return shared


def _stop(
    text: str,
    sentences: Sequence[Span],
    costs: Sequence[int],
    rest: range,
    room: int,
    aim: float,
) -> int:
    """Return where the passage that begins with the rest of a run ends: at least one sentence."""
    filled, best, least = 0, rest.start + 1, float("inf")
    for i in rest:
        filled += costs[i]
        if filled > room:
            break
        off = abs(filled - aim) / aim if aim else 0.0
        if filled > aim and off > _REACH and i > rest.start:
            break
        penalty = off + (_penalty(text, sentences, i) if i + 1 < rest.stop else 0.0)
        if penalty < least:
            best, least = i + 1, penalty
    return best


def _penalty(text: str, sentences: Sequence[Span], i: int) -> float:
    """Return what it costs to end a passage after sentence ``i``, which is not the last."""
    sentence, following = sentences[i], sentences[i + 1]
    gap = text[sentence.end : following.start]
    if "\n" not in gap and "\r" not in gap:
        return _INSIDE_PARAGRAPH
    short = sentence.end - sentence.start <= _LONGEST_HEADING
    return _AFTER_HEADING if short and text[sentence.end - 1] not in _FINAL else 0.0


def _fitting(
    text: str,
    sentences: Sequence[Span],
    groups: Sequence[range],
    count_tokens: CountTokens,
    budget: int,
) -> list[range]:
    """Halve the passages whose joined text takes more tokens than their sentences one by one."""
    fitting = list(groups)
    while True:
        joined = [text[sentences[g[0]].start : sentences[g[-1]].end] for g in fitting]
        costs = count_tokens(joined)
        if all(c <= budget or len(g) == 1 for g, c in zip(fitting, costs, strict=True)):
            return fitting
        fitting = [
            part
            for group, cost in zip(fitting, costs, strict=True)
            for part in (_halves(group) if cost > budget and len(group) > 1 else (group,))
        ]


def _halves(group: range) -> tuple[range, range]:
    middle = len(group) // 2
    return group[:middle], group[middle:]
