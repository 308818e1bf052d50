"""Commands that other packages bring, by the entry points of the group ``pullquote.commands``.

They are looked for only when help lists them or when no command of our own has the name, so that
the others start as fast as without them.
"""

from collections.abc import Container
from typing import TYPE_CHECKING

import click

from index.errors import PullquoteError

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint, EntryPoints

GROUP = "pullquote.commands"


class ExtensionError(PullquoteError):
    """A command is registered, and what it is made of is not there."""


def find(name: str) -> click.Command | None:
    """Return the command of this name, None if none is registered. Raises ExtensionError."""
    for entry in _registered():
        if entry.name == name:
            return _loaded(entry)
    return None


def names() -> list[str]:
    """Return the names that are registered, in order."""
    return sorted({entry.name for entry in _registered()})


def described(known: Container[str]) -> list[tuple[str, str]]:
    """Return the registered names, without the ``known`` ones, each with what help says of it."""
    return [(name, _short_help(name)) for name in names() if name not in known]


def _short_help(name: str) -> str:
    try:
        command = find(name)
    except ExtensionError:
        return "(is not whole: calling it says what is missing)"
    return command.get_short_help_str(60) if command else ""


def _registered() -> "EntryPoints":
    from importlib.metadata import entry_points  # takes 20 ms to import

    return entry_points(group=GROUP)


def _loaded(entry: "EntryPoint") -> click.Command:
    try:
        command = entry.load()
    except (ImportError, AttributeError) as error:
        package = entry.dist.name if entry.dist else "the package it comes with"
        raise ExtensionError(
            f"The command {entry.name!r} cannot be loaded: {error}.",
            remedy=f"Install what brings it again: pip install --force-reinstall {package}",
        ) from error
    if not isinstance(command, click.Command):
        raise ExtensionError(
            f"What is registered as the command {entry.name!r} ({entry.value}) is no command.",
            remedy="Register a click command under pullquote.commands.",
        )
    return command
