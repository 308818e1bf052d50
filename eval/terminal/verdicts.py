"""Which floors hold, for a person."""

from collections.abc import Sequence

from rich.text import Text

from api.terminal.screen import Screen
from eval.gate.verdicts import Judged
from eval.measures.slices import ALL
from eval.terminal.tables import figure, interval, show, table

HEADINGS = ["set", "measure", "of", "floor", "value", "95 %", "questions", "verdict"]


def show_verdicts(screen: Screen, found: Sequence[Judged]) -> None:
    """Print every floor with its figure, and in the end how many fell."""
    made = table("Floors", HEADINGS, left=3)
    for each in found:
        floor, measured = each.floor, each.measured
        sign = "≥" if floor.at_least is not None else "≤"
        made.add_row(
            floor.set,
            floor.measure,
            "all" if floor.slice == ALL else str(floor.slice),
            f"{sign} {figure(floor.bound, floor.measure)}",
            Text(figure(measured.value, floor.measure), "bold"),
            interval(measured, floor.measure),
            f"{measured.count:,}",
            Text("holds", "green") if each.holds else Text(failure(each), "bold red"),
        )
    show(screen, made)
    fallen = [each for each in found if not each.holds]
    if fallen:
        screen.warn(f"{len(fallen)} of {len(found)} floors do not hold.", style="bold red")
    else:
        screen.tell(f"All {len(found)} floors hold.", style="green")


def failure(each: Judged) -> str:
    """Say in a word or two why a floor does not hold."""
    if each.measured.value is None:
        return "NO QUESTION"
    return "FELL" if each.floor.at_least is not None else "ROSE"


def for_programs(found: Sequence[Judged]) -> list[dict[str, object]]:
    """Return the verdicts as JSON has them."""
    return [
        {
            "set": each.floor.set,
            "measure": each.floor.measure,
            "slice": str(each.floor.slice),
            "at_least": each.floor.at_least,
            "at_most": each.floor.at_most,
            "measured": each.measured,
            "holds": each.holds,
        }
        for each in found
    ]
