"""The command line of the check."""

import sys
from pathlib import Path

import click
from rich.console import Console
from rich.text import Text

from eval.datasets.check.leaks import leaks
from eval.datasets.check.omissions import omissions
from eval.datasets.check.tally import tables
from eval.datasets.errors import CollectionError
from eval.datasets.own import Asked, Problem, examine
from eval.datasets.shelf import read_shelf


@click.command()
@click.argument("articles", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.argument("questions", type=click.Path(path_type=Path, exists=True))
@click.option("--omissions/--no-omissions", "wanted", default=True, help="Look for unmarked ones.")
def main(articles: Path, questions: Path, wanted: bool) -> None:
    """Check that every marked sentence stands in ARTICLES, and count what is in QUESTIONS.

    QUESTIONS is a file of JSON Lines, or a folder with one such file a part. Exit code 1 if
    something is wrong; a sentence that may have been left out is only a warning.
    """
    console = Console(soft_wrap=True, highlight=False)
    try:
        shelf = read_shelf(articles)
        read = list(examine(questions, shelf))
    except CollectionError as error:
        raise click.ClickException(str(error)) from error
    asked = [each for each in read if isinstance(each, Asked)]
    problems = [each for each in read if isinstance(each, Problem)] + list(leaks(asked))
    for table in tables(asked):
        console.print(table)
    for name, reason in shelf.unread.items():
        console.print(Text.assemble(("not read  ", "yellow"), f"{name}: {reason}"))
    for each in omissions(asked, shelf) if wanted else ():
        console.print(
            Text.assemble(
                ("left out? ", "yellow"),
                f"{each.line}: {each.question.text} {each.facet.name} ({each.short!r}) may also "
                f"stand in {each.article}: {each.text}",
            )
        )
    for problem in problems:
        console.print(Text.assemble(("wrong     ", "bold red"), f"{problem.line}: {problem.fault}"))
    console.print(_verdict(len(asked), len(shelf.articles), len(problems)))
    sys.exit(1 if problems else 0)


def _verdict(questions: int, articles: int, problems: int) -> Text:
    counted = f"{questions:,} questions over {articles:,} articles"
    if problems:
        return Text(f"{counted}, and {problems:,} problems.", "bold red")
    return Text(f"{counted}: every marked sentence stands where it should.", "bold green")


if __name__ == "__main__":
    main()
