"""How far a run is: on a terminal only, on standard error, gone when it is done."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeRemainingColumn

from api.terminal.screen import Screen

BAR_WIDTH = 16  # as in api.terminal.progress

OnAsked = Callable[[], None]


@contextmanager
def asking_bar(screen: Screen, total: int, *, before: int = 0) -> Iterator[OnAsked]:
    """Show a bar for as long as the block lasts, unless nobody looks; give what moves it.

    ``before`` of the ``total`` questions were asked by an earlier call: the rate leaves them out.
    """
    if screen.quiet or not screen.err.is_terminal:
        yield lambda: None
        return
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(bar_width=BAR_WIDTH),
        TextColumn("{task.fields[counts]}"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=screen.err, transient=True) as bar:
        task = bar.add_task(
            "Asking", total=total, completed=before, counts=described(before, total, 0, 0.0)
        )
        asked = 0

        def move() -> None:
            nonlocal asked
            asked += 1
            elapsed_s = bar.tasks[task].elapsed or 0.0
            counts = described(before + asked, total, asked, elapsed_s)
            bar.update(task, advance=1, counts=counts)

        yield move


def described(done: int, total: int, asked: int, elapsed_s: float) -> str:
    """Return the count and, once there is one, the rate."""
    words = f"{done:,}/{total:,} questions"
    if asked:
        words += f" · {asked / max(elapsed_s, 0.001):,.1f}/s"
    return words
