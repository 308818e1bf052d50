"""What a writer is doing, told to its killer through one byte of shared memory."""

from collections.abc import Callable
from mmap import mmap
from typing import Any

from index.commit import Commit
from index.committer import Committer
from index.lexicon import Lexicon
from index.writer import Writer

PHASES = (
    "between operations",
    "opening",
    "planning",
    "segment",
    "rows",
    "words staged",
    "catalog commit",
    "words commit",
    "merging",
    "adopting",
    "clearing away",
)


def mark_phases(phase: mmap) -> None:
    """Have the store note in ``phase`` what it is doing; for the life of this process."""
    for owner, name, during, after in (
        (Committer, "put", "segment", "planning"),
        (Commit, "store", "rows", "rows"),
        (Writer, "merge", "merging", "planning"),
        (Writer, "adopt", "adopting", "clearing away"),
        (Lexicon, "stage", "words staged", "catalog commit"),
        (Lexicon, "commit", "words commit", "planning"),
    ):
        setattr(owner, name, _marked(getattr(owner, name), phase, during, after))


def _marked(
    function: Callable[..., Any], phase: mmap, during: str, after: str
) -> Callable[..., Any]:
    def marked(*arguments: Any, **named: Any) -> Any:
        phase[0] = PHASES.index(during)
        result = function(*arguments, **named)
        phase[0] = PHASES.index(after)
        return result

    return marked
