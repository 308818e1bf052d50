"""One figure, and what it rests on."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """A value, the number of questions it rests on, and its 95 % interval.

    ``value`` is None where the measure does not apply: then it rests on no question. ``low`` and
    ``high`` are None where one question is all there is, which leaves nothing to draw from.
    """

    value: float | None
    count: int
    low: float | None = None
    high: float | None = None


NOTHING = Measured(value=None, count=0)
