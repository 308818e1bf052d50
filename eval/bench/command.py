"""The command line that the benchmarks share: failures in words, figures and plots into files."""

from pathlib import Path

import click
import msgspec
from rich.console import Console

from api.cli.failures import reported
from eval.bench.plot import require_matplotlib
from index.errors import InputError

UNWATCHED = 140  # columns of a file or a pipe

existing = click.Path(path_type=Path, exists=True)
_FILE = click.Path(path_type=Path, dir_okay=False)

json_option = click.option("--json", "json_file", type=_FILE, help="Write the figures here too.")
plot_option = click.option("--plot", "plot_file", type=_FILE, help="Draw them: FILE.svg or .png.")


class Command(click.Command):
    """A benchmark: whatever goes wrong is a sentence on standard error and an exit code."""

    def invoke(self, ctx: click.Context) -> object:
        """Run it."""
        with reported(ctx, lambda: False):
            return super().invoke(ctx)


class Numbers(click.ParamType[tuple[int, ...]]):
    """Whole numbers from 1 on, in ascending order, with commas between: 1,2,4,8."""

    name = "N,N,…"

    def __init__(self, *, most: int) -> None:
        self._most = most

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[int, ...]:
        """Return the numbers."""
        if isinstance(value, tuple):  # the default
            return value
        parts = str(value).split(",")
        numbers = tuple(int(part) for part in parts if part.isdecimal() and len(part) < 10)
        sound = len(numbers) == len(parts) and numbers == tuple(sorted(set(numbers)))
        if not sound or not 1 <= numbers[0] <= numbers[-1] <= self._most:
            self.fail(
                f"{value!r} is no list of ascending numbers from 1 to {self._most:,}, such as"
                " 1,2,4,8.",
                param,
                ctx,
            )
        return numbers


def check_files(json_file: Path | None, plot_file: Path | None) -> None:
    """Raise InputError for a file that cannot be written: now, not after half an hour."""
    if plot_file is not None:
        require_matplotlib(plot_file)
    for file in (json_file, plot_file):
        if file is not None and not file.absolute().parent.is_dir():
            raise InputError(
                f"{file} cannot be written: there is no folder {file.parent}.",
                remedy="Make it first, or choose another one.",
            )


def write_json(file: Path | None, report: object) -> None:
    """Write a report, indented, where one was asked for."""
    if file is not None:
        file.write_bytes(msgspec.json.format(msgspec.json.encode(report), indent=2) + b"\n")


def screen() -> Console:
    """Return standard output; a table is not squeezed where nobody watches."""
    console = Console(highlight=False)
    return console if console.is_terminal else Console(highlight=False, width=UNWATCHED)
