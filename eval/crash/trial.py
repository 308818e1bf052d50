"""Rounds of writing, killing, opening again and looking."""

import os
import random
import signal
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from mmap import mmap
from pathlib import Path

import msgspec

from eval.crash.verdict import judge
from eval.crash.world import Operation, Versions
from eval.crash.writer import PHASES, work

LONGEST_S = 1.0  # of a round that is ended by the clock: a few operations
MOST_CALLS = 8_000  # of a round that is ended by a count: about as long


@dataclass(slots=True, kw_only=True)
class Report:
    """What a trial came to."""

    rounds: int = 0
    acknowledged: int = 0  # operations
    kept: int = 0  # operations in flight that were there afterwards, whole
    kills: Counter[str] = field(default_factory=Counter)  # by phase
    violations: list[str] = field(default_factory=list)


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
    on_round: Callable[[Report], None] = lambda report: None,
) -> Report:
    """Run the rounds on one index that grows older all the while."""
    report, history, dice = Report(), _History(), random.Random(seed)  # noqa: S311 - repeatable, not secret
    for number in range(rounds):
        _round(folder, f"{seed}.{number}", dice, history, report)
        report.rounds += 1
        on_round(report)
    return report


def _round(folder: Path, seed: str, dice: random.Random, history: _History, report: Report) -> None:
    by_clock = dice.random() < 0.5
    delay = dice.uniform(0, LONGEST_S)
    die_at = None if by_clock else dice.randint(1, MOST_CALLS)
    with tempfile.TemporaryFile() as journal, mmap(-1, 1) as phase:
        child = _fork(
            lambda: work(
                folder, journal.fileno(), phase, stored=history.stored, seed=seed, die_at=die_at
            )
        )
        if by_clock:
            time.sleep(delay)
            os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        if os.waitstatus_to_exitcode(status) != -signal.SIGKILL:
            report.violations.append(f"round {seed}: the writer failed by itself")
        report.kills[PHASES[phase[0]]] += 1
        journal.seek(0)
        in_flight = _replay(journal.read(), history, report)
    _look(folder, seed, in_flight, history, report)


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

        _, status = os.waitpid(_fork(look), 0)
        answer.seek(0)
        encoded = answer.read()
    if os.waitstatus_to_exitcode(status) or not encoded:
        report.violations.append(f"round {seed}: the index could not be looked at")
        return
    stored, generation, wrong = msgspec.json.decode(encoded, type=tuple[Versions, int, list[str]])
    report.violations += [f"round {seed}: {sentence}" for sentence in wrong]
    if generation < history.generation:
        report.violations.append(f"round {seed}: generation {generation} came before")
    report.kept += stored != history.stored
    history.stored, history.generation = stored, generation


def _fork(task: Callable[[], None]) -> int:
    """Run a task in a process of its own; return its id."""
    child = os.fork()
    if child:
        return child
    try:
        task()
    except BaseException:  # noqa: BLE001 - whatever it is, it must not run on as the parent
        traceback.print_exc()
        os._exit(1)
    os._exit(0)
