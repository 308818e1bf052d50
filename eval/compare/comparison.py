"""All that changed between two runs."""

from collections.abc import Sequence
from dataclasses import dataclass

from eval.compare.differences import Difference, differences
from eval.compare.pairs import paired
from eval.compare.turned import Turned, turned
from eval.run.file import Run
from eval.run.file import differences as header_differences


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Two runs and what changed from the first to the second."""

    before: Run
    after: Run
    questions: int  # in both
    made_otherwise: Sequence[str]  # in what the headers differ
    differences: Sequence[Difference]
    turned: Sequence[Turned]


def compared(before: Run, after: Run, *, common: bool = False) -> Comparison:
    """Compare two runs of the same questions. Raises NotComparableError."""
    pairs = paired(before, after, common=common)
    return Comparison(
        before=before,
        after=after,
        questions=len(pairs),
        made_otherwise=header_differences(before.header, after.header),
        differences=differences(pairs),
        turned=turned(pairs),
    )


def for_programs(found: Comparison) -> dict[str, object]:
    """Return a comparison as JSON has it."""
    return {
        "before": {"file": str(found.before.path), "header": found.before.header},
        "after": {"file": str(found.after.path), "header": found.after.header},
        "questions": found.questions,
        "made_otherwise": found.made_otherwise,
        "differences": [
            {
                "measure": each.measure,
                "slice": str(each.slice),
                "before": each.before,
                "after": each.after,
                "difference": each.difference,
                "low": each.low,
                "high": each.high,
                "p": each.p,
                "questions": each.count,
            }
            for each in found.differences
        ],
        "turned": found.turned,
    }
