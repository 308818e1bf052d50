"""``pullquote chat``."""

import sys

import click

from api.cli.failures import PARTIAL, show_error
from api.cli.filters import filter_options
from api.cli.options import Command, limit_option
from api.cli.session import Session, pass_session
from api.terminal.chat import COMMANDS, Chat
from api.terminal.prompt import piped_lines, prompted_lines
from index.errors import InputError
from index.protocols import Filters

_EXAMPLES = """\b
Examples:
  pullquote chat
  pullquote chat --source "Le Phare" --from 2026-01-01
  pullquote chat < questions.txt

\b
In a conversation, besides questions:
  /open 2       shows quote 2 in its article
  /search WORDS ranks the passages behind an answer
  /new          begins anew; /help and /quit do what they say

Without a terminal, every line of standard input is a question or a command;
the exit code is 1 if one of them could not be used.
"""


@click.command(cls=Command, epilog=_EXAMPLES)
@limit_option(help="Points of an answer at most.")
@filter_options
@pass_session
def chat(session: Session, limit: int | None, filters: Filters) -> None:
    """Ask question after question, and open the quotes.

    A follow-up may leave out what the questions before it said: "and Sweden?", "when?".
    """
    attended = sys.stdin.isatty() and session.screen.out.is_terminal
    with session.loaded_engine(reading=True) as engine:
        talk = Chat(engine, session.screen, limit=limit, filters=filters)
        if attended:
            talk.greet()
        lines = prompted_lines(COMMANDS, "Ask the articles") if attended else piped_lines()
        failed = False
        for line in lines:
            if not attended and line:
                session.screen.repeat(line)
            try:
                if not talk.take(line):
                    break
            except InputError as error:
                failed = True
                show_error(session.screen, error.message, error.remedy)
            except KeyboardInterrupt:
                if not attended:
                    raise
                session.screen.warn("Given up.")
            if line:
                session.screen.gap()
    if failed and not attended:
        session.exit(PARTIAL)
