"""The options that several commands of the harness have."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from api.configuration import Setting, settings_table
from eval.settings import NO_MATTER

Function = TypeVar("Function", bound=Callable[..., Any])

FILE = click.Path(dir_okay=False, path_type=Path)
FOLDER = click.Path(file_okay=False, path_type=Path)

# Options of their own: the model of every command, and the questions that `--limit` counts.
_ELSEWHERE = {"model"}
_RENAMED = {"limit": "points"}

data_dir_option = click.option(
    "--data-dir", type=FOLDER, metavar="DIR", help="Folder of public sets (qa/, ir/)."
)


def setting_options(function: Function) -> Function:
    """Add an option for each setting of an engine; they arrive under the settings' names."""
    for row in reversed(settings_table()):
        if row.name not in NO_MATTER | _ELSEWHERE:
            _option(row)(function)
    return function


def setting_names() -> tuple[str, ...]:
    """Return the names under which they arrive."""
    names = (row.name for row in settings_table())
    return tuple(_argument(name) for name in names if name not in NO_MATTER | _ELSEWHERE)


def _option(row: Setting) -> Callable[[Function], Function]:
    flag = f"--{_RENAMED.get(row.name, row.name).replace('_', '-')}"
    return click.option(
        flag,
        _argument(row.name),
        metavar="N" if "number" in row.bounds else "NAME",
        help=f"{row.description}.",
    )


def _argument(name: str) -> str:
    return f"set_{name}"


def given_settings(arguments: dict[str, Any]) -> dict[str, Any]:
    """Return the settings among a command's arguments, by name; those not given are left out."""
    return {
        name.removeprefix("set_"): arguments[name]
        for name in setting_names()
        if arguments.get(name) is not None
    }
