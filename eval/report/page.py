"""The report of one or several runs, as one HTML page that needs nothing else."""

from collections.abc import Sequence
from typing import Any

from api.terminal.citation import counted
from eval.report.failures import failures
from eval.report.figures import charts
from eval.report.tables import families, headline, latencies, matrices, sliced
from eval.report.views import RunView, facts_of, views_of
from eval.report.writing import render
from eval.run.file import Run

MOST_FAILURES = 200


def report_page(runs: Sequence[Run], *, most_failures: int = MOST_FAILURES) -> str:
    """Return the page. Raises TooManyRunsError."""
    views = views_of(runs)
    return render(
        "report.html",
        title=title_of(views),
        lead=lead_of(views),
        notices=notices_of(views),
        views=views,
        headline=headline(views),
        charts=charts(views),
        matrices=[matrix for view in views for matrix in matrices(view)],
        slices=[(by, slices(views, by)) for by in ("language", "kind")],
        families=families(views),
        latencies=latencies(views),
        failures=failures(views, limit=most_failures),
        facts=facts_of(views),
    )


def title_of(views: Sequence[RunView]) -> str:
    """Return what the page is about: the sets, without doubles."""
    return ", ".join(dict.fromkeys(view.run.header.collection for view in views))


def lead_of(views: Sequence[RunView]) -> str:
    """Say in a line what was asked, of what, and when."""
    header = views[0].run.header
    asked = counted(len(views[0].run.records), "question")
    if len(views) > 1:
        return f"{len(views)} runs side by side"
    return (
        f"{asked} to {counted(header.articles, 'article')} · engine {header.engine} · "
        f"{header.started[:10]}"
    )


def notices_of(views: Sequence[RunView]) -> list[str]:
    """Say where runs side by side are not to be compared number by number."""
    if len({view.run.header.fingerprint for view in views}) > 1:
        return ["The runs are of different questions or articles: their figures do not compare."]
    return []


def slices(views: Sequence[RunView], by: str) -> list[Any]:
    """Return a table a run, or nothing where all questions are of one language or kind."""
    if all(len(view.figures.slices(by)) < 2 for view in views):
        return []
    return [sliced(view, by) for view in views]
