"""Running text as lines: broken at spaces, moved to the right, set as a quotation."""

import re
from collections.abc import Iterable, Iterator

from rich.cells import cell_len, chop_cells
from rich.text import Text

INDENT = "   "
NARROWEST = 20  # columns: a terminal narrower than that breaks the lines itself
_BAR = "│ "
# Only here may a line end: rich would also end one at a no-break space, and leave « alone.
_WORD = re.compile(r"[^ ]+ *")


def barred(text: Text, width: int) -> Iterator[Text]:
    """Return the lines of ``text`` with a bar on their left, as quotations are set."""
    for line in broken(text, width - len(INDENT) - len(_BAR)):
        yield Text.assemble(INDENT, (_BAR, "cyan"), line)


def indented(text: Text, width: int) -> Iterator[Text]:
    """Return the lines of ``text``, moved to the right."""
    for line in broken(text, width - len(INDENT)):
        yield Text.assemble(INDENT, line)


def packed(parts: Iterable[str], width: int, style: str = "") -> Iterator[Text]:
    """Return parts with dots between them, as many on a line as fit.

    One that is too long for a line is broken; an empty one is left out.
    """
    line = ""
    for part in filter(None, parts):
        longer = f"{line} · {part}" if line else part
        if line and cell_len(INDENT + longer) > width:
            yield from indented(Text(line, style), width)
            longer = part
        line = longer
    if line:
        yield from indented(Text(line, style), width)


def broken(text: Text, width: int) -> list[Text]:
    """Return ``text`` as lines of at most ``width`` columns."""
    lines = list(text.divide(_breaks(text.plain, max(width, NARROWEST))))
    for line in lines:
        line.rstrip()
    return lines


def _breaks(text: str, width: int) -> list[int]:
    """Return the offsets at which a new line begins."""
    offsets: list[int] = []
    column = 0
    for word in _WORD.finditer(text):
        if column and column + cell_len(word.group().rstrip(" ")) > width:
            offsets.append(word.start())
            column = 0
        position = word.start()
        pieces = chop_cells(word.group(), width) if column == 0 else []
        pieces = pieces or [word.group()]  # a combining mark alone has no width, and no pieces
        for piece in pieces[:-1]:  # a word wider than a line, as all are where no spaces are set
            position += len(piece)
            offsets.append(position)
        column += cell_len(pieces[-1])
    return offsets
