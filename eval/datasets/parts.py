"""Which part of a set may be used for choosing: train and dev, never test.

A figure on questions that something was chosen on is too good. So whatever fits weights, draws a
line or picks a setting asks here first, with the name that the set is opened by.
"""

import re
from pathlib import Path

from eval.datasets.beir import DEFAULT_PART, judgements
from eval.datasets.errors import HeldOutError

TEST = "test"
# Published with one set of queries, on which everybody reports: all of it is a test part.
REPORTED_WHOLE = frozenset({"time", "cnil-faq-fr"})


def tunable(name: str) -> bool:
    """Whether something may be chosen on a set: no part of it is called ``test``.

    ``name`` is one that ``open_collection`` takes: ``piaf.dev``, ``xquad.en-de.train+dev``, or a
    path, of which the last component counts. A folder in BEIR layout whose judgements are in parts
    is read as its test part, unless its name says another one.
    """
    path = Path(name.partition(":")[0])
    if path.name in REPORTED_WHOLE or TEST in re.split(r"[^a-z0-9]+", path.name.lower()):
        return False
    judged = judgements(path, DEFAULT_PART)
    return not (judged.stem == TEST and judged.exists())


def refuse_test(name: str) -> None:
    """Raise HeldOutError if nothing may be chosen on a set."""
    if not tunable(name):
        raise HeldOutError(
            f"{name} is a test part: nothing may be chosen on it, or its figures mean nothing.",
            remedy="Tune on a train or dev part, and measure on the test part once, at the end.",
        )
