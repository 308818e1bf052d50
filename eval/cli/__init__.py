"""``pullquote eval``: is it any good?

Registered under ``pullquote.commands``. This package is imported for the list of commands already,
so that everything heavy is imported inside the commands.
"""

import click

from api.cli.options import Group
from eval.cli.compare import compare
from eval.cli.extra import ExtraMissingError, is_extra
from eval.cli.gate import gate
from eval.cli.report import report
from eval.cli.run import run

_EPILOG = """\b
Begin with:
  pullquote eval run samples.dev
  pullquote eval report runs/samples.dev-2026-01-31.jsonl

docs/evaluating.md walks through an evaluation of articles of one's own.
"""


class Evaluation(Group):
    """The commands of the harness; a package that is not installed is said in words."""

    def invoke(self, ctx: click.Context) -> object:
        """Run the command that was asked for."""
        try:
            return super().invoke(ctx)
        except ModuleNotFoundError as error:
            if not is_extra(error):
                raise
            raise ExtraMissingError(error) from error


@click.group(
    "eval",
    cls=Evaluation,
    sections={"Commands": (run, report, compare, gate)},
    epilog=_EPILOG,
    context_settings={"help_option_names": ["-h", "--help"]},
)
def main() -> None:
    """Measure the answers: run questions, report, compare, gate.

    A run asks every question of a set and writes down what came back; the other commands read runs.
    """
