"""A run as a report shows it: its name, its figures, and what was run."""

from collections.abc import Sequence
from dataclasses import dataclass

from eval.measures.measured import Measured
from eval.measures.slices import ALL, Slice
from eval.measures.table import Table, measure
from eval.report.drawing import SERIES
from eval.run.file import Run
from index.errors import InputError

MOST_RUNS = len(SERIES)


class TooManyRunsError(InputError):
    """More runs than can be told apart."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunView:
    """One run of a report."""

    number: int  # from 1: its colour
    name: str
    run: Run
    figures: Table

    def at(self, name: str, of: Slice = ALL) -> Measured:
        """Return one figure."""
        return self.figures.at(name, of)


def views_of(runs: Sequence[Run]) -> tuple[RunView, ...]:
    """Measure the runs of a report, in their order. Raises TooManyRunsError."""
    if len(runs) > MOST_RUNS:
        raise TooManyRunsError(
            f"{len(runs)} runs are too many for one page; {MOST_RUNS} can be told apart.",
            remedy="Make several reports.",
        )
    return tuple(
        RunView(number=number, name=name, run=run, figures=measure(run.records))
        for number, (run, name) in enumerate(zip(runs, names_of(runs), strict=True), 1)
    )


def names_of(runs: Sequence[Run]) -> list[str]:
    """Return the names of the files, made different: by their folder, then by a number."""
    names = [run.path.stem for run in runs]
    if len(set(names)) < len(names):
        names = [f"{run.path.absolute().parent.name}/{run.path.stem}" for run in runs]
    return [
        f"{name} ({names[:place].count(name) + 1})" if names.count(name) > 1 else name
        for place, name in enumerate(names)
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One line of what was run: a value a run."""

    name: str
    values: tuple[str, ...]

    @property
    def differs(self) -> bool:
        """Whether the runs are not alike in it."""
        return len(set(self.values)) > 1


def facts_of(views: Sequence[RunView]) -> list[tuple[str, list[Fact]]]:
    """Return what was run, in groups: the set, the engine, its settings, versions, the machine."""
    headers = [view.run.header for view in views]
    groups: list[tuple[str, list[dict[str, str]]]] = [
        ("Set", [_set_facts(view) for view in views]),
        ("Engine", [_engine_facts(view) for view in views]),
        ("Settings", [{k: str(v) for k, v in h.settings.items()} for h in headers]),
        ("Versions", [h.versions for h in headers]),
        ("Machine", [h.machine for h in headers]),
    ]
    return [(title, _facts(values)) for title, values in groups if any(values)]


def _facts(values: Sequence[dict[str, str]]) -> list[Fact]:
    names = dict.fromkeys(name for each in values for name in each)
    return [Fact(name=name, values=tuple(each.get(name, "–") for each in values)) for name in names]


def _set_facts(view: RunView) -> dict[str, str]:
    header = view.run.header
    asked = f"{len(view.run.records):,}"
    if not view.run.whole:
        asked += f" of {header.questions:,} (the run was stopped)"
    return {
        "collection": header.collection,
        "questions": asked,
        "articles": f"{header.articles:,}",
        "fingerprint": header.fingerprint[:12],
    }


def _engine_facts(view: RunView) -> dict[str, str]:
    header = view.run.header
    return {
        "engine": header.engine,
        "model": header.model or "known to the service alone",
        "generation": f"{header.generation:,}",
        "started": header.started,
    }
