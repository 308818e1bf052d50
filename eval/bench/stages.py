"""Where the time of a question goes: embed, retrieve, read, compose."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from statistics import median

from qa.answer import Timing
from qa.engine import Engine

STAGES = tuple(field.name for field in fields(Timing) if field.name != "total")


@dataclass(frozen=True, slots=True, kw_only=True)
class Stages:
    """Medians over all questions and rounds, of a warm engine."""

    articles: int
    passages: int
    total_ms: float
    stage_ms: dict[str, float]
    share: dict[str, float]  # of the summed time of all questions; the shares add up to 1


def stages(engine: Engine, questions: Sequence[str], rounds: int) -> Stages:
    """Ask every question ``rounds`` times, in turn, and look at what each answer says it took."""
    engine.warm_up()
    timings = [engine.ask(question).timing_ms for _ in range(rounds) for question in questions]
    spent = {stage: [float(getattr(timing, stage)) for timing in timings] for stage in STAGES}
    everything = sum(map(sum, spent.values()))
    with engine.store.snapshot() as snapshot:
        summaries = snapshot.summaries(1_000_000)
    return Stages(
        articles=len(summaries),
        passages=sum(summary.passages for summary in summaries),
        total_ms=median(timing.total for timing in timings),
        stage_ms={stage: median(milliseconds) for stage, milliseconds in spent.items()},
        share={stage: sum(milliseconds) / everything for stage, milliseconds in spent.items()},
    )
