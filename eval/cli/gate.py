"""``pullquote eval gate``."""

from pathlib import Path

import click

from api.cli.failures import PARTIAL
from api.cli.options import Command, json_option
from api.cli.session import Session, pass_session
from eval.cli.options import FILE, data_dir_option

_EXAMPLES = """\b
Examples:
  pullquote eval gate eval/floors.toml
  pullquote eval gate floors.toml runs/before.jsonl
  pullquote eval gate floors.toml --data-dir data --json

Sets without a given RUN are run in this process; a run with the same code,
weights, settings and articles is not made twice.

\b
Exit codes:
  0  every floor holds
  1  something fell, or a floor rests on no question
"""


@click.command(cls=Command, epilog=_EXAMPLES)
@click.argument("floors", metavar="FLOORS", type=FILE)
@click.argument("runs", metavar="[RUN]...", type=FILE, nargs=-1)
@data_dir_option
@json_option
@pass_session
def gate(
    session: Session, floors: Path, runs: tuple[Path, ...], data_dir: Path | None, as_json: bool
) -> None:
    """Fail when a figure falls below its floor."""
    from eval.gate.floors import read_floors
    from eval.gate.running import runs_for
    from eval.gate.verdicts import judge
    from eval.terminal.verdicts import for_programs, show_verdicts

    wanted = read_floors(floors)
    found = judge(wanted, runs_for(session, wanted, runs, session.settings(), data_dir))
    if as_json:
        session.screen.json(for_programs(found))
    else:
        show_verdicts(session.screen, found)
    if not all(each.holds for each in found):
        session.exit(PARTIAL)
