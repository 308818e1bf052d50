"""What a run found, as tables and as curves."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Group, RenderableType
from rich.table import Table

from eval.bench import plot
from eval.bench.load.clients import Phase
from eval.bench.machine import Machine
from eval.bench.quantiles import Quantiles

if TYPE_CHECKING:
    from matplotlib.axes import Axes

NAMES = ("p50", "p95", "p99")


@dataclass(frozen=True, slots=True, kw_only=True)
class Bulk:
    """One call with many new articles, while nobody asks anything."""

    articles: int
    passages: int
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """All that one run measured."""

    machine: Machine
    reader: str  # of the service: on | off
    articles: int  # in the index when it began
    passages: int
    bulk: Bulk
    phases: tuple[Phase, ...]

    @property
    def quiet(self) -> Quantiles | None:
        """The latency of the first phase, which all others are compared with."""
        return self.phases[0].latency


def rendered(report: Report) -> RenderableType:
    """Return the tables for a terminal."""
    bulk = report.bulk
    rate = bulk.articles / bulk.seconds
    sentence = (
        f"{bulk.articles} new articles ({bulk.passages} passages) in one call: "
        f"{bulk.seconds:.1f} s, {rate:.1f} articles/s"
    )
    return Group(_phases(report), "", sentence)


def _phases(report: Report) -> Table:
    table = Table(
        title=f"Questions over HTTP to {report.articles:,} articles, {report.passages:,} passages, "
        f"reader {report.reader}",
        title_justify="left",
        caption=_reference(report),
        caption_justify="left",
    )
    for name in ("clients", "answers/s", *(f"{name} ×" for name in NAMES), "busy", "failed"):
        table.add_column(name, justify="right")
    table.add_column("articles added/s", justify="right")
    for before, phase in zip((None, *report.phases), report.phases, strict=False):
        if before is not None and before.adding != phase.adding:
            table.add_section()
        table.add_row(
            str(phase.clients),
            f"{phase.per_second:.1f}",
            *_ratios(phase.latency, report.quiet),
            f"{phase.shed}",
            f"{sum(phase.failed.values())}",
            f"{phase.articles / phase.seconds:.1f}" if phase.adding else "",
        )
    return table


def _ratios(latency: Quantiles | None, quiet: Quantiles | None) -> list[str]:
    if latency is None or quiet is None:
        return ["—"] * len(NAMES)
    return [f"{getattr(latency, name) / getattr(quiet, name):.2f}" for name in NAMES]


def _reference(report: Report) -> str:
    if report.quiet is None:
        return f"nothing was answered; {report.machine}"
    times = ", ".join(f"{name} {getattr(report.quiet, name):.1f} ms" for name in NAMES)
    return f"1.00 is one client alone: {times}. {report.machine}"


def picture(report: Report, file: Path) -> None:
    """Draw latency and throughput by the number of clients."""

    def paint(axes: list["Axes"]) -> None:
        for adding, label in ((False, "questions only"), (True, "articles coming in")):
            phases = [each for each in report.phases if each.adding == adding and each.latency]
            _draw(axes, phases, label, plot.COLOURS[adding])
        for each, what in zip(axes, ("milliseconds", "answers a second"), strict=True):
            each.set_ylabel(what)
            each.set_xlabel("clients")
            each.set_ylim(bottom=0)
            each.legend()

    plot.draw(file, "A service under load", 2, paint)


def _draw(axes: list["Axes"], phases: list[Phase], label: str, colour: str) -> None:
    latency, throughput = axes
    clients = [phase.clients for phase in phases]
    found = [phase.latency for phase in phases if phase.latency is not None]
    for name, style in (("p50", "o-"), ("p95", "o--")):
        times = [getattr(each, name) for each in found]
        latency.plot(clients, times, style, color=colour, label=f"{name}, {label}")
    throughput.plot(
        clients, [phase.per_second for phase in phases], "o-", color=colour, label=label
    )
