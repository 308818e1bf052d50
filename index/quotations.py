"""Which marks of a paragraph open and close a quotation or a bracket, and what they enclose."""

from dataclasses import dataclass

# A quotation of at most this many characters stays in one piece: "« Oui. Non. »".
LONGEST_WHOLE = 160

_CLOSER_OF = {
    "«": "»", "‹": "›", "“": "”", "„": "“", "‟": "”", "‚": "‘", "(": ")", "[": "]", "{": "}",
    "「": "」", "『": "』", "（": "）", "《": "》", "〈": "〉", "【": "】", '"': '"', "»": "«", "”": "”",
}  # fmt: skip
_AMBIGUOUS = frozenset('«»“”"')
_MARKS = frozenset(_CLOSER_OF) | frozenset(_CLOSER_OF.values())
_BEFORE_OPENING = frozenset("([{«“„‘'’—–-/:=")

OPENS = 1
CLOSES = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotations:
    """The marks of ``text[start:end]``; ``roles`` has one byte a character: 0, OPENS or CLOSES."""

    start: int
    roles: bytearray
    whole: tuple[tuple[int, int], ...]  # short enclosures, from mark to mark, in order, disjoint

    def opens(self, position: int) -> bool:
        """Whether the character opens an enclosure."""
        return self.roles[position - self.start] == OPENS

    def closes(self, position: int) -> bool:
        """Whether the character closes an enclosure that was opened in the paragraph."""
        return self.roles[position - self.start] == CLOSES


def find_quotations(text: str, start: int, end: int) -> Quotations:
    """Pair the marks of one paragraph; what has no partner has no role."""
    roles = bytearray(end - start)
    pairs: list[tuple[int, int]] = []
    open_marks: list[tuple[str, int]] = []  # the mark that closes it, and where it was opened
    waiting: dict[str, int] = {}  # how many open marks each closing mark would end
    for position in range(start, end):
        mark = text[position]
        if mark not in _MARKS:
            continue
        closer = _closes(text, position, start, end, waiting)
        if closer is None:
            if mark in _CLOSER_OF:
                expected = _CLOSER_OF[mark]
                open_marks.append((expected, position))
                waiting[expected] = waiting.get(expected, 0) + 1
            continue
        while True:
            expected, opened = open_marks.pop()
            waiting[expected] -= 1
            if expected == closer:
                break
        roles[opened - start], roles[position - start] = OPENS, CLOSES
        pairs.append((opened, position))
    return Quotations(start=start, roles=roles, whole=_outermost_short(pairs))


def _closes(text: str, position: int, start: int, end: int, waiting: dict[str, int]) -> str | None:
    """Return which awaited closing mark the one at ``position`` is; None when it opens or errs."""
    mark = text[position]
    if mark in _AMBIGUOUS and _looks_opening(text, position, start, end, waiting):
        return None
    if waiting.get(mark):
        return mark
    if mark == "”" and waiting.get("“"):  # „tak”
        return "“"
    return None


def _looks_opening(text: str, position: int, start: int, end: int, waiting: dict[str, int]) -> bool:
    """Tell by the neighbours whether a mark that some language uses both ways opens here."""
    before = text[position - 1] if position > start else " "
    after = text[position + 1] if position + 1 < end else " "
    detached = before.isspace() or before in _BEFORE_OPENING
    if after.isspace():
        # « Ainsi », but " ainsi " only when none is open.
        return text[position] == "«" or (detached and not waiting.get(text[position]))
    return detached or (text[position] == "«" and not waiting.get("«"))


def _outermost_short(pairs: list[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    whole: list[tuple[int, int]] = []
    for opened, closed in sorted(pairs):
        if closed - opened <= LONGEST_WHOLE and (not whole or opened > whole[-1][1]):
            whole.append((opened, closed))
    return tuple(whole)
