"""What the service does for its index by itself: merge segments, restore lost vectors."""

import logging
import threading

from index.errors import PullquoteError, WriterBusyError
from qa.engine import Engine

INTERVAL_S = 60.0

log = logging.getLogger(__name__)


class Housekeeper:
    """A thread that looks after the index now and then, when it has changed since the last time.

    Questions are answered meanwhile; articles wait at most for one merge.
    """

    def __init__(
        self, engine: Engine, stopping: threading.Event, *, interval_s: float = INTERVAL_S
    ) -> None:
        self._engine = engine
        self._stopping = stopping
        self._interval_s = interval_s
        self._tidied: int | None = None  # the generation that was tidy
        # A daemon: a merge that the end of the process cuts off leaves the index as it was.
        self._thread = threading.Thread(target=self._run, name="housekeeping", daemon=True)

    def start(self) -> None:
        """Begin; it ends when the service stops."""
        self._thread.start()

    def tidy(self) -> None:
        """Do what is due, once. Raises PullquoteError."""
        generation = self._generation()
        if generation == self._tidied:
            return
        self._engine.store.merge()  # which also sets aside what is damaged
        if self._engine.store.count_lost():
            restored = self._engine.restore_lost()
            log.warning("Embedded %d articles anew, whose vectors were damaged.", restored)
        self._tidied = self._generation()

    def _run(self) -> None:
        while not self._stopping.wait(self._interval_s):
            try:
                self.tidy()
            except WriterBusyError:
                continue  # an ingest is at work: the next time
            except PullquoteError as error:
                log.warning("Looking after the index failed: %s", error)

    def _generation(self) -> int:
        with self._engine.store.snapshot() as snapshot:
            return snapshot.generation
