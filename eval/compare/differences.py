"""How two runs differ, measure by measure and slice by slice."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from eval.compare.pairs import Pair
from eval.measures import interval, pairing
from eval.measures.interval import SEED, Sample, mean_of
from eval.measures.slices import ALL, Slice, slices_of
from eval.measures.table import OF_A_SET, per_question
from eval.record import Record

REDRAWS = 400  # of whole runs, for what is no mean over questions: a p of 0.0025 at the least

Values = Mapping[str, float | None]
OfRecords = Callable[[Sequence[Record]], Sample]


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One figure before and after, over the questions that have it in both runs."""

    measure: str
    slice: Slice
    before: float
    after: float
    difference: float
    low: float | None  # of the difference: 95 %, None where it rests on one question
    high: float | None
    p: float
    count: int

    @property
    def significant(self) -> bool:
        """Whether chance alone would rarely do as much: once in twenty times at most."""
        return self.p < 0.05


def differences(pairs: Sequence[Pair]) -> list[Difference]:
    """Return every difference, slice by slice.

    What no question has is left out, and a slice that is all of the questions.
    Means have a paired randomisation test and a bootstrap interval of the paired differences. What
    is of a whole set, as an AUROC, has both by redrawing the runs, for all questions alone.
    """
    values = [(per_question(pair.before), per_question(pair.after)) for pair in pairs]
    members: dict[Slice, list[int]] = defaultdict(list)
    for number, pair in enumerate(pairs):
        for of in slices_of(pair.before):
            members[of].append(number)
    found: list[Difference] = []
    for of in sorted(members, key=lambda of: (of.by, of.value)):
        if of != ALL and len(members[of]) == len(pairs):
            continue
        found.extend(_of_means(of, [values[number] for number in members[of]]))
        if of == ALL:
            found.extend(_of_sets(pairs))
    return found


def _of_means(of: Slice, values: Sequence[tuple[Values, Values]]) -> Iterator[Difference]:
    for name in values[0][0]:
        both = [(b[name], a[name]) for b, a in values]
        there = [(b, a) for b, a in both if b is not None and a is not None]
        if not there:
            continue
        before, after = ([each[side] for each in there] for side in (0, 1))
        test = pairing.randomisation_test(before, after)
        spread = interval.estimate(mean_of([a - b for b, a in there]))
        yield Difference(
            measure=name,
            slice=of,
            before=float(np.mean(before)),
            after=float(np.mean(after)),
            difference=test.difference or 0.0,
            low=spread.low,
            high=spread.high,
            p=1.0 if test.p is None else test.p,
            count=len(there),
        )


def _of_sets(pairs: Sequence[Pair]) -> Iterator[Difference]:
    before, after = [p.before for p in pairs], [p.after for p in pairs]
    for name, sample_of in OF_A_SET.items():
        first, second = value(sample_of, before), value(sample_of, after)
        if first is None or second is None:
            continue
        low, high = redrawn_interval(sample_of, pairs)
        yield Difference(
            measure=name,
            slice=ALL,
            before=first,
            after=second,
            difference=second - first,
            low=low,
            high=high,
            p=exchanged_p(sample_of, pairs, second - first),
            count=len(pairs),
        )


def value(sample_of: OfRecords, records: Sequence[Record]) -> float | None:
    """Return a statistic of records, None where it is not defined."""
    sample = sample_of(records)
    if not sample.count:
        return None
    found = float(sample.statistic(np.ones((1, sample.count)))[0])
    return None if np.isnan(found) else found


def redrawn_interval(
    sample_of: OfRecords, pairs: Sequence[Pair], *, redraws: int = REDRAWS, seed: int = SEED
) -> tuple[float | None, float | None]:
    """Return the percentile bootstrap interval of a difference: questions are drawn, in pairs."""
    chance = np.random.default_rng(seed)
    found = []
    for _ in range(redraws):
        drawn = [pairs[number] for number in chance.integers(0, len(pairs), len(pairs))]
        before = value(sample_of, [pair.before for pair in drawn])
        after = value(sample_of, [pair.after for pair in drawn])
        if before is not None and after is not None:
            found.append(after - before)
    if not found:
        return None, None
    low, high = np.percentile(found, (2.5, 97.5))
    return float(low), float(high)


def exchanged_p(
    sample_of: OfRecords,
    pairs: Sequence[Pair],
    observed: float,
    *,
    redraws: int = REDRAWS,
    seed: int = SEED,
) -> float:
    """Return the two-sided p of a difference by a paired randomisation test, as in ``pairing``.

    Each question's two answers are exchanged or not; the observed order counts as one of them.
    """
    chance = np.random.default_rng(seed)
    as_large = 0
    for _ in range(redraws):
        exchanged = chance.integers(0, 2, len(pairs)).tolist()
        given = zip(pairs, exchanged, strict=True)
        mixed = [(p.after, p.before) if e else (p.before, p.after) for p, e in given]
        before = value(sample_of, [first for first, _ in mixed])
        after = value(sample_of, [second for _, second in mixed])
        if before is not None and after is not None:
            as_large += abs(after - before) >= abs(observed) - 1e-12
    return (as_large + 1) / (redraws + 1)
