"""When a writer dies: at any moment, or in the phase that is aimed at."""

import random
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

from eval.crash.phases import PHASES

LONGEST_S = 1.0  # of a round that is ended by the clock: a few operations
MOST_CALLS = 8_000  # of a round that is ended by a count: about as long
# The same within a phase that is aimed at: about as long as adopting takes. A shorter phase is
# come back to.
AIMED_S = 0.06
AIMED_CALLS = 420

# How often each operation is chosen: what is aimed at has to come soon, and on a filled index.
WEIGHTS = {"put": 62, "remove": 16, "merge": 10, "merge everything": 8, "rebuild": 4}
_MERGING = {"put": 60, "remove": 10, "merge": 5, "merge everything": 25}
_ADOPTING = {"put": 30, "remove": 8, "merge": 2, "rebuild": 60}
_OFTEN: Mapping[str, Mapping[str, int]] = {
    "merging": _MERGING,
    "adopting": _ADOPTING,
    "clearing away": _ADOPTING,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Death:
    """How one writer ends: by the clock of its killer, or at a call that it counts itself.

    With a ``phase``, both begin when the writer is in it, and only its calls are counted.
    """

    phase: str | None
    after_s: float | None = None
    at_call: int | None = None

    @classmethod
    def drawn(cls, dice: random.Random, phase: str | None) -> Self:
        """Draw one."""
        longest, most = (LONGEST_S, MOST_CALLS) if phase is None else (AIMED_S, AIMED_CALLS)
        by_clock = dice.random() < 0.5
        after_s = dice.uniform(0, longest)
        if by_clock:
            return cls(phase=phase, after_s=after_s)
        return cls(phase=phase, at_call=dice.randint(1, most))

    def counts(self, phase: int) -> bool:
        """Whether a call in this phase counts."""
        return self.phase is None or PHASES[phase] == self.phase


def weights(phase: str | None) -> Mapping[str, int]:
    """Return how often each operation is chosen in a trial that aims at a phase."""
    return WEIGHTS if phase is None else _OFTEN.get(phase, WEIGHTS)
