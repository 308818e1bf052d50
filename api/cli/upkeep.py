"""``pullquote status``, ``doctor``, ``rebuild``, ``backup``, ``restore`` and ``settings``."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from api.cli.failures import PARTIAL
from api.cli.options import Command, json_option
from api.cli.session import Session, pass_session
from api.configuration import environment, gather, settings_table
from api.keys import KeysError, KeysFile
from api.terminal.citation import counted
from api.terminal.progress import progress_bar
from api.terminal.status import finding_lines, setting_lines, status_lines

if TYPE_CHECKING:
    from index.doctor import Finding

_FOLDER = click.Path(file_okay=False, path_type=Path)

_STATUS_EXAMPLES = """\b
Examples:
  pullquote status
  pullquote status --json | jq .articles
"""

_DOCTOR_EXAMPLES = """\b
Examples:
  pullquote doctor
  pullquote doctor --repair

The exit code is 1 if something is wrong (after the repair, with --repair).
"""

_REBUILD_EXAMPLES = """\b
Examples:
  pullquote rebuild
  pullquote rebuild --model intfloat/multilingual-e5-base

Questions are answered from the old index until the new one is whole. If it is
stopped, the same command goes on from there.
"""

_BACKUP_EXAMPLES = """\b
Examples:
  pullquote backup /backups/$(date +%F)
"""

_RESTORE_EXAMPLES = """\b
Examples:
  pullquote restore /backups/2026-01-31
  pullquote restore /backups/2026-01-31 --data copy
"""

_SETTINGS_EXAMPLES = """\b
Examples:
  pullquote settings
  pullquote settings --json
  PULLQUOTE_THREADS=2 pullquote add articles/

\b
A settings file (pullquote.toml, or --config FILE) has one setting a line:
  data = "archive"
  limit = 10
"""


@click.command(cls=Command, epilog=_STATUS_EXAMPLES)
@json_option
@pass_session
def status(session: Session, as_json: bool) -> None:
    """Show counts, languages, sizes, model and health."""
    with session.engine(any_model=True) as engine:
        found = engine.store.status()
    if as_json:
        session.screen.json(found)
    else:
        session.screen.show(*status_lines(session.settings().data, found))


@click.command(cls=Command, epilog=_DOCTOR_EXAMPLES)
@click.option("--repair", "--fix", "repair", is_flag=True, help="Mend what can be mended.")
@json_option
@pass_session
def doctor(session: Session, repair: bool, as_json: bool) -> None:
    """Check every file and row; say what mends what is wrong.

    Reads the whole index. Without --repair it changes nothing; with it, damaged
    files are set aside, and passages that lost their vectors are embedded anew.
    """
    from index import doctor as doctors

    folder = session.settings().data
    findings = doctors.repair(folder) if repair else doctors.examine(folder)
    if repair and any(finding.check == "vectors" and not finding.ok for finding in findings):
        restore_lost(session)
        findings = doctors.examine(folder)
    findings += keys_findings(folder)
    if as_json:
        session.screen.json(findings)
    else:
        session.screen.show(*finding_lines(folder, findings))
    if not all(finding.ok for finding in findings):
        session.exit(PARTIAL)


def keys_findings(folder: Path) -> list["Finding"]:
    """Return what there is to say of the service's keys: nothing where there are none."""
    from index.doctor import Finding

    file = KeysFile(folder)
    if not file.path.exists():
        return []
    try:
        known = len(file.read())
    except KeysError as error:
        return [Finding(check="keys", ok=False, detail=error.message, remedy=error.remedy)]
    return [Finding(check="keys", ok=True, detail=f"{counted(known, 'key')} can be used")]


def restore_lost(session: Session) -> None:
    """Embed anew what lost its vectors."""
    with session.engine() as engine:
        lost = engine.store.count_lost()
        with progress_bar(session.screen, "Mending", lost) as on_progress:
            engine.restore_lost(on_progress=on_progress)


@click.command(cls=Command, epilog=_REBUILD_EXAMPLES)
@pass_session
def rebuild(session: Session) -> None:
    """Build the index anew: another model, other passages.

    What is the same under the new settings is not embedded again.
    """
    with session.engine(any_model=True) as engine:
        total = engine.store.status().articles
        with progress_bar(session.screen, "Rebuilding", total) as on_progress:
            engine.rebuild(on_progress=on_progress)
        found = engine.store.status()
    session.screen.tell(
        f"Rebuilt {counted(found.articles, 'article')} ({counted(found.passages, 'passage')}) "
        f"with {found.model} · generation {found.generation}"
    )


@click.command(cls=Command, epilog=_BACKUP_EXAMPLES)
@click.argument("target", metavar="FOLDER", type=_FOLDER, help="A new folder.")
@pass_session
def backup(session: Session, target: Path) -> None:
    """Copy the index to a new folder, while it is in use."""
    from index import backup as backups

    folder = session.settings().data
    note = backups.backup(folder, target)
    session.screen.tell(f"Copied generation {note.generation} of {folder} to {target}.")


@click.command(cls=Command, epilog=_RESTORE_EXAMPLES)
@click.argument("source", metavar="FOLDER", type=_FOLDER, help="What `pullquote backup` made.")
@click.option("--replace", is_flag=True, help="Even if the index holds articles: they are lost.")
@pass_session
def restore(session: Session, source: Path, replace: bool) -> None:
    """Make a backup the index again."""
    from index import backup as backups

    folder = session.settings().data
    generation = backups.restore(source, folder, replace=replace)
    session.screen.tell(f"Restored {source} to {folder} · generation {generation}")


@click.command(cls=Command, epilog=_SETTINGS_EXAMPLES)
@json_option
@pass_session
def settings(session: Session, as_json: bool) -> None:
    """List every setting: its value, and where that comes from."""
    values = session.settings()
    given = gather(session.flags(), environment(), session.file)
    table = [
        {
            "name": row.name,
            "value": getattr(values, row.name),
            "from": given[row.name].origin if row.name in given else "default",
            "default": row.default,
            "bounds": row.bounds,
            "variable": row.variable,
            "description": row.description,
        }
        for row in settings_table()
    ]
    if as_json:
        session.screen.json(table)
        return
    session.screen.show(*setting_lines(table, session.screen.width))
