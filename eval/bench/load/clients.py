"""Clients that ask one question after the other, and one that sends articles meanwhile."""

import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice

from api.client import ApiError, Busy, Client
from api.messages import ArticleFields
from eval.bench.quantiles import Quantiles

ARTICLES_AT_ONCE = 10  # of one call


@dataclass(frozen=True, slots=True, kw_only=True)
class Phase:
    """What so many clients saw in so many seconds."""

    clients: int
    adding: bool  # whether articles came in meanwhile
    seconds: float
    latency: Quantiles | None  # of the answers; None if there was none
    per_second: float  # answers
    shed: int  # questions that the service was too busy for (429, 503)
    failed: dict[str, int]  # other failures, by their words
    articles: int  # added meanwhile


@dataclass(slots=True)
class _Seen:
    """What one client saw."""

    milliseconds: list[float] = field(default_factory=list)
    shed: int = 0
    failed: Counter[str] = field(default_factory=Counter)
    articles: int = 0


def run(
    address: str,
    questions: Sequence[str],
    *,
    clients: int,
    seconds: float,
    news: Iterator[ArticleFields] | None,
) -> Phase:
    """Ask for so many seconds; with ``news``, send those articles meanwhile."""
    stop, seen, writing = threading.Event(), [_Seen() for _ in range(clients)], _Seen()
    tasks = [
        threading.Thread(target=_ask, args=(address, _from(questions, number), stop, each))
        for number, each in enumerate(seen)
    ]
    if news is not None:
        tasks.append(threading.Thread(target=_add, args=(address, news, stop, writing)))
    began = time.perf_counter()
    with _running(tasks, stop):
        time.sleep(seconds)
    took = time.perf_counter() - began
    times = [each for one in seen for each in one.milliseconds]
    return Phase(
        clients=clients,
        adding=news is not None,
        seconds=round(took, 2),
        latency=Quantiles.of(times) if times else None,
        per_second=round(len(times) / took, 2),
        shed=sum(one.shed for one in seen),
        failed=dict(sum((one.failed for one in [*seen, writing]), Counter())),
        articles=writing.articles,
    )


@contextmanager
def _running(tasks: Sequence[threading.Thread], stop: threading.Event) -> Iterator[None]:
    for task in tasks:
        task.start()
    try:
        yield
    finally:
        stop.set()
        for task in tasks:
            task.join()


def _from(questions: Sequence[str], number: int) -> Iterator[str]:
    """Yield the questions round and round; no two clients ask the same at the same time."""
    place = number * 7
    while True:
        yield questions[place % len(questions)]
        place += 1


def _ask(address: str, questions: Iterator[str], stop: threading.Event, seen: _Seen) -> None:
    with Client(address) as client:
        while not stop.is_set():
            began = time.perf_counter()
            try:
                client.ask(next(questions))
            except Busy as error:
                seen.shed += 1
                stop.wait(error.retry_after_s or 1.0)  # as a well-behaved client does
            except ApiError as error:
                seen.failed[f"{type(error).__name__}: {error}"] += 1
            else:
                seen.milliseconds.append((time.perf_counter() - began) * 1000)


def _add(address: str, news: Iterator[ArticleFields], stop: threading.Event, seen: _Seen) -> None:
    with Client(address) as client:
        while not stop.is_set():
            try:
                added = client.add(list(islice(news, ARTICLES_AT_ONCE)))
            except ApiError as error:
                seen.failed[f"{type(error).__name__}: {error}"] += 1
                stop.wait(1.0)
            else:
                seen.articles += len(added.articles)
