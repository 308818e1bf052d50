"""Differences in words and signs, the same on a terminal and on a page."""

from eval.compare.differences import Difference
from eval.measures.names import MEASURES
from eval.terminal.tables import figure


def is_gain(each: Difference) -> bool:
    """Whether a difference is for the better."""
    known = MEASURES.get(each.measure)
    better_up = known.higher_is_better if known else not each.measure.endswith("_ms")
    return (each.difference > 0) == better_up


def weight(each: Difference) -> str:
    """Return ``gain`` or ``loss``, nothing where chance may well have made the difference."""
    if not each.significant or not each.difference:
        return ""
    return "gain" if is_gain(each) else "loss"


def signed(value: float, measure: str) -> str:
    """Return a difference with its sign, a true minus."""
    text = figure(abs(value), measure)
    if not text.strip("0.,"):
        return text
    return f"{'+' if value > 0 else '−'}{text}"


def spread(each: Difference) -> str:
    """Return the interval of a difference."""
    if each.low is None or each.high is None:
        return "–"
    return f"{signed(each.low, each.measure)} to {signed(each.high, each.measure)}"


def probability(each: Difference) -> str:
    """Return p with three digits."""
    return f"{each.p:.3f}" if each.p >= 0.001 else "<0.001"


def by_chance(tests: int) -> str:
    """Say how many differences would look like one though nothing changed."""
    return (
        f"{tests:,} comparisons were made: chance alone may give up to {tests * 0.05:,.0f} of them "
        "a p under 0.05."
    )
