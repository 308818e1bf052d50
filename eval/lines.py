"""The lines between the outcomes, drawn for a stated risk.

An answer is ``answered`` where, of all that are as sure, no more than ``WRONG`` quote something
else first; a question has ``no_answer`` below a line that refuses no more than ``REFUSED`` of those
that have one. That is selective prediction (Geifman & El-Yaniv 2017, arXiv 1705.08500) with the
shares themselves in place of a bound on them, which so few questions could not keep.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from eval.measures.interval import share_in_words

WRONG = 0.20  # of what is shown as ``answered``, whose first quote does not answer
REFUSED = 0.10  # of the questions with an answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A question that was asked, and what came of it."""

    confidence: float
    right: bool  # the first quote answers
    answerable: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Lines:
    """The settings ``answered_at`` and ``weak_at``, in [0, 1]."""

    answered_at: float
    weak_at: float


def lines_for(judged: Sequence[Judged], *, wrong: float = WRONG, refused: float = REFUSED) -> Lines:
    """Return the lowest ``answered_at`` and the highest ``weak_at`` that keep to the risks.

    ``weak_at`` is at most ``answered_at``. Raises ValueError without a question that has an answer.
    """
    sure = sorted(judged, key=lambda one: -one.confidence)
    errors = np.cumsum([not one.right for one in sure]) / np.arange(1, len(sure) + 1)
    # Of those that are as sure, none can be shown without the others.
    last = np.diff([one.confidence for one in sure], append=-1.0) != 0
    within = np.flatnonzero((errors <= wrong) & last)
    answered_at = sure[within[-1]].confidence if len(within) else 1.0
    answerable = [one.confidence for one in judged if one.answerable]
    if not answerable:
        raise ValueError("none of the questions has an answer")
    weak_at = float(np.quantile(answerable, refused, method="lower"))
    return Lines(answered_at=answered_at, weak_at=min(weak_at, answered_at))


def risks(judged: Sequence[Judged], lines: Lines) -> str:
    """Return in words what the lines do, with 95 % intervals."""
    shown = [one for one in judged if one.confidence >= lines.answered_at]
    refused = [one.confidence < lines.weak_at for one in judged if one.answerable]
    others = [one.confidence < lines.weak_at for one in judged if not one.answerable]
    return (
        f"answered_at {lines.answered_at:.2f}: {_share([not one.right for one in shown])} of what "
        f"is answered is wrong\n"
        f"weak_at {lines.weak_at:.2f}: {_share(refused)} of the questions with an answer are "
        f"refused, {_share(others)} of the others"
    )


def _share(flags: Sequence[bool]) -> str:
    return f"{share_in_words(flags)} (n = {len(flags)})" if flags else "none"
