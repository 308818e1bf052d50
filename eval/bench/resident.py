"""Resident memory over time: a thread that looks now and then."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from types import TracebackType
from typing import Self

import numpy as np
import psutil

MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """One look."""

    seconds: float  # since the watch began
    resident_mb: float  # megabytes of 1,000,000 bytes
    own_mb: float  # of these, not of mapped files, which the system takes back when it wants room
    done: int  # what the watched process says it has done


def resident_mb() -> float:
    """Return the resident memory of this process."""
    return round(psutil.Process().memory_info().rss / MEGABYTE, 1)


def own_mb() -> float:
    """Return the resident memory that is this process's own; all of it where nobody counts this."""
    memory = psutil.Process().memory_info()
    return round((memory.rss - getattr(memory, "shared", 0)) / MEGABYTE, 1)


class Watch:
    """Takes a sample at once, every ``interval_s`` seconds, and when the block ends."""

    def __init__(
        self,
        done: Callable[[], int],
        *,
        interval_s: float,
        on_sample: Callable[[Sample], None] = lambda sample: None,
    ) -> None:
        self.samples: list[Sample] = []
        self._done = done
        self._interval_s = interval_s
        self._on_sample = on_sample
        self._began = time.monotonic()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="watch", daemon=True)

    def __enter__(self) -> Self:
        self._began = time.monotonic()
        self._look()
        self._thread.start()
        return self

    def __exit__(
        self,
        of_type: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stop.set()
        self._thread.join()
        self._look()

    def _run(self) -> None:
        while not self._stop.wait(self._interval_s):
            self._look()

    def _look(self) -> None:
        sample = Sample(
            seconds=round(time.monotonic() - self._began, 2),
            resident_mb=resident_mb(),
            own_mb=own_mb(),
            done=self._done(),
        )
        self.samples.append(sample)
        self._on_sample(sample)


def at(samples: list[Sample], seconds: float) -> Sample | None:
    """Return the first sample taken at or after ``seconds``, None if the watch ended before."""
    return next((sample for sample in samples if sample.seconds >= seconds), None)


def slope(samples: list[Sample], memory: Callable[[Sample], float]) -> float | None:
    """Return megabytes for a thousand more things done, by least squares; None if none was done.

    Near 0 where memory is flat.
    """
    done = np.array([sample.done for sample in samples], float) / 1000
    if len(done) < 2 or np.ptp(done) == 0:
        return None
    megabytes = np.array([memory(sample) for sample in samples], float)
    return round(float(np.polynomial.polynomial.polyfit(done, megabytes, 1)[1]), 3)
