"""What each system found and what it took."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import mean

from rich.console import Group, RenderableType
from rich.table import Table

from eval.bench.machine import Machine
from eval.bench.peers.turns import Outcome
from eval.bench.quantiles import Quantiles
from eval.measures.interval import estimate, mean_of
from eval.measures.measured import Measured
from eval.measures.retrieval import recall
from eval.question import Question

DEPTHS = (1, 5, 20)


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """One system's figures."""

    name: str
    versions: dict[str, str]
    python: str
    settings: str
    recall: dict[str, Measured]  # recall@1 and so on
    latency: Quantiles
    load_s: float  # the model
    index_s: float
    index_processor_s: float  # of all threads: hardly more on a busy machine
    processor_ms: float  # the same for a question, the mean
    peak_mb: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """All that one run measured."""

    collection: str
    articles: int
    questions: int
    threads: int  # of each system; 0 for its own choice
    machine: Machine
    standings: tuple[Standing, ...]


def standing(name: str, outcome: Outcome, questions: Sequence[Question]) -> Standing:
    """Return a system's figures. ``outcome`` has the questions in their order."""
    indexed, found = outcome.indexed, outcome.found
    return Standing(
        name=name,
        versions=indexed.versions,
        python=indexed.python,
        settings=indexed.settings,
        recall={
            f"recall@{depth}": estimate(
                mean_of(
                    [
                        recall(question.grades, each.found, depth)
                        for question, each in zip(questions, found, strict=True)
                    ]
                )
            )
            for depth in DEPTHS
        },
        latency=Quantiles.of([each.milliseconds for each in found]),
        processor_ms=round(mean(each.processor_ms for each in found), 3),
        load_s=indexed.load_s,
        index_s=indexed.index_s,
        index_processor_s=indexed.index_processor_s,
        peak_mb=max(each.peak_mb for each in found),
    )


def rendered(report: Report) -> RenderableType:
    """Return the table for a terminal, and what it rests on."""
    table = Table(
        title=f"{report.collection}: {report.questions} questions over {report.articles} articles",
        title_justify="left",
        caption=f"Intervals at 95 %. Threads of each: {report.threads or 'its own choice'}. "
        f"{report.machine}",
        caption_justify="left",
    )
    table.add_column("")
    names = ("p50 ms", "p95 ms", "cpu ms", "index s", "cpu s", "peak MB")
    for name in (*(f"recall@{depth}" for depth in DEPTHS), *names):
        table.add_column(name, justify="right")
    for each in report.standings:
        table.add_row(
            each.name,
            *(_interval(found) for found in each.recall.values()),
            f"{each.latency.p50:.1f}",
            f"{each.latency.p95:.1f}",
            f"{each.processor_ms:.1f}",
            f"{each.index_s:.1f}",
            f"{each.index_processor_s:.1f}",
            f"{each.peak_mb:,.0f}",
        )
    notes = (
        f"{each.name}: {_packages(each.versions)}; {each.settings}" for each in report.standings
    )
    return Group(table, "", *notes)


def _interval(found: Measured) -> str:
    if found.value is None or found.low is None or found.high is None:
        return "—"
    return f"{found.value:.3f}\n({found.low:.2f}–{found.high:.2f})"


def _packages(versions: Mapping[str, str]) -> str:
    return ", ".join(f"{name} {number}".strip() for name, number in versions.items())
