"""A line that says how far it is: moving on a terminal, one a minute elsewhere."""

from types import TracebackType
from typing import Self

from rich.console import Console

from eval.bench.resident import Sample
from index.ingest import Progress

_PAUSE_S = 60.0  # between two lines in a file


class Line:
    """Shows samples on standard error for as long as the block lasts."""

    def __init__(self) -> None:
        self._console = Console(stderr=True, highlight=False)
        self._status = self._console.status("Loading the model …")
        self._next_s = 0.0

    def __enter__(self) -> Self:
        if self._console.is_terminal:
            self._status.start()
        return self

    def __exit__(
        self,
        of_type: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._status.stop()

    def show(self, sample: Sample, progress: Progress) -> None:
        """Show how far it is."""
        words = described(sample, progress)
        if self._console.is_terminal:
            self._status.update(words)
        elif sample.seconds >= self._next_s:
            self._console.print(words, soft_wrap=True)
            self._next_s = sample.seconds + _PAUSE_S


def described(sample: Sample, progress: Progress) -> str:
    """Return a sample in words."""
    minutes, seconds = divmod(int(sample.seconds), 60)
    rate = progress.embedded / sample.seconds if sample.seconds else 0.0
    return (
        f"{minutes}:{seconds:02} · {progress.articles:,} articles · {progress.passages:,} passages"
        f" · {rate:.1f} embedded/s · {sample.resident_mb:,.0f} MB"
    )
