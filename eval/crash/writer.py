"""The process that is killed: it adds, updates, deletes, merges and rebuilds until it dies."""

import os
import random
import signal
import sys
from collections.abc import Callable
from mmap import mmap
from pathlib import Path
from types import FrameType
from typing import Any

import msgspec

from eval.crash.aim import Death, weights
from eval.crash.phases import PHASES, mark_phases
from eval.crash.world import DIMENSION, FINGERPRINT, Operation, Versions, choose, prepare
from eval.crash.world import article as make
from index.rebuild import Rebuild
from index.store import LocalStore

_WHERE_FILES_CHANGE = tuple(
    f"index{os.sep}{name}.py"
    for name in (
        "adopt", "catalog", "commit", "committer", "files", "folder", "lexicon",
        "lock", "rebuild", "store", "terms", "vectors", "writer",
    )
)  # fmt: skip


def open_store(folder: Path) -> LocalStore:
    """Open the index of the trial, or make it."""
    return LocalStore.open(folder, fingerprint=FINGERPRINT, dimension=DIMENSION, model="noise")


def work(
    folder: Path, journal: int, phase: mmap, *, stored: Versions, seed: str, death: Death
) -> None:
    """Write to the store until killed; note each operation when it begins and when it is done.

    A death at a call counts the calls, of Python and of C, in the files that change files: the
    process kills itself at that one.
    """
    dice = random.Random(seed)  # noqa: S311 - repeatable, not secret
    mark_phases(phase)
    if death.at_call is not None:
        sys.setprofile(_countdown(death, phase))
    phase[0] = PHASES.index("opening")
    store = open_store(folder)
    version = 1 + max(stored.values(), default=0) + dice.randint(0, 50) * 3
    while True:
        version += 1
        operation = choose(dice, stored, version, weights(death.phase))
        _note(journal, operation)
        phase[0] = PHASES.index("planning")
        perform(store, operation)
        phase[0] = 0
        _note(journal, None)
        stored = operation.after(stored)


def perform(store: LocalStore, operation: Operation) -> None:
    """Do one operation; on return it is acknowledged."""
    if operation.kind == "put":
        made = [make(id_, version) for id_, version in operation.versions.items()]
        store.put([prepare(article) for article in made])
    elif operation.kind == "remove":
        store.remove(operation.ids)
    elif operation.kind == "rebuild":
        rebuild = Rebuild.begin(
            store, fingerprint=FINGERPRINT, dimension=DIMENSION, model="noise", recipe=""
        )
        for batch in rebuild.missing():
            rebuild.staging.put([prepare(article) for article in batch])
        rebuild.finish()
    else:
        store.merge(everything=operation.kind == "merge everything")


def _note(journal: int, operation: Operation | None) -> None:
    # One write to a file: it is in the kernel's hands when the process dies.
    os.write(journal, msgspec.json.encode(operation) + b"\n")


def _countdown(death: Death, phase: mmap) -> Callable[[FrameType, str, Any], None]:
    left = death.at_call or 0

    def on_event(frame: FrameType, event: str, argument: Any) -> None:
        nonlocal left
        path = frame.f_code.co_filename
        if path.endswith(_WHERE_FILES_CHANGE) and death.counts(phase[0]):
            left -= 1
            if left <= 0:
                os.kill(os.getpid(), signal.SIGKILL)

    return on_event
