"""What each size costs, as a table and as curves."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from rich.table import Table

from eval.bench import plot
from eval.bench.asking import Asked
from eval.bench.machine import Machine
from eval.bench.resident import MEGABYTE

if TYPE_CHECKING:
    from matplotlib.axes import Axes


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """An index of one size."""

    articles: int
    passages: int
    sentences: int
    segments: int
    written_per_second: float  # passages, since the step before; no model is in it
    writer_own_mb: float  # memory of the process that wrote them, without mapped files
    bytes_on_disk: dict[str, int]  # by part
    asked: Asked


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """All that one run measured."""

    machine: Machine
    sentences_from: int  # articles whose sentences the texts are made of
    steps: tuple[Step, ...]


def rendered(report: Report) -> Table:
    """Return the table for a terminal."""
    first = report.steps[0].asked
    table = Table(
        title=f"Passages put together from the sentences of {report.sentences_from:,} articles",
        title_justify="left",
        caption=f"search: both searches and their join, of {first.questions.total.count} "
        f"questions in a new process. {report.machine}",
        caption_justify="left",
    )
    for name in (
        *("passages", "written\na second", "on disk\nMB", "opening\ns", "open\nMB"),
        *("search\np50 ms", "search\np95 ms", "answer\np50 ms", "answer\ncpu ms", "writer\nMB"),
    ):
        table.add_column(name, justify="right")
    for step in report.steps:
        search, answer = step.asked.questions.stages["retrieve"], step.asked.questions.total
        table.add_row(
            f"{step.passages:,}",
            f"{step.written_per_second:,.0f}",
            f"{sum(step.bytes_on_disk.values()) / MEGABYTE:,.1f}",
            f"{step.asked.open_s:.2f}",
            f"{step.asked.opened_mb:,.0f}",
            f"{search.p50:.1f}",
            f"{search.p95:.1f}",
            f"{answer.p50:.1f}",
            f"{step.asked.questions.processor_ms:.1f}",
            f"{step.writer_own_mb:,.0f}",
        )
    return table


def picture(report: Report, file: Path) -> None:
    """Draw each figure by the number of passages."""
    passages = [step.passages for step in report.steps]
    asked = [step.asked for step in report.steps]

    def paint(axes: list["Axes"]) -> None:
        time, opening, size = axes
        time.plot(passages, [a.questions.total.p50 for a in asked], "o-", label="answer, p50")
        time.plot(passages, [a.questions.stages["retrieve"].p50 for a in asked], "o-",
                  label="search, p50")  # fmt: skip
        time.set_ylabel("milliseconds")
        opening.plot(passages, [a.open_s for a in asked], "o-", label="opening")
        opening.set_ylabel("seconds")
        disk = [sum(step.bytes_on_disk.values()) / MEGABYTE for step in report.steps]
        size.plot(passages, disk, "o-", label="on disk")
        size.plot(passages, [a.opened_mb for a in asked], "o-", label="resident, open, no model")
        size.set_ylabel("MB")
        for each in axes:
            each.set_xscale("log")
            each.set_xlabel("passages")
            each.set_ylim(bottom=0)
            each.legend()

    plot.draw(file, "An index as it grows", 3, paint)
