"""What changed between two runs, for a person."""

from collections.abc import Sequence

from rich.table import Table
from rich.text import Text

from api.terminal.citation import counted
from api.terminal.screen import Screen
from eval.compare.comparison import Comparison
from eval.compare.differences import Difference
from eval.compare.turned import Turned
from eval.compare.words import by_chance, probability, signed, spread, weight
from eval.measures.slices import ALL
from eval.terminal.tables import figure, show, table, words

MOST_TURNED = 30  # questions of each kind; --html and --json have all
STYLES = {"gain": "bold green", "loss": "bold red", "": ""}
HEADINGS = ["measure", "before", "after", "difference", "95 %", "p", "questions"]


def show_comparison(screen: Screen, found: Comparison) -> None:
    """Print differences over all questions, those of slices that chance rarely makes, and turns."""
    show(screen, Text(described(found)))
    show(screen, overall(found.differences))
    sliced = [d for d in found.differences if d.slice != ALL and d.significant and not is_time(d)]
    if sliced:
        show(screen, of_slices(sliced))
    screen.tell(by_chance(len(found.differences)), style="dim")
    for to_right, title in ((True, "Turned right"), (False, "Turned wrong")):
        show_turned(screen, title, [t for t in found.turned if t.to_right is to_right])


def described(found: Comparison) -> str:
    """Say what is compared, and in what the runs were made otherwise."""
    lines = [
        f"before  {found.before.path}  ({found.before.header.started})",
        f"after   {found.after.path}  ({found.after.header.started})",
        *(f"        {each}" for each in found.made_otherwise),
        f"{counted(found.questions, 'question')} in both",
    ]
    return "\n".join(lines) + "\n"


def overall(found: Sequence[Difference]) -> Table:
    """Return the differences over all questions."""
    made = table("All questions", HEADINGS)
    for each in found:
        if each.slice == ALL:
            made.add_row(each.measure, *cells(each))
    return made


def of_slices(found: Sequence[Difference]) -> Table:
    """Return differences of slices, with the slice."""
    made = table("By language, kind and pair, where p < 0.05", ["slice", *HEADINGS], left=2)
    for each in found:
        made.add_row(str(each.slice), each.measure, *cells(each))
    return made


def is_time(each: Difference) -> bool:
    """Whether it is of milliseconds, which do not depend on the slice."""
    return each.measure.endswith("_ms")


def cells(each: Difference) -> list[str | Text]:
    """Return the numbers of a row; green and red where chance rarely does as much."""
    name = each.measure
    return [
        figure(each.before, name),
        figure(each.after, name),
        Text(signed(each.difference, name), STYLES[weight(each)]),
        spread(each),
        probability(each),
        f"{each.count:,}",
    ]


def show_turned(screen: Screen, title: str, found: Sequence[Turned]) -> None:
    """Print the questions that turned, with what was quoted first, side by side."""
    if not found:
        screen.tell(f"{title}: no question.")
        return
    heading = f"{title}: {counted(len(found), 'question')}"
    made = table(heading, ["question", "before", "after"], left=3)
    for column in made.columns:
        column.ratio = 1
    made.expand = True
    for each in found[:MOST_TURNED]:
        made.add_row(
            words(f"{each.question} ({each.id})"),
            words(f"[{each.before}] {each.said_before}"),
            words(f"[{each.after}] {each.said_after}"),
        )
        made.add_section()
    show(screen, made)
    if len(found) > MOST_TURNED:
        screen.tell(f"and {len(found) - MOST_TURNED:,} more: --html and --json have all.")
