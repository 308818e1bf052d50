"""How many questions of which sort are in which part, as tables."""

from collections.abc import Callable, Sequence

from rich.table import Table

from eval.datasets.own import Asked
from eval.question import Question

Sort = Callable[[Question], str]


def _answer(question: Question) -> str:
    if not question.answerable:
        return "none, but close" if question.close else "none"
    return "one" if len(question.facets) == 1 else "several"


# What a table is about, and what it sorts a question as.
TABLES: Sequence[tuple[str, Sort]] = (
    ("kind", lambda question: question.kind),
    ("language", lambda question: question.language),
    ("answer in the articles", _answer),
)


def tables(asked: Sequence[Asked]) -> list[Table]:
    """Return one table for each of ``TABLES``."""
    return [_table(title, sort, asked) for title, sort in TABLES]


def _table(title: str, sort: Sort, asked: Sequence[Asked]) -> Table:
    files = list(dict.fromkeys(each.line.file for each in asked))
    sorts = [sort(each.question) for each in asked]
    table = Table(
        title=f"Questions by {title}", title_justify="left", show_footer=True, min_width=40
    )
    table.add_column(title, footer="all")
    for file in files:
        total = sum(each.line.file == file for each in asked)
        table.add_column(file.stem, footer=str(total), justify="right")
    table.add_column("all", footer=str(len(asked)), justify="right")
    for name in sorted(set(sorts), key=lambda name: (-sorts.count(name), name)):
        of_sort = [each for each, other in zip(asked, sorts, strict=True) if other == name]
        by_file = [sum(each.line.file == file for each in of_sort) for file in files]
        table.add_row(name, *map(str, by_file), str(len(of_sort)))
    return table
