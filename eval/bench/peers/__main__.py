"""The command line of the comparison."""

import sys
from pathlib import Path

import click
from rich.console import Console

from eval.bench.command import Command, check_files, existing, json_option, screen, write_json
from eval.bench.machine import Machine
from eval.bench.peers.report import Report, rendered, standing
from eval.bench.peers.running import PEERS
from eval.bench.peers.turns import compare
from eval.datasets.named import open_collection
from index.e5_folder import model_folder
from index.errors import InputError
from qa.settings import Settings


@click.command(cls=Command)
@click.argument("collection_name", metavar="SET")
@click.option("--data-dir", type=existing, help="Where the public sets lie.")
@click.option("--only", type=click.Choice(PEERS), multiple=True, help="Repeatable; else all.")
@click.option(
    "--python",
    "pythons",
    multiple=True,
    metavar="[NAME=]PATH",
    help="The Python of an environment that has a system; without NAME, for all but ours.",
)
@click.option(
    "--threads",
    type=click.IntRange(min=0, max=256),
    default=0,
    help="Of each system; 0 for its own choice. Where others use the machine, 1 is fairest: "
    "threads wait for the slowest of them.",
)
@json_option
def main(
    collection_name: str,
    data_dir: Path | None,
    only: tuple[str, ...],
    pythons: tuple[str, ...],
    threads: int,
    json_file: Path | None,
) -> None:
    """Compare with others on a question SET: recall, latency, indexing time, memory.

    All get the same articles, questions and model. Each system runs in a process of its own, and
    each question goes to all of them in turn.
    """
    check_files(json_file, None)
    chosen = interpreters(pythons)
    collection = open_collection(collection_name, data_dir)
    questions = [question for question in collection.questions if question.grades]
    if not questions:
        raise InputError(
            f"{collection_name} has no question with an answer.", remedy="Choose another set."
        )
    machine = Machine.now()
    with Console(stderr=True).status("") as status:
        outcomes = compare(
            {name: python for name, python in chosen.items() if name in (only or PEERS)},
            collection.articles,
            questions,
            model=model_folder(Settings().cache.expanduser()),
            threads=threads,
            on_step=status.update,
        )
    standings = [standing(name, outcome, questions) for name, outcome in outcomes.items()]
    report = Report(
        collection=collection_name,
        articles=len(collection.articles),
        questions=len(questions),
        threads=threads,
        machine=machine,
        standings=tuple(standings),
    )
    screen().print(rendered(report))
    write_json(json_file, report)


def interpreters(given: tuple[str, ...]) -> dict[str, Path]:
    """Return the Python of each system. Raises InputError for one that cannot be."""
    chosen = dict.fromkeys(PEERS, Path(sys.executable))
    named = [(name, path) for name, _, path in (each.rpartition("=") for each in given)]
    for name, path in sorted(named):  # those without a name first
        python = Path(path)
        if name not in {"", *PEERS} or not python.is_file():
            raise InputError(
                f"--python {name}={path} is no file of a system."
                if name
                else f"--python {path} is no file.",
                remedy=f"Give the bin/python of an environment, alone or as NAME=PATH with one of "
                f"{', '.join(PEERS)}.",
            )
        for each in (name,) if name else tuple(peer for peer in PEERS if peer != "pullquote"):
            chosen[each] = python
    return chosen


if __name__ == "__main__":
    main()
