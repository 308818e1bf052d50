"""Rounds of writing, killing, opening again and looking."""

import math
import os
import random
import signal
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from mmap import mmap
from pathlib import Path

import msgspec

from eval.crash.aim import Death
from eval.crash.child import PATIENCE_S, Child
from eval.crash.phases import PHASES
from eval.crash.verdict import judge
from eval.crash.world import Operation, Versions
from eval.crash.writer import work

_POLL_S = 0.0005


@dataclass(slots=True, kw_only=True)
class Report:
    """What a trial came to."""

    rounds: int = 0
    acknowledged: int = 0  # operations
    kept: int = 0  # operations in flight that were there afterwards, whole
    kills: Counter[str] = field(default_factory=Counter)  # by phase
    violations: list[str] = field(default_factory=list)
    interrupted: bool = False


@dataclass(slots=True, kw_only=True)
class _History:
    stored: Versions = field(default_factory=dict)
    generation: int = 0
    ever: set[tuple[str, int]] = field(default_factory=set)


def trial(
    folder: Path,
    rounds: int,
    seed: int,
    *,
    aim: str | None = None,
    seconds: float = math.inf,
    on_round: Callable[[Report], None] = lambda report: None,
    stopped: Callable[[], bool] = lambda: False,
) -> Report:
    """Run the rounds on one index that grows older all the while.

    ``aim`` is the phase to kill in. No round begins when ``seconds`` are over, or when ``stopped``
    says so.
    """
    report, history, dice = Report(), _History(), random.Random(seed)  # noqa: S311 - repeatable, not secret
    deadline = time.monotonic() + seconds
    for number in range(rounds):
        report.interrupted = stopped()
        if report.interrupted or time.monotonic() > deadline:
            break
        death = Death.drawn(dice, aim)
        _round(folder, f"{seed}.{number}", death, history, report)
        report.rounds += 1
        on_round(report)
    return report


def _round(folder: Path, seed: str, death: Death, history: _History, report: Report) -> None:
    with tempfile.TemporaryFile() as journal, mmap(-1, 1) as phase:
        writer = Child.fork(
            lambda: work(
                folder, journal.fileno(), phase, stored=history.stored, seed=seed, death=death
            )
        )
        try:
            wrong = _wait(writer, phase, death)
        finally:
            writer.kill()
        report.kills[PHASES[phase[0]]] += 1
        report.violations += [f"round {seed}: {sentence}" for sentence in wrong]
        journal.seek(0)
        in_flight = _replay(journal.read(), history, report)
    _look(folder, seed, in_flight, history, report)


def _wait(writer: Child, phase: mmap, death: Death) -> list[str]:
    """Wait until the writer is to die, or has killed itself; return what was wrong with it."""
    patient_until = time.monotonic() + PATIENCE_S
    by_clock = death.after_s is not None and _has_come(writer, phase, death, patient_until)
    if by_clock and writer.ended(within_s=death.after_s or 0.0) is None:
        return []
    code = writer.ended(within_s=patient_until - time.monotonic())
    if code is None:
        writer.give_up()
        return [f"the writer hangs while {PHASES[phase[0]]}"]
    return [] if code == -signal.SIGKILL else ["the writer failed by itself"]


def _has_come(writer: Child, phase: mmap, death: Death, patient_until: float) -> bool:
    """Wait for the phase that is aimed at; False if it does not come."""
    while not death.counts(phase[0]):
        if writer.ended(within_s=0) is not None or time.monotonic() > patient_until:
            return False
        time.sleep(_POLL_S)
    return True


def _replay(journal: bytes, history: _History, report: Report) -> Operation | None:
    """Bring the history up to what was acknowledged; return what was begun and not ended."""
    begun: Operation | None = None
    for line in journal.splitlines():
        operation = msgspec.json.decode(line, type=Operation | None)
        if operation is not None:
            begun = operation
            history.ever |= set(operation.versions.items())
        elif begun is not None:
            history.stored = begun.after(history.stored)
            report.acknowledged += 1
            begun = None
    return begun


def _look(
    folder: Path, seed: str, in_flight: Operation | None, history: _History, report: Report
) -> None:
    """Judge in a process of its own: one that has threads must not fork the next writer."""
    with tempfile.TemporaryFile() as answer:

        def look() -> None:
            verdict = judge(folder, history.stored, in_flight, history.ever)
            os.write(answer.fileno(), msgspec.json.encode(verdict))

        looker = Child.fork(look)
        try:
            code = looker.ended(within_s=PATIENCE_S)
            if code is None:
                looker.give_up()
        finally:
            looker.kill()
        answer.seek(0)
        encoded = answer.read()
    if code != 0 or not encoded:
        how = "hangs" if code is None else "fails"
        report.violations.append(f"round {seed}: looking at the index {how}")
        return
    stored, generation, wrong = msgspec.json.decode(encoded, type=tuple[Versions, int, list[str]])
    report.violations += [f"round {seed}: {sentence}" for sentence in wrong]
    if generation < history.generation:
        report.violations.append(f"round {seed}: generation {generation} came before")
    report.kept += stored != history.stored
    history.stored, history.generation = stored, generation
