"""What a run found, and how a person reads it."""

from dataclasses import dataclass

from rich.console import Group, RenderableType
from rich.table import Table

from eval.bench.embedding import Latency, Throughput
from eval.bench.stages import Stages
from eval.bench.timing import Ratio

# What the design asks for on two cores.
THROUGHPUT, LATENCY, COSINE = 1.4, 3.0, 0.99


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """All that one run measured."""

    processors: int
    load: float  # of the machine, when the run began: above 0, the figures are worse
    throughput: Throughput
    latency: Latency
    stages: Stages


def rendered(report: Report) -> RenderableType:
    """Return the tables for a terminal."""
    return Group(speed(report), "", shares(report.stages))


def speed(report: Report) -> Table:
    """Return our embedder against the reference."""
    bulk, single = report.throughput, report.latency
    table = Table(
        title="Embedding, against SentenceTransformer.encode in float32",
        title_justify="left",
        caption=f"{report.processors} processors, load {report.load:.1f} when the run began",
        caption_justify="left",
    )
    table.add_column()
    table.add_column(f"{bulk.passages} passages, {bulk.tokens:,} tokens", justify="right")
    table.add_column(f"one question, of {single.questions}", justify="right")
    table.add_row("plain", f"{bulk.reference_per_second:.1f}/s", f"{single.reference_ms:.1f} ms")
    table.add_row("Pullquote", f"{bulk.ours_per_second:.1f}/s", f"{single.ours_ms:.1f} ms")
    table.add_row("times as fast", _times(bulk.faster), _times(single.faster))
    table.add_row(
        f"wanted: {THROUGHPUT} and {LATENCY}",
        _mark(bulk.faster.median >= THROUGHPUT),
        _mark(single.faster.median >= LATENCY),
    )
    table.add_row("cosine: lowest, mean", _cosines(bulk), _cosines(single))
    table.add_row(
        f"wanted: {COSINE}",
        _mark(bulk.cosine_lowest >= COSINE),
        _mark(single.cosine_lowest >= COSINE),
    )
    return table


def shares(found: Stages) -> Table:
    """Return where the time of a question goes."""
    table = Table(
        title=f"A question's time, over {found.articles} articles, {found.passages} passages",
        title_justify="left",
    )
    table.add_column("stage")
    table.add_column("median", justify="right")
    table.add_column("share", justify="right")
    for stage, milliseconds in found.stage_ms.items():
        table.add_row(stage, f"{milliseconds:.2f} ms", f"{found.share[stage]:.1%}")
    table.add_section()
    table.add_row("total", f"{found.total_ms:.2f} ms", "100.0%")
    return table


def _times(found: Ratio) -> str:
    return f"[bold]{found.median:.2f}[/] ({found.lowest:.2f} to {found.highest:.2f})"


def _cosines(found: Throughput | Latency) -> str:
    return f"{found.cosine_lowest:.4f}, {found.cosine_mean:.4f}"


def _mark(kept: bool) -> str:
    return "[green]yes[/]" if kept else "[red]no[/]"
