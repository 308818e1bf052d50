"""The options of every command, and how help lists them.

``pullquote --data d list`` and ``pullquote list --data d`` are the same; the later one wins.
"""

import functools
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import click

GIVEN = "pullquote.given"  # key of the options of every command in click's ``meta``

json_option = click.option("--json", "as_json", is_flag=True, help="JSON, for programs.")
limit_option = functools.partial(
    click.option, "--limit", "-n", type=click.IntRange(min=1), metavar="N", show_default=False
)


def given(context: click.Context) -> dict[str, Any]:
    """Return what was given of the options of every command, on either side of its name."""
    found: dict[str, Any] = context.meta.setdefault(GIVEN, {})
    return found


class _FlushLeft(click.Command):
    """Help whose last part, the examples, is a section like the others."""

    everywhere: Sequence[click.Option] = ()

    def format_own_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write its own options, and then those of every command."""
        own = [each for each in self.get_params(ctx) if each not in self.everywhere]
        _write_options("Options", own, ctx, formatter)
        _write_options("Options of every command", self.everywhere, ctx, formatter)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the examples."""
        if self.epilog:
            formatter.write_paragraph()
            formatter.write_text(self.epilog)


class Command(_FlushLeft):
    """A command that takes the options of every command, and lists them last."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.everywhere = _everywhere()
        self.params.extend(self.everywhere)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write its options."""
        self.format_own_options(ctx, formatter)


class Group(_FlushLeft, click.Group):
    """The command that the others belong to; lists them by what they are for."""

    def __init__(
        self, *args: Any, sections: Mapping[str, Sequence[click.Command]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.sections = sections
        self.everywhere = _everywhere()
        self.params.extend(self.everywhere)
        for commands in sections.values():
            for command in commands:
                self.add_command(command)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write its options and its commands."""
        if ctx.parent is None:
            super().format_options(ctx, formatter)
            return
        self.format_own_options(ctx, formatter)
        self.format_commands(ctx, formatter)

    @property
    def longest(self) -> int:
        """How many characters the longest name of a command has."""
        return max(map(len, self.commands))

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands, a section for each thing that one may want to do."""
        for title, commands in self.sections.items():
            with formatter.section(title):
                formatter.write_dl(
                    [
                        ((each.name or "").ljust(self.longest), each.get_short_help_str(60))
                        for each in commands
                    ]
                )


def _everywhere() -> list[click.Option]:
    folder = click.Path(file_okay=False)
    file = click.Path(dir_okay=False, path_type=Path)
    return [
        _remembered("--data", type=folder, metavar="FOLDER", help="Folder of the index."),
        _remembered("--model", metavar="MODEL", help="Name or folder of the embedder."),
        _remembered("--config", type=file, metavar="FILE", help="Settings file (TOML)."),
        _remembered("--quiet", "-q", is_flag=True, help="Only what was asked for, and errors."),
        _remembered("--debug", is_flag=True, help="Show where an error came from."),
    ]


def _remembered(*names: str, **attributes: Any) -> click.Option:
    return click.Option(names, expose_value=False, callback=_remember, **attributes)


def _remember(context: click.Context, parameter: click.Parameter, value: object) -> None:
    if value not in (None, False) and parameter.name is not None:
        given(context)[parameter.name] = value


def _write_options(
    title: str,
    options: Sequence[click.Parameter],
    context: click.Context,
    formatter: click.HelpFormatter,
) -> None:
    records = [
        record
        for each in options
        if isinstance(each, click.Option) and (record := each.get_help_record(context))
    ]
    if records:
        with formatter.section(title):
            formatter.write_dl(records)
