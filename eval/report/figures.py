"""From the records of runs to the charts of a report."""

from collections.abc import Sequence

from eval.measures.calibration import reliability
from eval.measures.refusal import risk_coverage
from eval.measures.retrieval import recall_curve
from eval.report.charts import (
    Bins,
    Chart,
    Line,
    latency_chart,
    recall_chart,
    reliability_chart,
    risk_chart,
)
from eval.report.views import RunView

STAGES = ("embed", "retrieve", "read", "compose", "total")


def charts(views: Sequence[RunView]) -> tuple[Chart, ...]:
    """Return the charts that the records have something to draw for."""
    drawn = (recall(views), risk(views), calibration(views), latency(views))
    return tuple(chart for chart in drawn if chart is not None)


def recall(views: Sequence[RunView]) -> Chart | None:
    """Return recall against k, None where no question has an article that answers."""
    lines = []
    for view in views:
        curve = recall_curve(view.run.records)
        if curve[0].value is None:
            continue
        there = [(k, each) for k, each in enumerate(curve, 1) if each.value is not None]
        lines.append(
            Line(
                label=view.name,
                number=view.number,
                x=[k for k, _ in there],
                y=[each.value or 0.0 for _, each in there],
                low=[_or(each.low, each.value) for _, each in there],
                high=[_or(each.high, each.value) for _, each in there],
            )
        )
    return recall_chart(lines) if lines else None


def risk(views: Sequence[RunView]) -> Chart | None:
    """Return the risk–coverage curves, None where no gold tells which quotes are right."""
    lines, areas = [], {}
    for view in views:
        curve = risk_coverage(view.run.records)
        if curve:
            lines.append(
                Line(
                    label=view.name,
                    number=view.number,
                    x=[kept.coverage for kept in curve],
                    y=[kept.risk for kept in curve],
                )
            )
            areas[view.name] = view.at("aurc").value
    return risk_chart(lines, areas) if lines else None


def calibration(views: Sequence[RunView]) -> Chart | None:
    """Return the reliability diagram, None where nothing was answered."""
    runs = []
    for view in views:
        there = [b for b in reliability(view.run.records) if b.count]
        if there:
            runs.append(
                Bins(
                    label=view.name,
                    number=view.number,
                    confidence=[b.confidence or 0.0 for b in there],
                    right=[b.right or 0.0 for b in there],
                    count=[b.count for b in there],
                )
            )
    return reliability_chart(runs) if runs else None


def latency(views: Sequence[RunView]) -> Chart | None:
    """Return the median time of each stage."""
    medians = {
        view.name: [view.at(f"{stage}_ms.p50").value or 0.0 for stage in STAGES]
        for view in views
        if view.run.records
    }
    return latency_chart(STAGES, medians) if medians else None


def _or(value: float | None, instead: float | None) -> float:
    return (instead or 0.0) if value is None else value
