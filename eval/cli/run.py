"""``pullquote eval run``."""

from datetime import date
from pathlib import Path
from typing import Any

import click

from api.cli.failures import INTERRUPTED
from api.cli.options import Command, json_option, limit_option
from api.cli.session import Session, pass_session
from eval.cli.options import FILE, data_dir_option, given_settings, setting_options

_EXAMPLES = """\b
Examples:
  pullquote eval run samples.dev
  pullquote eval run my-questions.jsonl --out before.jsonl
  pullquote eval run piaf.dev --data-dir data --passages 30
  pullquote eval run samples.dev --engine http://127.0.0.1:8017 --add

SET is a set by name, or a file of questions. In this process the articles are
indexed once and kept in the cache; a service must hold them (--add sends them).

If it is stopped, the same command goes on after the last question.
"""


@click.command(cls=Command, epilog=_EXAMPLES)
@click.argument("collection", metavar="SET")
@click.option(
    "--engine",
    default="local",
    metavar="local|URL",
    help="What is asked: this process, or a running service.",
)
@click.option("--add", "add", is_flag=True, help="Send a service the articles that it lacks.")
@data_dir_option
@click.option(
    "--out", type=FILE, metavar="FILE", help="Where records go.  [default: runs/SET-DATE.jsonl]"
)
@limit_option(help="Questions at most, evenly spread over the set.")
@setting_options
@json_option
@pass_session
def run(
    session: Session,
    /,
    collection: str,
    engine: str,
    add: bool,
    data_dir: Path | None,
    out: Path | None,
    limit: int | None,
    as_json: bool,
    **settings: Any,
) -> None:
    """Ask every question of a set, and write down what comes back."""
    from eval.run.naming import file_for
    from eval.run.order import Order, carry_out
    from eval.terminal.summary import show_summary, summary

    given = given_settings(settings)
    if session.flags()["data"]:
        raise click.UsageError(
            "A run indexes the set's articles itself, in the cache, and does not use --data. "
            "To ask an index that you have: pullquote serve, and --engine URL."
        )
    check_engine(engine, add=add, settings=given)
    order = Order(
        collection=collection,
        settings=session.settings(**given),
        data_dir=data_dir,
        engine=engine,
        limit=limit,
        add=add,
    )
    try:
        done = carry_out(session, order, lambda header: out or file_for(header, today=date.today()))
    except KeyboardInterrupt:
        session.screen.warn("Stopped. What was asked is written down; the same command goes on.")
        session.exit(INTERRUPTED)
    if as_json:
        session.screen.json(summary(done))
    else:
        show_summary(session.screen, done)


def check_engine(engine: str, *, add: bool, settings: dict[str, Any]) -> None:
    """Raise click.UsageError for options that do not go together."""
    if engine == "local":
        if add:
            raise click.UsageError("--add is for a service: name it with --engine URL.")
        return
    if not engine.startswith(("http://", "https://")):
        raise click.UsageError(
            f"--engine is `local` or the address of a service, as http://127.0.0.1:8017, "
            f"not {engine!r}."
        )
    if settings:
        flags = ", ".join(sorted(settings))
        raise click.UsageError(
            f"A service has settings of its own: start it with {flags} as you want it."
        )
