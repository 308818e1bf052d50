"""The tables of a report: figures as text, with what a page needs to draw their intervals."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from eval.headline import HEADLINE
from eval.measures.cost import PERCENTS, STAGES
from eval.measures.measured import Measured
from eval.measures.names import MEASURES
from eval.measures.slices import ALL, SEVERAL, Slice
from eval.report.views import RunView
from eval.terminal.tables import figure, interval

FEW = 5
SLICED = ("recall@5", "hit@1", "hit@3", "facet_f1", "refusal_recall", "refused_answerable")
FAMILIES = {
    "retrieval": "Finding",
    "answers": "Answering",
    "citations": "Citing",
    "refusal": "Refusing",
    "calibration": "Confidence",
    "cost": "Cost",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One figure as a page shows it."""

    text: str
    interval: str
    count: int
    value: float | None = None  # for a bar from 0 to 1; None for what is no share
    low: float | None = None
    high: float | None = None

    @property
    def rests_on(self) -> str:
        """The interval and the number of questions, short enough for a table of many columns."""
        if not self.count:
            return ""
        spread = "" if self.low is None or self.high is None else f"{self.low:.2f}–{self.high:.2f} "
        return f"{spread}({self.count:,})"

    @property
    def few(self) -> bool:
        """Whether it rests on so few questions that one of them changes it much."""
        return self.count < FEW


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A row of a table: what it is of, and a cell a run, or a measure."""

    name: str
    says: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """A table of measures that belong together."""

    title: str
    lines: tuple[Line, ...]


def headline(views: Sequence[RunView]) -> tuple[Line, ...]:
    """Return the figures that one looks at first."""
    return lines(views, HEADLINE.items())


def families(views: Sequence[RunView]) -> tuple[Family, ...]:
    """Return all figures over all questions, family by family; those of nothing are left out."""
    found = []
    for family, title in FAMILIES.items():
        named = [
            (name, d.says)
            for name, d in MEASURES.items()
            if d.family == family and "_ms" not in name
        ]
        if of_family := lines(views, named):
            found.append(Family(title=title, lines=of_family))
    return tuple(found)


def lines(views: Sequence[RunView], named: Iterable[tuple[str, str]]) -> tuple[Line, ...]:
    """Return a line a measure and a cell a run; measures that apply to no run are left out."""
    return tuple(
        Line(name=name, says=says, cells=tuple(cell(view.at(name), name) for view in views))
        for name, says in named
        if any(view.at(name).count for view in views)
    )


def cell(measured: Measured, name: str) -> Cell:
    """Return a figure as text, and as a share if it is one."""
    is_share = "_ms" not in name and name != "questions_per_second"
    return Cell(
        text=figure(measured.value, name),
        interval=interval(measured, name),
        count=measured.count,
        value=measured.value if is_share else None,
        low=measured.low if is_share else None,
        high=measured.high if is_share else None,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Latency:
    """The milliseconds of one run: a line a stage, a cell a percentile."""

    run: RunView
    percents: tuple[int, ...]
    lines: tuple[Line, ...]


def latencies(views: Sequence[RunView]) -> tuple[Latency, ...]:
    """Return how long each stage takes, run by run."""
    return tuple(
        Latency(
            run=view,
            percents=PERCENTS,
            lines=tuple(
                Line(
                    name="as the caller waits" if stage == "wall" else stage,
                    says="",
                    cells=tuple(
                        cell(view.at(name), name)
                        for name in (f"{stage}_ms.p{percent}" for percent in PERCENTS)
                    ),
                )
                for stage in STAGES
            ),
        )
        for view in views
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Sliced:
    """A table by language or by kind: a line a slice, a cell a measure."""

    run: RunView
    measures: tuple[str, ...]
    lines: tuple[Line, ...]


def sliced(view: RunView, by: str) -> Sliced:
    """Return the main figures of a run by slice, with how many questions are in each."""
    measures = tuple(name for name in SLICED if view.at(name).count)
    return Sliced(
        run=view,
        measures=measures,
        lines=tuple(
            Line(
                name=of.value,
                says=f"{view.at('total_ms.p50', of).count:,}",
                cells=tuple(cell(view.at(name, of), name) for name in measures),
            )
            for of in (*view.figures.slices(by), ALL)
        ),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Matrix:
    """One measure by the language of the question (a line) and of what answers it (a column)."""

    run: RunView
    measure: str
    says: str
    columns: tuple[str, ...]
    lines: tuple[Line, ...]


def matrices(view: RunView) -> tuple[Matrix, ...]:
    """Return the matrices of a run; none where all questions and answers are of one language."""
    pairs = [pair_of(of) for of in view.figures.slices("pair")]
    if len(pairs) < 2:
        return ()
    asked, over = (sorted({p[side] for p in pairs}, key=_several_last) for side in (0, 1))
    return tuple(
        Matrix(
            run=view,
            measure=name,
            says=HEADLINE[name],
            columns=tuple(over),
            lines=tuple(
                Line(name=a, says="", cells=tuple(_of_pair(view, name, a, o) for o in over))
                for a in asked
            ),
        )
        for name in ("hit@1", "recall@5")
        if view.at(name).count
    )


def pair_of(of: Slice) -> tuple[str, str]:
    """Return the languages of a pair: of the question, of the articles that answer."""
    asked, _, over = of.value.partition("-")
    return asked, over


def _several_last(language: str) -> tuple[bool, str]:
    return language == SEVERAL, language


def _of_pair(view: RunView, name: str, asked: str, over: str) -> Cell:
    return cell(view.at(name, Slice(by="pair", value=f"{asked}-{over}")), name)
