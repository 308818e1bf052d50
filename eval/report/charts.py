"""The charts of a report: from figures to SVG, each with words that say what it shows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from eval.report.drawing import DASHES, INK, MUTED, SERIES, legend, svg

if TYPE_CHECKING:
    from matplotlib.axes import Axes

NUMBERS_UP_TO = 20  # of k, on the axis of recall


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A chart: ``svg`` to look at, ``title`` and ``reading`` to understand it."""

    title: str
    reading: str  # how it is read, in one sentence
    svg: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line, with a band around it if there is one."""

    label: str
    number: int  # of its run, from 1: its colour
    x: Sequence[float]
    y: Sequence[float]
    low: Sequence[float] = ()
    high: Sequence[float] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Bins:
    """The bins of a reliability diagram: mean confidence, share that was right, how many."""

    label: str
    number: int  # of its run, from 1: its colour
    confidence: Sequence[float]
    right: Sequence[float]
    count: Sequence[int]


def recall_chart(lines: Sequence[Line]) -> Chart:
    """Return recall against the number of articles looked at."""
    title = "Articles found, by how many are looked at"

    def draw(axes: "Axes") -> None:
        for line in lines:
            band(axes, line)
            draw_line(axes, line, marker="o", markersize=2.5)
        axes.set_xlim(0.5, NUMBERS_UP_TO + 0.5)
        axes.set_xticks([1, 5, 10, 15, 20])
        share_axis(axes, "y")
        axes.set(xlabel="first k articles", ylabel="share found")
        legend(axes)

    at = {k: [f"{line.label}: {line.y[k - 1]:.3f}" for line in lines] for k in (1, 5, 20)}
    description = "; ".join(f"recall at {k}: {', '.join(values)}" for k, values in at.items())
    return Chart(
        title=title,
        reading="Of the articles that answer, how many are among the first k. Higher is better.",
        svg=svg("recall", title, description, draw),
    )


def risk_chart(lines: Sequence[Line], areas: Mapping[str, float | None]) -> Chart:
    """Return the share of wrong answers against the share of questions answered."""
    title = "Wrong answers, by how many questions are answered"

    def draw(axes: "Axes") -> None:
        for line in lines:
            draw_line(axes, line, drawstyle="steps-post")
            if len(lines) == 1:
                colour = SERIES[line.number - 1]
                axes.fill_between(line.x, line.y, step="post", color=colour, alpha=0.12, lw=0)
        share_axis(axes, "x")
        share_axis(axes, "y")
        axes.set(xlabel="share of questions answered, surest first", ylabel="share wrong")
        legend(axes)

    named = [f"{label}: {area:.3f}" for label, area in areas.items() if area is not None]
    return Chart(
        title=title,
        reading=(
            "If only the surest questions were answered: how many of them are wrong. "
            f"Lower is better. Area under the curve: {', '.join(named) or 'not defined'}."
        ),
        svg=svg("risk", title, f"area: {', '.join(named)}", draw),
    )


def reliability_chart(runs: Sequence[Bins]) -> Chart:
    """Return the share that was right against the confidence, bin by bin."""
    title = "Right answers, by the confidence they were given with"

    def draw(axes: "Axes") -> None:
        axes.plot([0, 1], [0, 1], color=MUTED, linewidth=0.8, linestyle=(0, (2, 2)))
        for bins in runs:
            largest = max(bins.count, default=1)
            colour, dashes = SERIES[bins.number - 1], DASHES[bins.number - 1]
            axes.plot(bins.confidence, bins.right, color=colour, lw=1, alpha=0.6, ls=dashes)
            axes.scatter(
                bins.confidence,
                bins.right,
                s=[8 + 70 * count / largest for count in bins.count],
                color=colour,
                linewidths=0,
                label=bins.label,
                zorder=3,
            )
        share_axis(axes, "x")
        share_axis(axes, "y")
        axes.set(xlabel="confidence", ylabel="share right")
        legend(axes)

    points = [
        f"{bins.label}: "
        + ", ".join(
            f"{right:.2f} right at {confidence:.2f} ({count})"
            for confidence, right, count in zip(
                bins.confidence, bins.right, bins.count, strict=True
            )
        )
        for bins in runs
    ]
    return Chart(
        title=title,
        reading=(
            "On the dotted line, 0.8 means that 80 % are right; below it, the confidence is too "
            "high. A larger point stands for more answers."
        ),
        svg=svg("reliability", title, "; ".join(points), draw),
    )


def latency_chart(stages: Sequence[str], runs: Mapping[str, Sequence[float]]) -> Chart:
    """Return the median milliseconds of each stage; ``runs`` has a value a stage."""
    title = "Where the time of a question goes"

    def draw(axes: "Axes") -> None:
        thick = 0.7 / len(runs)
        for number, (label, values) in enumerate(runs.items()):
            places = [stage + number * thick for stage in range(len(stages))]
            axes.barh(places, values, height=thick * 0.9, color=SERIES[number], label=label)
            for place, value in zip(places, values, strict=True):
                axes.annotate(
                    f"{value:.1f}",
                    (value, place),
                    xytext=(3, 0),
                    textcoords="offset points",
                    va="center",
                    color=INK,
                    size=8,
                )
        middle = thick * (len(runs) - 1) / 2
        axes.set_yticks([stage + middle for stage in range(len(stages))], stages)
        axes.invert_yaxis()
        axes.margins(x=0.14)
        axes.grid(visible=False, axis="y")
        axes.set(xlabel="milliseconds, median")
        legend(axes)

    described = [
        f"{label}: " + ", ".join(f"{s} {v:.1f} ms" for s, v in zip(stages, values, strict=True))
        for label, values in runs.items()
    ]
    return Chart(
        title=title,
        reading="The median time of each stage. Half of the questions took longer.",
        svg=svg("latency", title, "; ".join(described), draw, height=1.5 + 0.4 * len(stages)),
    )


def draw_line(axes: "Axes", line: Line, **style: Any) -> None:
    """Draw a line in the colour and the dashes of its run."""
    colour, dashes = SERIES[line.number - 1], DASHES[line.number - 1]
    axes.plot(line.x, line.y, color=colour, ls=dashes, lw=1.6, label=line.label, **style)


def band(axes: "Axes", line: Line) -> None:
    """Draw the interval around a line."""
    if line.low and line.high:
        colour = SERIES[line.number - 1]
        axes.fill_between(line.x, line.low, line.high, color=colour, alpha=0.14, lw=0)


def share_axis(axes: "Axes", which: str) -> None:
    """Let an axis run from 0 to 1, with room for what lies on its ends."""
    setter = axes.set_xlim if which == "x" else axes.set_ylim
    setter(-0.02, 1.02)
    ticks = axes.set_xticks if which == "x" else axes.set_yticks
    ticks([0, 0.2, 0.4, 0.6, 0.8, 1], ["0", "0.2", "0.4", "0.6", "0.8", "1"])
