"""Whether every floor holds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from eval.gate.floors import Floor, Floors
from eval.measures.measured import Measured
from eval.measures.table import Table, measure
from eval.run.errors import RunFileError
from eval.run.file import Run


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A floor, the figure above or below it, and whether it holds.

    A figure that rests on no question holds nothing: the language or the kind has been lost.
    """

    floor: Floor
    measured: Measured

    @property
    def holds(self) -> bool:
        """Whether the figure is on the right side of its floor."""
        value = self.measured.value
        return value is not None and self.floor.holds(value)


def judge(floors: Floors, runs: Mapping[str, Run]) -> list[Judged]:
    """Return a verdict on each floor, in their order. ``runs`` has a whole run of every set."""
    tables: dict[str, Table] = {name: measure(runs[name].records) for name in floors.sets}
    return [
        Judged(floor=floor, measured=tables[floor.set].at(floor.measure, floor.slice))
        for floor in floors.floor
    ]


def by_set(runs: Sequence[Run]) -> dict[str, Run]:
    """Return runs by the name of their set. Raises RunFileError for one that proves nothing."""
    found: dict[str, Run] = {}
    for run in runs:
        name = run.header.collection
        if not run.whole:
            raise RunFileError(
                f"{run.path} is not finished: {len(run.records):,} of {run.header.questions:,} "
                "questions were asked.",
                remedy="Run it again: the same command goes on.",
            )
        if name in found:
            raise RunFileError(
                f"{found[name].path} and {run.path} are both of {name}.",
                remedy="Give one run of each set.",
            )
        found[name] = run
    return found
