"""Where words go: standard output, standard error, and what a text may not do to either.

On a terminal there are colours, and lines break at its width. In a pipe there is plain text, and a
quote is one line, so that ``grep`` finds it.
"""

import io
import re
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager

import msgspec
from rich.cells import cell_len, set_cell_size
from rich.console import Console, RenderableType
from rich.text import Text

from api.terminal.paragraph import broken

WIDEST = 100  # columns of running text: longer lines are hard to read
UNBROKEN = 1_000_000  # columns of a pipe: nothing is broken
REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
_BREAKABLE = re.compile(r"[ \t\n\r\f\v\u2028\u2029]+")
# Marks that reorder the characters around them: Unicode Standard Annex 9, section 2.
REORDERING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def inert(text: str) -> str:
    """Return ``text`` on one line and without anything that a terminal would obey.

    White space becomes single spaces, but for the no-break spaces of French typography; control
    characters, marks that reorder a line and halves of surrogate pairs (from file names) become
    U+FFFD.
    """
    folded = _BREAKABLE.sub(" ", text).strip(" ")
    return "".join(REPLACEMENT if _is_active(character) else character for character in folded)


def harmless(text: str) -> str:
    """Return ``text`` as ``inert`` does, but character for character, so that offsets stay."""
    return "".join(
        " " if _BREAKABLE.match(each) else REPLACEMENT if _is_active(each) else each
        for each in text
    )


def _is_active(character: str) -> bool:
    return character in REORDERING or unicodedata.category(character) in {"Cc", "Cs"}


class Screen:
    """Standard output and standard error of one command."""

    def __init__(self, *, quiet: bool = False) -> None:
        _never_fail_on_a_character()
        self.quiet = quiet
        self.out = _console(stderr=False)
        self.err = _console(stderr=True)

    @property
    def width(self) -> int:
        """Columns for running text."""
        return min(self.out.width, WIDEST) if self.out.is_terminal else UNBROKEN

    @property
    def full_width(self) -> int:
        """Columns for tables."""
        return self.out.width if self.out.is_terminal else UNBROKEN

    @property
    def height(self) -> int | None:
        """Lines of the terminal, None for a pipe, which has any number."""
        return self.out.height if self.out.is_terminal else None

    @property
    def colours(self) -> bool:
        """Whether something can be marked by its colour."""
        out = self.out
        return out.is_terminal and out.color_system is not None and not out.no_color

    def show(self, *renderables: RenderableType) -> None:
        """Print what was asked for."""
        for each in renderables:
            self.out.print(each, soft_wrap=True)

    def tell(self, text: str, *, style: str = "") -> None:
        """Print what a person may want to know besides; silent with ``--quiet``."""
        if not self.quiet:
            self.show(*broken(Text(text, style), self.width))

    def repeat(self, line: str) -> None:
        """Print a line that was read, before what is said to it."""
        self.show(Text(f"? {inert(line)}"))

    def gap(self) -> None:
        """Print an empty line between one answer and the next question."""
        self.show(Text(""))

    def warn(self, text: str, *, style: str = "") -> None:
        """Print to standard error."""
        width = min(self.err.width, WIDEST) if self.err.is_terminal else UNBROKEN
        for line in broken(Text(text, style), width):
            self.err.print(line, soft_wrap=True)

    @contextmanager
    def busy(self, doing: str) -> Iterator[None]:
        """Say on a terminal what takes a while, for as long as the block lasts."""
        if self.quiet or not self.err.is_terminal:
            yield
            return
        with self.err.status(Text(f"{doing} …", "dim")):
            yield

    def json(self, value: object) -> None:
        """Print one JSON value for a program: on one line in a pipe, indented on a terminal."""
        encoded = msgspec.json.encode(value, enc_hook=_plain)
        if self.out.is_terminal:
            encoded = msgspec.json.format(encoded, indent=2)
        write_line(encoded)


def _plain(value: object) -> object:
    """Return what JSON has for a value that msgspec does not know."""
    return dict(value) if isinstance(value, Mapping) else str(value)


def write_line(line: bytes) -> None:
    """Write one line of UTF-8 to standard output, whatever its encoding."""
    sys.stdout.flush()
    sys.stdout.buffer.write(line + b"\n")
    sys.stdout.buffer.flush()


def columns(
    heading: tuple[str, ...],
    rows: Iterable[tuple[str, ...]],
    *,
    flexible: int,
    width: int,
    right: int | None = None,
) -> list[Text]:
    """Return a table as lines, in which only the column ``flexible`` is shortened to fit.

    ``right`` is the column of numbers. Columns that hold nothing are left out.
    """
    table = [heading, *(tuple(inert(cell) for cell in row) for row in rows)]
    widths = [
        max(cell_len(row[column]) for row in table)
        if any(row[column] for row in table[1:]) or column == flexible
        else 0
        for column in range(len(heading))
    ]
    shown = [column for column, needed in enumerate(widths) if needed]
    room = width - sum(widths[column] + 2 for column in shown if column != flexible)
    widths[flexible] = min(widths[flexible], max(room, 12))
    return [
        Text(
            "  ".join(
                _cell(row[column], widths[column], column == right) for column in shown
            ).rstrip(),
            "bold" if row is heading else "",
        )
        for row in table
    ]


def _cell(text: str, width: int, to_the_right: bool) -> str:
    if to_the_right:
        return text.rjust(width)
    if cell_len(text) <= width:
        return set_cell_size(text, width)
    return set_cell_size(text, width - 1).rstrip() + "…"


class _Console(Console):
    def on_broken_pipe(self) -> None:
        raise BrokenPipeError  # rich would end the program here, with the exit code of a failure


def _console(*, stderr: bool) -> Console:
    return _Console(stderr=stderr, highlight=False, markup=False, emoji=False)


def _never_fail_on_a_character() -> None:
    # A terminal that cannot show « shows ?: better than no answer.
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
