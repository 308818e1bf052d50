"""What the service does for its index by itself."""

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from api.housekeeping import Housekeeper
from index.article import Article
from qa.engine import Engine


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
