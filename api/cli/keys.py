"""``pullquote keys``: who may call the service."""

import click

from api.cli.options import Command, Group, json_option
from api.cli.session import Session, pass_session
from api.keys import READ, WRITE, KeysFile, Role
from api.terminal.citation import counted
from api.terminal.screen import columns, inert

_EXAMPLES = """\b
Examples:
  pullquote keys add newsroom
  pullquote keys add importer --role write
  pullquote keys list
  pullquote keys remove newsroom

\b
As soon as there is a key, a service over this folder wants one with every call:
  curl -H "Authorization: Bearer $PULLQUOTE_KEY" …

A service that runs notices at once. The exit code is 4 for a key there is not.
"""


@click.command(cls=Command)
@click.argument("name", metavar="NAME", help="Whose key it is, for you to know it by.")
@click.option(
    "--role",
    type=click.Choice([READ, WRITE]),
    default=READ,
    show_default=True,
    help="write may add and remove articles too.",
)
@json_option
@pass_session
def add(session: Session, name: str, role: Role, as_json: bool) -> None:
    """Make a key and print it, once.

    Only the key goes to standard output: KEY=$(pullquote keys add ci)
    """
    secret = KeysFile(session.settings().data).add(name, role)
    if as_json:
        session.screen.json({"name": name, "role": role, "key": secret})
    else:
        session.screen.show(secret)
    if not session.screen.quiet:
        session.screen.warn(
            f"This is the key of {inert(name)} ({role}). Keep it now: only its checksum is stored, "
            "and it cannot be shown again.",
            style="dim",
        )


@click.command("list", cls=Command)
@json_option
@pass_session
def list_(session: Session, as_json: bool) -> None:
    """List the keys there are, by name: not the keys themselves."""
    found = KeysFile(session.settings().data).read()
    if as_json:
        rows = [{"name": key.name, "role": key.role, "created": key.created} for key in found]
        session.screen.json(rows)
        return
    if found:
        heading = ("NAME", "ROLE", "CREATED")
        table = [(key.name, key.role, f"{key.created:%Y-%m-%d %H:%M} UTC") for key in found]
        session.screen.show(*columns(heading, table, flexible=0, width=session.screen.full_width))
    hint = "" if found else ": a service over this folder asks for none"
    session.screen.tell(f"{counted(len(found), 'key')}{hint}", style="dim")


@click.command(cls=Command)
@click.argument("name", metavar="NAME", help="As `pullquote keys list` shows it.")
@pass_session
def remove(session: Session, name: str) -> None:
    """Remove a key: from now on it opens nothing."""
    left = KeysFile(session.settings().data).remove(name)
    session.screen.tell(f"Removed the key of {inert(name)}. {counted(left, 'key')} left.")
    if not left:
        session.screen.warn(
            "A service on this machine's own address now answers without a key.", style="yellow"
        )


@click.group(cls=Group, sections={"Commands": (add, list_, remove)}, epilog=_EXAMPLES)
def keys() -> None:
    """Make, list and remove the keys of the service."""
