"""What the service does for its index by itself."""

import logging
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from api.access import Access
from api.housekeeping import Housekeeper
from api.keyring import Keyring
from api.rates import Rates
from api.readiness import examine
from index.article import Article
from index.errors import DiskFullError, WriterBusyError
from qa.engine import Engine


def access(engine: Engine) -> Access:
    return Access(Keyring(engine.settings.data), Rates(0))


def spoil(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 0xFF
    file.write_bytes(content)


def stored(frigates: dict[str, Any]) -> Article:
    return Article(id="frigates", text=frigates["text"], language="en")


def test_vectors_of_a_damaged_file_are_embedded_anew(
    make_engine: Callable[..., Engine], frigates: dict[str, Any]
) -> None:
    with make_engine() as engine:
        list(engine.add([stored(frigates)]))
        folder = engine.settings.data / "vectors"
    spoil(min(folder.iterdir()))
    engine = make_engine()
    assert engine.store.status().degraded

    Housekeeper(engine, threading.Event()).tidy()

    assert engine.store.status().degraded == ()
    assert engine.search("frigates").passages[0].dense > 0


def test_it_runs_until_the_service_stops(
    make_engine: Callable[..., Engine], frigates: dict[str, Any]
) -> None:
    engine, stopping, tidied = make_engine(), threading.Event(), threading.Event()

    class Watched(Housekeeper):
        def tidy(self) -> None:
            super().tidy()
            tidied.set()

    keeper = Watched(engine, stopping, interval_s=0.01)
    list(engine.add([stored(frigates)]))
    keeper.start()
    assert tidied.wait(10)
    stopping.set()
    keeper._thread.join(10)
    assert not keeper._thread.is_alive()


class Failing(Housekeeper):
    """Fails as often as it is told to, in the same way each time; then does its work."""

    def __init__(self, engine: Engine, stopping: threading.Event, failures: list[Exception]):
        super().__init__(engine, stopping, interval_s=0.01)
        self.failures = failures
        self.attempts = 0
        self.go_on = threading.Event()

    def tidy(self) -> None:
        self.attempts += 1
        if self.failures:
            raise self.failures.pop()
        self.go_on.wait(10)
        super().tidy()


@pytest.fixture
def keep(
    engine: Engine,
) -> Iterator[Callable[[Exception, int], Failing]]:
    stopping = threading.Event()
    keepers: list[Failing] = []

    def start(error: Exception, times: int) -> Failing:
        keepers.append(Failing(engine, stopping, [error] * times))
        keepers[0].start()
        wait_until(lambda: keepers[0].attempts == times + 1)
        return keepers[0]

    yield start
    stopping.set()
    for keeper in keepers:
        keeper.go_on.set()
        keeper._thread.join(10)


def wait_until(true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 10
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.005)


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (DiskFullError("The disk is full.", remedy="Make room."), "The disk is full. Make room."),
        (KeyError("passage"), "KeyError: 'passage'. The service's log says where."),
        (MemoryError(), "MemoryError(). The service's log says where."),
    ],
)
def test_a_failure_shows_in_the_readiness_until_the_work_succeeds(
    engine: Engine, keep: Callable[[Exception, int], Failing], error: Exception, reason: str
) -> None:
    keeper = keep(error, 3)
    ready = examine(engine, keeper, access(engine))
    assert ready.status == "degraded"
    assert ready.reasons == (f"Looking after the index failed, and is tried again: {reason}",)
    keeper.go_on.set()
    wait_until(lambda: keeper.complaint is None)
    assert examine(engine, keeper, access(engine)).status == "ready"


def test_the_same_failure_is_logged_once_with_where_it_came_from(
    keep: Callable[[Exception, int], Failing], caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        keep(KeyError("passage"), 5)
    assert len(caplog.records) == 1
    assert "raise self.failures.pop()" in caplog.text


def test_waiting_for_another_writer_is_no_failure(
    keep: Callable[[Exception, int], Failing],
) -> None:
    assert keep(WriterBusyError("Busy.", remedy="Wait."), 2).complaint is None
