"""The command line of the run that lets an index grow."""

import os
import tempfile
from contextlib import ExitStack
from pathlib import Path

import click
from msgspec import structs

import qa
from eval.bench.asked import read_questions
from eval.bench.asking import ask_elsewhere
from eval.bench.command import (
    Command,
    check_files,
    existing,
    json_option,
    plot_option,
    screen,
    write_json,
)
from eval.bench.growth.adding import Added, add
from eval.bench.growth.line import Line
from eval.bench.growth.report import Report, Size, picture, rendered
from eval.bench.machine import Machine
from index.status import Status
from qa.settings import Settings


@click.command(cls=Command)
@click.argument("articles", type=existing, nargs=-1, required=True)
@click.option("--minutes", type=click.FloatRange(min=0, min_open=True), default=30.0)
@click.option("--folder", type=click.Path(path_type=Path, file_okay=False), help="Of the index.")
@click.option("--questions", "file", type=existing, help="One a line, or a SQuAD file.")
@click.option("--every", "interval_s", type=click.FloatRange(min=0.1), default=5.0, help="Seconds.")
@json_option
@plot_option
def main(
    articles: tuple[Path, ...],
    minutes: float,
    folder: Path | None,
    file: Path | None,
    interval_s: float,
    json_file: Path | None,
    plot_file: Path | None,
) -> None:
    """Add ARTICLES for some minutes, and say what it cost.

    ARTICLES are files and folders that `pullquote add` reads. With --folder the index stays, and
    another run goes on where this one ended: what is there costs nothing.
    """
    check_files(json_file, plot_file)
    questions = read_questions(file)
    machine = Machine.now()
    with ExitStack() as passing:
        place = folder or Path(passing.enter_context(tempfile.TemporaryDirectory())) / "index"
        settings = Settings(data=place)
        added, status = grow(settings, articles, seconds=minutes * 60, interval_s=interval_s)
        asked = ask_elsewhere(settings, questions)
        unread = ask_elsewhere(structs.replace(settings, reader="off"), questions)
    report = Report(
        machine=machine,
        added=added,
        size=Size(
            articles=status.articles,
            passages=status.passages,
            sentences=status.sentences,
            segments=status.segments,
            bytes_on_disk=dict(status.bytes_on_disk),
        ),
        asked=asked,
        without_reader=unread.questions,
        load_after=round(os.getloadavg()[0], 2),
    )
    screen().print(rendered(report))
    write_json(json_file, report)
    if plot_file is not None:
        picture(report, plot_file)


def grow(
    settings: Settings, articles: tuple[Path, ...], *, seconds: float, interval_s: float
) -> tuple[Added, Status]:
    """Add articles, and return what it took and how the index is then."""
    with qa.open(settings) as engine, Line() as line:
        added = add(engine, articles, seconds=seconds, interval_s=interval_s, on_sample=line.show)
        return added, engine.store.status()


if __name__ == "__main__":
    main()
