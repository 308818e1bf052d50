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
        self._complaint: str | None = None
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

    @property
    def complaint(self) -> str | None:
        """Why it could not do its work the last time, with what to do; None if it could."""
        return self._complaint

    def _run(self) -> None:
        while not self._stopping.wait(self._interval_s):
            try:
                self.tidy()
                self._complaint = None
            except WriterBusyError:
                continue  # an ingest is at work: the next time
            except PullquoteError as error:
                self._complain(str(error), error)
            except Exception as error:  # noqa: BLE001  (else nobody would look after the index any more)
                described = f"{type(error).__name__}: {error}" if str(error) else repr(error)
                self._complain(f"{described}. The service's log says where.", error)

    def _complain(self, reason: str, error: Exception) -> None:
        """Say it once: it is tried again, and may fail in the same way every minute for days."""
        complaint = f"Looking after the index failed, and is tried again: {reason}"
        if complaint != self._complaint:
            unexpected = None if isinstance(error, PullquoteError) else error
            log.warning("%s", complaint, exc_info=unexpected)
        self._complaint = complaint

    def _generation(self) -> int:
        with self._engine.store.snapshot() as snapshot:
            return snapshot.generation
