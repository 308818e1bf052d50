"""What a run found, as a table and as a curve."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Group, RenderableType
from rich.table import Table

from eval.bench import plot
from eval.bench.asking import Asked, Timed
from eval.bench.growth.adding import Added
from eval.bench.machine import Machine
from eval.bench.quantiles import Quantiles
from eval.bench.resident import MEGABYTE, Sample, at, slope

if TYPE_CHECKING:
    from matplotlib.axes import Axes


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """The index afterwards."""

    articles: int
    passages: int
    sentences: int
    segments: int
    bytes_on_disk: dict[str, int]  # by part


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """All that one run measured."""

    machine: Machine
    added: Added
    size: Size
    asked: Asked
    without_reader: Timed
    load_after: float


def rendered(report: Report) -> RenderableType:
    """Return the tables for a terminal."""
    resident = f"{report.asked.resident_mb:,.0f} MB resident afterwards"
    return Group(
        *(_adding(report), "", _index(report), ""),
        _questions("with the reader", report.asked.questions, resident),
        "",
        _questions("without it", report.without_reader, "in another process"),
    )


def _adding(report: Report) -> Table:
    added = report.added
    table = _table("Adding", str(report.machine))
    table.add_row("seconds", f"{added.seconds:,.0f}" + _why_it_ended(added))
    table.add_row("articles", f"{added.articles:,}" + _there(added))
    table.add_row("not readable", f"{added.unread:,}")
    table.add_row("new passages", f"{added.passages:,}")
    table.add_row("passages embedded a second", f"{added.embedded / added.seconds:.1f}")
    table.add_section()
    for name, sample in moments(added.samples).items():
        table.add_row(name, "—" if sample is None else _megabytes(sample))
    half = [each for each in added.samples if each.seconds >= added.seconds / 2]
    table.add_row("second half, for 1,000 passages more", _growth(half))
    return table


def moments(samples: list[Sample]) -> dict[str, Sample | None]:
    """Return the samples that tell whether memory is flat."""
    end = samples[-1].seconds
    return {
        "memory (of it, not mapped files): first": samples[0],
        "after 1 minute": at(samples, 60),
        "in the middle": at(samples, end / 2),
        "at the end": samples[-1],
        "peak": max(samples, key=lambda sample: sample.resident_mb),
    }


def _megabytes(sample: Sample) -> str:
    return f"{sample.resident_mb:,.0f} MB ({sample.own_mb:,.0f})"


def _growth(samples: list[Sample]) -> str:
    whole = slope(samples, lambda sample: sample.resident_mb)
    own = slope(samples, lambda sample: sample.own_mb)
    return "—" if whole is None or own is None else f"{whole:+.1f} MB ({own:+.1f})"


def _index(report: Report) -> Table:
    size = report.size
    table = _table("The index", "")
    table.add_row("articles, passages", f"{size.articles:,}, {size.passages:,}")
    table.add_row("sentences, segments", f"{size.sentences:,}, {size.segments:,}")
    for part, count in size.bytes_on_disk.items():
        table.add_row(f"on disk: {part}", f"{count / MEGABYTE:,.1f} MB")
    total = sum(size.bytes_on_disk.values())
    table.add_row("on disk: all", f"{total / MEGABYTE:,.1f} MB")
    if size.passages:
        table.add_row("a passage", f"{total / size.passages:,.0f} bytes")
    table.add_row("opening it", f"{report.asked.open_s:.2f} s")
    table.add_row("loading the model, first answer", f"{report.asked.model_s:.1f} s")
    return table


def _questions(how: str, found: Timed, note: str) -> Table:
    outcomes = ", ".join(f"{count} {status}" for status, count in found.answered.items())
    table = Table(
        title=f"{found.total.count} questions in a new process, {how}",
        title_justify="left",
        caption=f"{found.processor_ms:.1f} ms of processor time each; {outcomes}; {note}",
        caption_justify="left",
    )
    table.add_column("milliseconds")
    for name in ("p50", "p95", "p99"):
        table.add_column(name, justify="right")
    for stage, quantiles in found.stages.items():
        table.add_row(stage, *_cells(quantiles))
    table.add_section()
    table.add_row("total", *_cells(found.total))
    return table


def _cells(found: Quantiles) -> tuple[str, str, str]:
    return f"{found.p50:.1f}", f"{found.p95:.1f}", f"{found.p99:.1f}"


def _table(title: str, caption: str) -> Table:
    table = Table(
        title=title,
        title_justify="left",
        caption=caption or None,
        caption_justify="left",
        show_header=False,
    )
    table.add_column()
    table.add_column(justify="right")
    return table


def _why_it_ended(added: Added) -> str:
    if added.interrupted:
        return " (stopped)"
    return " (all articles are in)" if added.exhausted else ""


def _there(added: Added) -> str:
    return f" ({added.unchanged:,} were there)" if added.unchanged else ""


def picture(report: Report, file: Path) -> None:
    """Draw memory and passages over time."""
    samples = report.added.samples
    minutes = [sample.seconds / 60 for sample in samples]

    def paint(axes: list["Axes"]) -> None:
        memory, passages = axes
        for label, values in (
            ("resident", [sample.resident_mb for sample in samples]),
            ("of it, not mapped files", [sample.own_mb for sample in samples]),
        ):
            memory.plot(minutes, values, label=label)
        memory.set_ylabel("memory, MB")
        memory.legend()
        passages.plot(minutes, [sample.done for sample in samples])
        passages.set_ylabel("passages added")
        for each in axes:
            each.set_xlabel("minutes")
            each.set_ylim(bottom=0)

    plot.draw(file, "Adding articles", 2, paint)
