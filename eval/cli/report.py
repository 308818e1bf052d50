"""``pullquote eval report``."""

from pathlib import Path

import click

from api.cli.options import Command
from api.cli.session import Session, pass_session
from eval.cli.options import FILE

_EXAMPLES = """\b
Examples:
  pullquote eval report runs/samples.dev-2026-01-31.jsonl
  pullquote eval report before.jsonl after.jsonl --out both.html
  pullquote eval report run.jsonl --markdown figures.md

The page needs no network and no other file. It ends with the failures to read.
"""


@click.command(cls=Command, epilog=_EXAMPLES)
@click.argument("runs", metavar="RUN...", type=FILE, nargs=-1, required=True)
@click.option("--out", type=FILE, metavar="FILE", help="The page.  [default: beside the first run]")
@click.option("--markdown", type=FILE, metavar="FILE", help="Write the figures as Markdown too.")
@click.option(
    "--failures",
    "most_failures",
    type=click.IntRange(min=0),
    default=200,
    show_default=True,
    metavar="N",
    help="Failures on the page at most, the surest first.",
)
@pass_session
def report(
    session: Session,
    runs: tuple[Path, ...],
    out: Path | None,
    markdown: Path | None,
    most_failures: int,
) -> None:
    """Make a page of one run, or of several side by side."""
    from eval.report.markdown import report_markdown
    from eval.report.page import report_page
    from eval.report.writing import write_page
    from eval.run.file import read_answered

    read = [read_answered(path) for path in runs]
    target = out or runs[0].with_suffix(".html")
    with session.screen.busy("Measuring"):
        page = report_page(read, most_failures=most_failures)
        text = report_markdown(read) if markdown else ""
    write_page(target, page)
    session.screen.tell(f"Written to {target}.")
    if markdown is not None:
        write_page(markdown, text)
        session.screen.tell(f"Written to {markdown}.")
