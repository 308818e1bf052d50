"""Tables for a person: numbers to the right, as wide as the terminal, the same in a pipe."""

from collections.abc import Sequence

from rich import box
from rich.table import Table
from rich.text import Text

from api.terminal.screen import Screen, inert
from eval.measures.measured import Measured

IN_A_PIPE = 120  # columns


def table(title: str, headings: Sequence[str], *, left: int = 1) -> Table:
    """Return an empty table whose first ``left`` columns are words and the others numbers."""
    made = Table(
        title=Text(title, "bold"), title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False
    )
    for number, heading in enumerate(headings):
        is_words = number < left
        made.add_column(
            Text(heading),
            justify="left" if is_words else "right",
            overflow="fold" if is_words else "ellipsis",
            no_wrap=not is_words,
        )
    return made


def show(screen: Screen, *tables: Table | Text) -> None:
    """Print tables, at the width of the terminal or of a pipe."""
    if not screen.out.is_terminal:
        screen.out.width = IN_A_PIPE  # rich takes 80 where it cannot ask
    for each in tables:
        screen.out.print(each)


def words(text: str, style: str = "") -> Text:
    """Return a cell of words that cannot do anything to a terminal."""
    return Text(inert(text), style)


def figure(value: float | None, measure: str = "") -> str:
    """Return a figure with the digits that mean something: milliseconds one, shares three."""
    if value is None:
        return "–"
    if "_ms" in measure or measure == "questions_per_second":
        return f"{value:,.1f}"
    return f"{value:.3f}"


def interval(measured: Measured, measure: str = "") -> str:
    """Return the interval in words: ``0.412 to 0.588``."""
    if measured.low is None or measured.high is None:
        return "–"
    return f"{figure(measured.low, measure)} to {figure(measured.high, measure)}"
