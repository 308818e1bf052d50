"""How long questions take over an index, seen from a process that has done nothing else."""

import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context

import qa
from eval.bench.quantiles import Quantiles
from eval.bench.resident import resident_mb
from eval.bench.stages import STAGES
from qa.engine import Engine
from qa.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Timed:
    """What the questions took, one after the other."""

    answered: dict[str, int]  # questions by outcome
    total: Quantiles
    stages: dict[str, Quantiles]
    processor_ms: float  # of all threads, the mean of a question: hardly more on a busy machine


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What opening and asking took."""

    open_s: float  # the index
    opened_mb: float  # resident once it is open, without a model
    model_s: float  # loading the model and answering a first question, which is not counted
    resident_mb: float  # after all questions
    questions: Timed


def ask_elsewhere(settings: Settings, questions: Sequence[str]) -> Asked:
    """Open the index and ask the questions in a new process."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(ask, settings, tuple(questions)).result()


def ask(settings: Settings, questions: Sequence[str]) -> Asked:
    """Open the index and ask the questions. Raises StoreError."""
    began = time.perf_counter()
    with qa.open(settings) as engine:
        opened, opened_mb = time.perf_counter(), resident_mb()
        engine.warm_up()
        warm = time.perf_counter()
        return Asked(
            open_s=round(opened - began, 3),
            opened_mb=opened_mb,
            model_s=round(warm - opened, 3),
            questions=timed(engine, questions),
            resident_mb=resident_mb(),
        )


def timed(engine: Engine, questions: Sequence[str]) -> Timed:
    """Ask the questions of a warm engine."""
    began = time.process_time()
    answers = [engine.ask(question) for question in questions]
    processor_s = time.process_time() - began
    outcomes = [str(answer.status) for answer in answers]
    return Timed(
        answered={status: outcomes.count(status) for status in sorted(set(outcomes))},
        total=Quantiles.of([answer.timing_ms.total for answer in answers]),
        stages={
            stage: Quantiles.of([getattr(answer.timing_ms, stage) for answer in answers])
            for stage in STAGES
        },
        processor_ms=round(processor_s / len(questions) * 1000, 3),
    )
