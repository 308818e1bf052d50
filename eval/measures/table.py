"""All figures of a run, by measure and slice; and the values of one question that they rest on."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from eval.measures import calibration, interval, refusal
from eval.measures.answers import answers
from eval.measures.citations import citations
from eval.measures.cost import PERCENTS, STAGES, cost, percentile, questions_per_second
from eval.measures.interval import RESAMPLES, SEED, Sample, mean_of
from eval.measures.measured import NOTHING, Measured
from eval.measures.names import MEASURES
from eval.measures.retrieval import retrieval
from eval.measures.slices import ALL, Slice, slices_of
from eval.record import Record

Values = Mapping[str, float | None]

# What is of a set, and is no mean over its questions.
OF_A_SET: Mapping[str, Callable[[Sequence[Record]], Sample]] = {
    "refusal_precision": refusal.refusal_precision,
    "refusal_f1": refusal.refusal_f1,
    "auroc_answerable": refusal.auroc_answerable,
    "auroc_right": refusal.auroc_right,
    "aurc": refusal.aurc,
    "ece": calibration.ece,
    "questions_per_second": questions_per_second,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One figure of a table."""

    measure: str
    slice: Slice
    measured: Measured


@dataclass(frozen=True, slots=True)
class Table:
    """The figures of a run, by the names of ``eval.measures.names`` and by slice."""

    figures: Mapping[tuple[str, Slice], Measured]

    def at(self, measure: str, of: Slice = ALL) -> Measured:
        """Return one figure; one that rests on nothing for a slice that no question is in.

        Raises KeyError for a measure that there is none of.
        """
        if measure not in MEASURES:
            raise KeyError(measure)
        return self.figures.get((measure, of), NOTHING)

    @property
    def rows(self) -> Iterator[Row]:
        """All figures, slice by slice, in the order of ``eval.measures.names``."""
        for (name, of), measured in self.figures.items():
            yield Row(measure=name, slice=of, measured=measured)

    def slices(self, by: str | None = None) -> tuple[Slice, ...]:
        """Return the slices that there are, all or those of one kind: all first, then by name."""
        there = dict.fromkeys(of for _, of in self.figures)
        return tuple(of for of in there if by is None or of.by == by)


def per_question(record: Record) -> dict[str, float | None]:
    """Return what was measured of one question, by name; None for what does not apply to it.

    The names are those of ``names.PER_QUESTION``: of the table where a figure is a mean, and
    ``read_ms`` and so on. What is of a whole set alone, as an AUROC, is not here.
    """
    return {
        **retrieval(record),
        **answers(record),
        **citations(record),
        **refusal.refusal(record),
        **cost(record),
    }


def measure(records: Sequence[Record], *, resamples: int = RESAMPLES, seed: int = SEED) -> Table:
    """Return every figure of all questions and of each slice of them, with its interval."""
    values = [per_question(record) for record in records]
    members: dict[Slice, list[int]] = defaultdict(list)
    for number, record in enumerate(records):
        for of in slices_of(record):
            members[of].append(number)
    figures = {
        (name, of): interval.estimate(sample, resamples=resamples, seed=seed)
        for of in sorted(members, key=lambda of: (of.by, of.value))
        for name, sample in _samples(
            [records[number] for number in members[of]], [values[number] for number in members[of]]
        )
    }
    return Table(figures)


def _samples(records: Sequence[Record], values: Sequence[Values]) -> Iterator[tuple[str, Sample]]:
    latencies = {
        f"{stage}_ms.p{percent}": percentile([v[f"{stage}_ms"] or 0.0 for v in values], percent)
        for stage in STAGES
        for percent in PERCENTS
    }
    for name in MEASURES:
        if name in latencies:
            yield name, latencies[name]
        elif name in OF_A_SET:
            yield name, OF_A_SET[name](records)
        else:
            yield name, mean_of([value[name] for value in values])
