"""The command line of the run over sizes."""

import time
from contextlib import ExitStack
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

import click
from rich.console import Console

import qa
from eval.bench.asked import read_questions
from eval.bench.asking import ask_elsewhere
from eval.bench.command import (
    Command,
    Numbers,
    check_files,
    existing,
    json_option,
    plot_option,
    screen,
    write_json,
)
from eval.bench.corpus import SAMPLES
from eval.bench.machine import Machine
from eval.bench.resident import own_mb
from eval.bench.scale.invented import Inventor
from eval.bench.scale.report import Report, Step, picture, rendered
from index.article import Article
from index.errors import InputError
from index.load import load
from qa.engine import Engine
from qa.settings import Settings

SIZES = (1_000, 3_000, 10_000, 30_000, 100_000)
MOST_KNOWN = 10_000  # articles whose sentences are used
AT_ONCE = 64  # articles of a batch, as in an ingest
ASKED_AT_LEAST = 100  # questions at each size: few are asked several times


@click.command(cls=Command)
@click.argument("articles", type=existing, nargs=-1)
@click.option("--sizes", type=Numbers(most=10_000_000), default=SIZES, help="In passages.")
@click.option("--questions", "file", type=existing, help="One a line, or a SQuAD file.")
@click.option("--folder", type=click.Path(path_type=Path, file_okay=False), help="A new one.")
@json_option
@plot_option
def main(
    articles: tuple[Path, ...],
    sizes: tuple[int, ...],
    file: Path | None,
    folder: Path | None,
    json_file: Path | None,
    plot_file: Path | None,
) -> None:
    """Let an index grow by invented passages, and measure it at each size.

    The texts are put together from the sentences of ARTICLES (the samples, if none are given).
    """
    check_files(json_file, plot_file)
    questions = read_questions(file)
    questions *= -(-ASKED_AT_LEAST // len(questions))
    known = readable(articles or (SAMPLES,))
    machine = Machine.now()
    with ExitStack() as stack:
        place = folder or Path(stack.enter_context(TemporaryDirectory())) / "index"
        settings, status = (
            Settings(data=place, reader="off"),
            Console(stderr=True).status("Loading the model …"),
        )
        stack.enter_context(status)
        with qa.open(settings) as engine:
            require_empty(engine)
            inventor, steps = Inventor(known, engine.embedder), []
            for size in sizes:
                status.update(f"{size:,} passages …")
                steps.append(step(engine, inventor, size, questions))
    report = Report(machine=machine, sentences_from=len(known), steps=tuple(steps))
    screen().print(rendered(report))
    write_json(json_file, report)
    if plot_file is not None:
        picture(report, plot_file)


def readable(files: tuple[Path, ...]) -> list[Article]:
    """Return the first articles of the files. Raises InputError if they have no sentences."""
    found = (each for file in files for each in load(file) if isinstance(each, Article))
    known = list(islice(found, MOST_KNOWN))
    if not known:
        raise InputError(
            f"No article could be read in {', '.join(map(str, files))}.",
            remedy="Give what `pullquote add` reads: JSON Lines (.jsonl, .jsonl.gz), say.",
        )
    return known


def require_empty(engine: Engine) -> None:
    """Raise InputError for an index that holds something: its articles would be in the figures."""
    if engine.store.status().articles:
        raise InputError(
            f"{engine.settings.data} holds an index already.", remedy="Give a new folder."
        )


def step(engine: Engine, inventor: Inventor, size: int, questions: tuple[str, ...]) -> Step:
    """Let the index grow to a size, and measure it."""
    before, began = engine.store.status().passages, time.perf_counter()
    for batch in inventor.batches(size - before, AT_ONCE):
        engine.store.put(batch)
    took = time.perf_counter() - began
    status = engine.store.status()
    return Step(
        articles=status.articles,
        passages=status.passages,
        sentences=status.sentences,
        segments=status.segments,
        written_per_second=round((status.passages - before) / took, 1),
        writer_own_mb=own_mb(),
        bytes_on_disk=dict(status.bytes_on_disk),
        asked=ask_elsewhere(engine.settings, questions),
    )


if __name__ == "__main__":
    main()
