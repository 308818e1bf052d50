"""How far an ingest is: on a terminal only, on standard error, gone when it is done."""

from collections.abc import Iterator
from contextlib import contextmanager

from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from api.terminal.screen import Screen
from index.ingest import OnProgress, ignore
from index.ingest import Progress as Ingested

_BAR_WIDTH = 16  # leaves room on the line for the ^C that a terminal shows: else it is not erased


@contextmanager
def progress_bar(screen: Screen, doing: str, total: int | None) -> Iterator[OnProgress]:
    """Show a bar for as long as the block lasts, unless nobody looks; give what moves it.

    ``total`` counts articles; None where it is not known.
    """
    if screen.quiet or not screen.err.is_terminal:
        yield ignore
        return
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(bar_width=_BAR_WIDTH),
        TextColumn("{task.fields[counts]}"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=screen.err, transient=True) as bar:
        task = bar.add_task(doing, total=total, counts=describe(Ingested(), total, 0.0))

        def move(progress: Ingested) -> None:
            elapsed = bar.tasks[task].elapsed or 0.0
            counts = describe(progress, total, elapsed)
            bar.update(task, completed=progress.articles, counts=counts)

        yield move


def describe(progress: Ingested, total: int | None, elapsed_s: float) -> str:
    """Return the counts and rates in words."""
    of_total = f"/{total:,}" if total is not None else ""
    seconds = max(elapsed_s, 0.001)
    words = f"{progress.articles:,}{of_total} articles"
    if progress.articles:
        words += f" · {_rate(progress.articles / seconds)}/s"
    if progress.embedded:
        words += f" · {_rate(progress.embedded / seconds)} passages/s"
    return words


def _rate(number: float) -> str:
    return f"{number:,.1f}" if number < 10 else f"{number:,.0f}"
