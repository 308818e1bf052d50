"""Doors with a limited line: what would wait too long is told to come back instead."""

import asyncio
import contextlib
import os
import threading
from collections.abc import AsyncGenerator, Callable, Generator
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import ParamSpec, Self, TypeVar, cast

from api.problems import STOPPING, ProblemError, busy

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much is done at once, and how much may wait for it."""

    questions: int = 0  # at once; 0 for one a core
    questions_waiting: int = 32  # a quarter of a second each at most: some seconds
    reads: int = 4
    reads_waiting: int = 64
    ingests_waiting: int = 8  # one at a time: the index has one writer
    fetches: int = 2  # of pages from the web, which may be slow
    fetches_waiting: int = 8


class Gate:
    """Runs calls in worker threads: ``workers`` at once, ``waiting`` more in line.

    The next one is refused (503 with Retry-After), so that a burst neither fills the memory nor
    makes everybody wait.
    """

    def __init__(self, work: str, *, workers: int, waiting: int, retry_after_s: int) -> None:
        self._work = work
        self._most = workers + waiting
        self._retry_after_s = retry_after_s
        self._lock = threading.Lock()
        self._inside = 0
        self._open = True
        self._pool = ThreadPoolExecutor(workers, thread_name_prefix=work)

    async def run(self, call: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Return what ``call`` returns. Raises ProblemError when the line is full."""
        self._enter()
        future = self._pool.submit(call, *args, **kwargs)
        # Not when the request ends: a client that hangs up does not stop the thread.
        future.add_done_callback(lambda _: self._leave())
        try:
            return await asyncio.wrap_future(future)
        except asyncio.CancelledError as error:  # the server's grace is over: say so, at least
            raise stopped() from error

    async def each(
        self, call: Callable[P, Generator[T, None, None]], *args: P.args, **kwargs: P.kwargs
    ) -> AsyncGenerator[T, None]:
        """Yield what the iterator of ``call`` yields, as it does, in one worker thread.

        Closing this one closes that one before its next step. Raises ProblemError when the line is
        full.
        """
        arrived: asyncio.Queue[T | Future[None]] = asyncio.Queue()
        loop, given_up = asyncio.get_running_loop(), threading.Event()

        def hand_over(item: "T | Future[None]") -> None:
            with contextlib.suppress(RuntimeError):  # the loop is closed: nobody waits any more
                loop.call_soon_threadsafe(arrived.put_nowait, item)

        def work() -> None:
            with contextlib.closing(call(*args, **kwargs)) as items:
                for item in items:
                    hand_over(item)
                    if given_up.is_set():
                        return

        self._enter()
        future = self._pool.submit(work)
        future.add_done_callback(lambda _: self._leave())
        future.add_done_callback(hand_over)
        try:
            while (item := await arrived.get()) is not future:
                yield cast(T, item)
            future.result()
        except CancelledError as error:  # of the pool, which has closed: it had not begun
            raise stopped() from error
        finally:
            given_up.set()
            future.cancel()

    @property
    def idle(self) -> bool:
        """Whether nothing runs and nothing waits."""
        return self._inside == 0

    @property
    def free(self) -> int:
        """How many more calls it would take."""
        return self._most - self._inside

    def close(self) -> None:
        """Give up what is still in line; what runs goes on."""
        with self._lock:
            self._open = False
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _enter(self) -> None:
        with self._lock:
            if not self._open:
                raise ProblemError(
                    STOPPING, "The service is stopping. Ask again later.", {"Retry-After": "30"}
                )
            if self._inside >= self._most:
                raise busy(
                    f"There are too many {self._work} in line. "
                    f"Try again in {self._retry_after_s} seconds.",
                    retry_after_s=self._retry_after_s,
                )
            self._inside += 1

    def _leave(self) -> None:
        with self._lock:
            self._inside -= 1


def stopped() -> ProblemError:
    """Return the error of what the end of the service cut off."""
    detail = "The service stopped before this was done."
    return ProblemError(STOPPING, detail, {"Retry-After": "30"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Gates:
    """One door for each kind of work, so that none can shut another out."""

    questions: Gate
    reads: Gate
    ingests: Gate
    removals: Gate
    fetches: Gate
    stopping: threading.Event  # set: what can be broken off is

    @classmethod
    def open(cls, limits: Limits) -> Self:
        """Return doors with these limits."""
        at_once, waiting = limits.questions or os.cpu_count() or 1, limits.reads_waiting
        return cls(
            questions=Gate(
                "questions", workers=at_once, waiting=limits.questions_waiting, retry_after_s=2
            ),
            reads=Gate("reads", workers=limits.reads, waiting=waiting, retry_after_s=1),
            ingests=Gate("ingests", workers=1, waiting=limits.ingests_waiting, retry_after_s=30),
            removals=Gate("removals", workers=1, waiting=waiting, retry_after_s=5),
            fetches=Gate(
                "fetches",
                workers=limits.fetches,
                waiting=limits.fetches_waiting,
                retry_after_s=30,
            ),
            stopping=threading.Event(),
        )

    @property
    def idle(self) -> bool:
        """Whether nothing runs and nothing waits behind any of them."""
        return all(gate.idle for gate in self._gates())

    def close(self) -> None:
        """Close all of them."""
        self.stopping.set()
        for gate in self._gates():
            gate.close()

    def _gates(self) -> tuple[Gate, ...]:
        return (self.questions, self.reads, self.ingests, self.removals, self.fetches)
