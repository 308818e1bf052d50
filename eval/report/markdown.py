"""The figures of a report as Markdown, for a page of documentation or a note on a change."""

from collections.abc import Iterable, Sequence

from eval.report.page import lead_of, notices_of, slices, title_of
from eval.report.tables import Line, Sliced, families, headline, latencies, matrices
from eval.report.views import RunView, facts_of, views_of
from eval.run.file import Run


def report_markdown(runs: Sequence[Run]) -> str:
    """Return the tables of a report. Raises TooManyRunsError."""
    views = views_of(runs)
    blocks = [
        f"# {title_of(views)}",
        lead_of(views),
        *notices_of(views),
        *(f"{view.name} is not finished." for view in views if not view.run.whole),
        figures(views, headline(views)),
    ]
    for view in views:
        for matrix in matrices(view):
            heading = f"## {matrix.measure} by language of question and articles"
            rows = [
                [line.name, *(f"{c.text} ({c.count})" if c.count else "–" for c in line.cells)]
                for line in matrix.lines
            ]
            blocks += [_of_run(heading, view, views), table(["", *matrix.columns], rows)]
    for by in ("language", "kind"):
        for of_run in slices(views, by):
            blocks += [_of_run(f"## By {by}", of_run.run, views), by_slice(by, of_run)]
    for family in families(views):
        blocks += [f"## {family.title}", figures(views, family.lines)]
    for each in latencies(views):
        rows = [[line.name, *(c.text for c in line.cells)] for line in each.lines]
        percents = ["milliseconds", *(f"p{percent}" for percent in each.percents)]
        blocks += [_of_run("## Latency by stage", each.run, views), table(percents, rows)]
    blocks.append("## What was run")
    for title, facts in facts_of(views):
        blocks.append(
            table([title, *(view.name for view in views)], [[f.name, *f.values] for f in facts])
        )
    return "\n\n".join(blocks) + "\n"


def figures(views: Sequence[RunView], lines: Sequence[Line]) -> str:
    """Return a table of measures: value, interval and count, a run beside the other."""
    many = len(views) > 1
    heading = ["measure"]
    for view in views:
        of_run = f" {view.name}" if many else ""
        heading += [f"value{of_run}", "95 %", "questions"]
    rows = [
        [line.name, *(part for c in line.cells for part in (c.text, c.interval, f"{c.count:,}"))]
        for line in lines
    ]
    return table(heading, rows)


def by_slice(by: str, sliced: Sliced) -> str:
    """Return a table by language or kind."""
    rows = [
        [line.name or "all", line.says, *(cell.text for cell in line.cells)]
        for line in sliced.lines
    ]
    return table([by, "questions", *sliced.measures], rows)


def table(heading: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table whose first column is words and whose others are numbers."""
    ruler = ["---", *("---:" for _ in heading[1:])]
    return "\n".join(f"| {' | '.join(map(cell, row))} |" for row in (heading, ruler, *rows))


def cell(text: str) -> str:
    """Return a cell that cannot end the cell."""
    return " ".join(text.split()).replace("|", "\\|")


def _of_run(heading: str, view: RunView, views: Sequence[RunView]) -> str:
    return f"{heading}: {view.name}" if len(views) > 1 else heading
