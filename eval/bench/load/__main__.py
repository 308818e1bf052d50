"""The command line of the run under load."""

import time
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

import click
from rich.console import Console

from api.client import Client
from api.messages import ArticleFields
from eval.bench.asked import read_questions
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
from eval.bench.load.clients import Phase, run
from eval.bench.load.index_copy import contents, passing_index
from eval.bench.load.news import made
from eval.bench.load.report import Bulk, Report, picture, rendered
from eval.bench.load.service import service
from eval.bench.machine import Machine

BULK = 100  # articles of one call


@click.command(cls=Command)
@click.option("--folder", type=existing, help="An index, which is copied. Else the samples.")
@click.option("--questions", "file", type=existing, help="One a line, or a SQuAD file.")
@click.option("--clients", type=Numbers(most=999), default=(1, 2, 4, 8), help="At once: 1,2,4,8.")
@click.option("--seconds", type=click.FloatRange(min=0.1), default=15.0, help="Of each phase.")
@click.option("--bulk", type=click.IntRange(min=1, max=1000), default=BULK, help="Of one call.")
@click.option("--reader", type=click.Choice(["on", "off"]), default="on", help="Of the service.")
@json_option
@plot_option
def main(
    folder: Path | None,
    file: Path | None,
    clients: tuple[int, ...],
    seconds: float,
    bulk: int,
    reader: str,
    json_file: Path | None,
    plot_file: Path | None,
) -> None:
    """Ask a service as many clients at once, with and without articles coming in meanwhile.

    Latencies are ratios to those of one client alone.
    """
    check_files(json_file, plot_file)
    questions = read_questions(file)
    machine, status = Machine.now(), Console(stderr=True).status("Making the index …")
    with status, passing_index(folder) as place:
        before, articles = contents(place)
        status.update("Starting the service …")
        with service(place, reader=reader) as address:
            status.update("One client alone …")
            run(address, questions, clients=1, seconds=min(2.0, seconds), news=None)  # caches
            quiet = phases(address, questions, clients, seconds, None)
            status.update(f"{bulk} articles in one call …")
            news = made(articles, seed=1)
            sent = send(address, list(islice(news, bulk)))
            status.update("With articles coming in …")
            busy = phases(address, questions, clients, seconds, news)
    report = Report(
        machine=machine,
        reader=reader,
        articles=before.articles,
        passages=before.passages,
        bulk=sent,
        phases=(*quiet, *busy),
    )
    screen().print(rendered(report))
    write_json(json_file, report)
    if plot_file is not None:
        picture(report, plot_file)


def phases(
    address: str,
    questions: Sequence[str],
    clients: Sequence[int],
    seconds: float,
    news: Iterator[ArticleFields] | None,
) -> list[Phase]:
    """Return what each number of clients saw."""
    return [run(address, questions, clients=count, seconds=seconds, news=news) for count in clients]


def send(address: str, articles: Sequence[ArticleFields]) -> Bulk:
    """Send articles in one call, and return what it took."""
    with Client(address) as client:
        began = time.perf_counter()
        added = client.add(articles)
        return Bulk(
            articles=len(added.articles),
            passages=sum(each.passages for each in added.articles),
            seconds=round(time.perf_counter() - began, 3),
        )


if __name__ == "__main__":
    main()
