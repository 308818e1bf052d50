"""The command line: ``pullquote``.

One module a group of commands; ``main`` is the entry point. Tests hand in their own way to open an
engine: ``CliRunner().invoke(main, [...], obj=opener)``.
"""

import click

from api.cli import extensions
from api.cli.adding import add
from api.cli.articles import list_, remove, show
from api.cli.chatting import chat
from api.cli.failures import reported
from api.cli.keys import keys
from api.cli.options import Group, given
from api.cli.questions import ask, search
from api.cli.service import demo, mcp, serve
from api.cli.session import Opener, Session
from api.cli.upkeep import backup, doctor, rebuild, restore, settings, status
from qa.engine import open_engine

_EPILOG = """\b
Begin with:
  pullquote add articles/
  pullquote ask "which countries refuse to send troops?"

\b
Exit codes:
  0  done, whatever the answer was
  1  done in part: some inputs could not be used, or doctor found something
  2  the call, or what it was given, cannot be used
  3  the index, the model or the service cannot be used as it is
  4  no such article, or no such key

`pullquote COMMAND --help` shows examples. Settings also come from PULLQUOTE_…
variables and from pullquote.toml: `pullquote settings` lists them.
"""


class Pullquote(Group):
    """The whole command line, in which every failure is said in words.

    Packages that this one may not import bring commands of their own: ``api.cli.extensions``.
    """

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of our own commands and of those that are registered."""
        return sorted({*super().list_commands(ctx), *extensions.names()})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return one of our own commands or a registered one. Raises ExtensionError."""
        return super().get_command(ctx, cmd_name) or extensions.find(cmd_name)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write our own commands by what they are for, and then the registered ones."""
        super().format_commands(ctx, formatter)
        if rows := extensions.described(self.commands):
            with formatter.section("More"):
                formatter.write_dl([(name.ljust(self.longest), short) for name, short in rows])

    def invoke(self, ctx: click.Context) -> object:
        """Run the command that was asked for."""
        opener: Opener = ctx.obj or open_engine
        ctx.obj = Session(ctx, opener)
        with reported(ctx, lambda: "debug" in given(ctx)):
            return super().invoke(ctx)


@click.group(
    cls=Pullquote,
    sections={
        "Articles": (add, list_, show, remove),
        "Questions": (ask, chat, search),
        "Service": (serve, keys, mcp, demo),
        "Upkeep": (status, doctor, rebuild, backup, restore, settings),
    },
    epilog=_EPILOG,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(
    package_name="pullquote", prog_name="pullquote", message="%(prog)s %(version)s"
)
def main() -> None:
    """Ask a pile of news articles a question, in any language.

    The answer is made of the articles' own sentences, each with a citation that can be checked.
    """
