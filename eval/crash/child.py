"""A task in a process of its own: one that may be killed, and one that may hang."""

import faulthandler
import os
import signal
import time
import traceback
from collections.abc import Callable
from typing import Self

PATIENCE_S = 60.0  # a writer or a look takes a second or two
_POLL_S = 0.001


class Child:
    """A process that does one task."""

    def __init__(self, pid: int) -> None:
        self._pid = pid
        self._status: int | None = None

    @classmethod
    def fork(cls, task: Callable[[], None]) -> Self:
        """Begin the task; this process must have no threads. Ctrl-C is the parent's affair."""
        pid = os.fork()
        if pid:
            return cls(pid)
        try:
            signal.signal(signal.SIGINT, signal.SIG_IGN)
            signal.signal(signal.SIGTERM, signal.SIG_DFL)
            faulthandler.register(signal.SIGUSR1)
            task()
        except BaseException:  # noqa: BLE001 - whatever it is, it must not run on as the parent
            traceback.print_exc()
            os._exit(1)
        os._exit(0)

    def ended(self, within_s: float) -> int | None:
        """Return the exit code, negative for a signal; None if it is still running then."""
        deadline = time.monotonic() + within_s
        while self._status is None:
            pid, status = os.waitpid(self._pid, os.WNOHANG)
            if pid:
                self._status = status
            elif time.monotonic() >= deadline:
                return None
            else:
                time.sleep(_POLL_S)
        return os.waitstatus_to_exitcode(self._status)

    def kill(self) -> None:
        """End it, as a power cut would, and wait until it is gone."""
        if self._status is None:
            os.kill(self._pid, signal.SIGKILL)
            _, self._status = os.waitpid(self._pid, 0)

    def give_up(self) -> None:
        """Have it say on standard error where it hangs, then kill it."""
        if self._status is None:
            os.kill(self._pid, signal.SIGUSR1)
            time.sleep(0.5)
            self.kill()
