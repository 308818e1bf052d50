"""What a run found, in one table."""

from typing import Any

from rich.table import Table
from rich.text import Text

from api.terminal.citation import counted
from api.terminal.screen import Screen
from eval.headline import HEADLINE
from eval.measures.table import Table as Figures
from eval.measures.table import measure
from eval.run.file import Run
from eval.terminal.tables import figure, interval, show, table


def show_summary(screen: Screen, run: Run) -> None:
    """Print the headline figures, over all questions and by language."""
    figures = measure(run.records)
    show(screen, headline(figures, run), *by(figures, "language"), *by(figures, "kind"))
    header = run.header
    screen.tell(
        f"{counted(len(run.records), 'question')} · {counted(header.articles, 'article')} · "
        f"engine {header.engine} · generation {header.generation}"
    )
    screen.tell(f"Written to {run.path}. The whole of it: pullquote eval report {run.path}")


def summary(run: Run) -> dict[str, Any]:
    """Return every figure for a program."""
    return {
        "file": str(run.path),
        "header": run.header,
        "figures": [
            {"measure": row.measure, "slice": str(row.slice), "measured": row.measured}
            for row in measure(run.records).rows
        ],
    }


def headline(figures: Figures, run: Run) -> Table:
    """Return the figures over all questions; what does not apply to the set is left out."""
    made = table(run.header.collection, ["measure", "says", "value", "95 %", "questions"], left=2)
    for name, says in HEADLINE.items():
        measured = figures.at(name)
        if measured.count:
            made.add_row(
                name,
                Text(says, "dim"),
                Text(figure(measured.value, name), "bold"),
                interval(measured, name),
                f"{measured.count:,}",
            )
    return made


SLICED = ("recall@5", "hit@1", "hit@3", "refusal_recall", "refused_answerable")


def by(figures: Figures, kind: str) -> list[Table]:
    """Return the main figures by language or by kind; nothing where all are of one."""
    slices = figures.slices(kind)
    if len(slices) < 2:
        return []
    shown = [name for name in SLICED if figures.at(name).count]
    made = table(f"By {kind}", [kind, *shown, "questions"])
    for of in slices:
        count = figures.at("total_ms.p50", of).count
        values = [figure(figures.at(name, of).value) for name in shown]
        made.add_row(of.value, *values, f"{count:,}")
    return [made]
