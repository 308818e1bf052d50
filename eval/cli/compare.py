"""``pullquote eval compare``."""

from pathlib import Path

import click

from api.cli.options import Command, json_option
from api.cli.session import Session, pass_session
from eval.cli.options import FILE

_EXAMPLES = """\b
Examples:
  pullquote eval compare before.jsonl after.jsonl
  pullquote eval compare before.jsonl after.jsonl --html changes.html

A difference comes with the probability that chance alone does as much (p, by a
paired randomisation test) and with its 95 % interval (bootstrap).
"""


@click.command(cls=Command, epilog=_EXAMPLES)
@click.argument("before", type=FILE)
@click.argument("after", type=FILE)
@click.option("--common", is_flag=True, help="Only the questions that both runs asked.")
@click.option("--html", "page", type=FILE, metavar="FILE", help="Write a page as well.")
@json_option
@pass_session
def compare(
    session: Session, before: Path, after: Path, common: bool, page: Path | None, as_json: bool
) -> None:
    """Say what changed between two runs of the same questions."""
    from eval.compare.comparison import compared, for_programs
    from eval.run.file import read_answered
    from eval.terminal.comparison import show_comparison

    first, second = read_answered(before), read_answered(after)
    with session.screen.busy("Comparing"):
        found = compared(first, second, common=common)
    if page is not None:
        from eval.compare.page import changes_page
        from eval.report.writing import write_page

        write_page(page, changes_page(found))
    if as_json:
        session.screen.json(for_programs(found))
    else:
        show_comparison(session.screen, found)
        if page is not None:
            session.screen.tell(f"Written to {page}.")
