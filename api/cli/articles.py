"""``pullquote list``, ``show`` and ``remove``."""

from collections.abc import Iterator

import click
import msgspec

from api.cli.failures import PARTIAL
from api.cli.filters import filter_options
from api.cli.options import Command, json_option, limit_option
from api.cli.session import Session, pass_session
from api.terminal.article import show_article, show_passages, show_table
from api.terminal.citation import counted
from api.terminal.screen import write_line
from index.errors import UnknownArticleError
from index.protocols import Filters, Snapshot, Summary

PAGE = 500  # articles read at a time: a long list is never in memory as a whole
SCREENFUL = 50

_LIST_EXAMPLES = """\b
Examples:
  pullquote list
  pullquote list --language fr --from 2026-01-01 --all
  pullquote list --json | jq -r .id

With --json, every article is one line of JSON (without its text), and all are
listed unless --limit says otherwise.
"""

_SHOW_EXAMPLES = """\b
Examples:
  pullquote show le-phare-2026-01-07
  pullquote show le-phare-2026-01-07 --passages
  pullquote show le-phare-2026-01-07 --json | jq -r .text
"""

_REMOVE_EXAMPLES = """\b
Examples:
  pullquote remove le-phare-2026-01-07
  pullquote list --json --source "Le Phare" | jq -r .id | xargs pullquote remove

The exit code is 4 if there was none of them, 1 if there were only some.
"""


@click.command("list", cls=Command, epilog=_LIST_EXAMPLES)
@limit_option(help=f"Articles at most.  [default: {SCREENFUL}]")
@click.option("--all", "everything", is_flag=True, help="However many there are.")
@filter_options
@json_option
@pass_session
def list_(
    session: Session, limit: int | None, everything: bool, filters: Filters, as_json: bool
) -> None:
    """List the articles of the index, by id."""
    if everything and limit is not None:
        raise click.UsageError("--all and --limit do not go together.")
    if limit is None and not (everything or as_json):
        limit = SCREENFUL
    with session.engine(any_model=True) as engine, engine.store.snapshot() as snapshot:
        if as_json:
            for summary in summaries(snapshot, filters, limit):
                write_line(msgspec.json.encode(summary))
            return
        rows = list(summaries(snapshot, filters, limit))
        if rows:
            show_table(session.screen, rows)
        total = snapshot.count_articles(filters)
        rest = f"{len(rows):,} of " if len(rows) < total else ""
        hint = "; --all lists the rest" if rest else ""
        session.screen.tell(f"{rest}{counted(total, 'article')}{hint}", style="dim")


def summaries(snapshot: Snapshot, filters: Filters, limit: int | None) -> Iterator[Summary]:
    """Yield the articles in scope by ascending id, at most ``limit`` if one is given."""
    after: str | None = None
    left = limit
    while left is None or left > 0:
        page = snapshot.summaries(min(PAGE, left or PAGE), after=after, filters=filters)
        yield from page
        if not page:
            return
        after = page[-1].id
        left = None if left is None else left - len(page)


@click.command(cls=Command, epilog=_SHOW_EXAMPLES)
@click.argument("article_id", metavar="ID", help="As `pullquote list` shows it.")
@click.option("--passages", is_flag=True, help="As the index sees it: passages and sentences.")
@json_option
@pass_session
def show(session: Session, article_id: str, passages: bool, as_json: bool) -> None:
    """Show one article: what is known of it, and its text.

    The JSON is that of GET /v1/articles/ID.
    """
    with session.engine(any_model=True) as engine, engine.store.snapshot() as snapshot:
        article, summary = snapshot.article(article_id), snapshot.summary(article_id)
        if article is None or summary is None:
            raise UnknownArticleError(article_id)
        if as_json:
            from api.listing import show_article as as_shown

            session.screen.json(as_shown(engine, article_id))
        elif passages:
            show_passages(session.screen, summary, article, snapshot.passages_of(article_id))
        else:
            show_article(session.screen, summary, article)


@click.command(cls=Command, epilog=_REMOVE_EXAMPLES)
@click.argument("article_ids", metavar="ID...", nargs=-1, required=True)
@click.option("--yes", "-y", is_flag=True, help="Do not ask first.")
@json_option
@pass_session
def remove(session: Session, article_ids: tuple[str, ...], yes: bool, as_json: bool) -> None:
    """Remove articles for good: their text, vectors and words.

    On a terminal it asks first.
    """
    asked = list(dict.fromkeys(article_ids))
    with session.engine(any_model=True) as engine:
        with engine.store.snapshot() as before:
            known = [each for each in asked if before.summary(each)]
        if not known:
            raise UnknownArticleError(asked[0])
        removed = engine.remove(known) if yes or _agreed(session, known) else []
        with engine.store.snapshot() as after:
            generation = after.generation
    unknown = [each for each in asked if each not in known]
    if as_json:
        session.screen.json({"removed": removed, "unknown": unknown, "generation": generation})
    else:
        session.screen.tell(f"Removed {counted(len(removed), 'article')}.")
    for each in unknown:
        session.screen.warn(UnknownArticleError(each).message)
    if unknown:
        session.exit(PARTIAL)


def _agreed(session: Session, article_ids: list[str]) -> bool:
    if not session.attended:
        return True
    question = f"Remove {counted(len(article_ids), 'article')} for good?"
    return click.confirm(question, err=True)
