"""Options of a command out of the table of settings: one for each, with its name and its words."""

from collections.abc import Callable
from typing import Any, TypeVar

import click

from api.configuration import settings_table

Function = TypeVar("Function", bound=Callable[..., Any])

_OF_EVERY_COMMAND = {"data", "model"}


def setting_options(function: Function) -> Function:
    """Add an option for each setting; they arrive as text or None, under the settings' names.

    What they may be is checked where settings are read, as for a variable or a file.
    """
    for row in reversed(settings_table()):
        if row.name not in _OF_EVERY_COMMAND:
            metavar = "N" if "number" in row.bounds else "LIST" if "list" in row.bounds else "TEXT"
            option = click.option(row.flag, row.name, metavar=metavar, help=f"{row.description}.")
            option(function)
    return function
