"""What changed between two runs, as one HTML page that needs nothing else."""

from collections import defaultdict

from eval.compare.comparison import Comparison
from eval.compare.differences import Difference
from eval.compare.words import by_chance, probability, signed, spread, weight
from eval.measures.slices import ALL
from eval.report.writing import render
from eval.terminal.tables import figure


def changes_page(found: Comparison) -> str:
    """Return the page."""
    return render(
        "changes.html",
        title=f"{found.before.header.collection}: what changed",
        found=found,
        groups=groups(found),
        chance=by_chance(len(found.differences)),
        turned=[
            ("Turned right", [each for each in found.turned if each.to_right]),
            ("Turned wrong", [each for each in found.turned if not each.to_right]),
        ],
        figure=figure,
        signed=signed,
        spread=spread,
        probability=probability,
        weight=weight,
    )


def groups(found: Comparison) -> list[tuple[str, dict[str, list[Difference]]]]:
    """Return the differences by what their slices are of, and by slice: all questions first."""
    of: dict[str, dict[str, list[Difference]]] = defaultdict(lambda: defaultdict(list))
    for each in found.differences:
        of[each.slice.by][each.slice.value].append(each)
    titles = {
        ALL.by: "All questions",
        "language": "By language",
        "kind": "By kind",
        "pair": "By language of question and articles",
    }
    return [(title, of[by]) for by, title in titles.items() if by == ALL.by or len(of[by]) > 1]
