"""Measures follow-up questions: as Pullquote understands them, bare, in full, and in simpler ways.

    python -m eval.follow_ups --part dev

Then every question that is no follow-up is asked after another one: it must not get worse by that.
"""

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import click
from msgspec import structs

from eval.conversations import WAYS, after_another, bare
from eval.datasets.named import open_collection
from eval.datasets.parts import refuse_test
from eval.measures.answers import answers
from eval.measures.interval import estimate, mean_of
from eval.measures.pairing import randomisation_test
from eval.measures.retrieval import DEEPEST, retrieval
from eval.question import Collection, Question
from eval.record import Record
from index.errors import PullquoteError
from qa.answer import Status
from qa.engine import Engine, open_engine
from qa.settings import Settings

MEASURES = ("recall@5", "hit@1", "hit@3", "answered", "answered in vain")
SEED = 2024

Values = dict[str, float | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question as it was put, and what came of it."""

    question: Question
    text: str
    values: Values


class Asker:
    """Asks an engine each text once for each question."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._known: dict[tuple[str, str], Values] = {}

    def ask(self, questions: Iterable[Question], way: str) -> list[Asked]:
        """Ask all questions in one way."""
        asked = []
        for question in questions:
            text = WAYS[way](question, question.history)
            asked.append(Asked(question=question, text=text, values=self._values(question, text)))
        return asked

    def _values(self, question: Question, text: str) -> Values:
        known = self._known.get((question.id, text))
        if known is None:
            known = self._known[question.id, text] = self._measured(question, text)
        return known

    def _measured(self, question: Question, text: str) -> Values:
        record = Record(
            question=question,
            answer=self._engine.ask(text),
            candidates=self._engine.search(text, limit=DEEPEST).passages,
            verdicts=(),
            languages=(),
            wall_ms=0.0,
        )
        answered = float(record.answer.status is Status.ANSWERED)
        return {
            **retrieval(record),
            **answers(record),
            "answered": answered if question.answerable else None,
            "answered in vain": None if question.answerable else answered,
        }


@click.command()
@click.option("--part", default="dev", show_default=True, help="Of our own questions.")
@click.option("--reader", type=click.Choice(["on", "off"]), help="Left out: as it is shipped.")
def main(part: str, reader: str | None) -> None:
    """Measure follow-up questions on a part of our own questions."""
    try:
        refuse_test(f"samples.{part}")
        collection = open_collection(f"samples.{part}")
        with informed(collection, reader) as engine:
            report(collection, Asker(engine))
    except PullquoteError as error:
        raise click.ClickException(str(error)) from error


@contextmanager
def informed(collection: Collection, reader: str | None) -> Iterator[Engine]:
    """Yield an engine over the articles that withholds nothing, so that each order is measured."""
    with tempfile.TemporaryDirectory() as folder:
        shipped = Settings(data=Path(folder), weak_at=0.0)
        settings = shipped if reader is None else structs.replace(shipped, reader=reader)
        with open_engine(settings) as engine:
            for _ in engine.add(collection.articles):
                pass
            yield engine


def report(collection: Collection, asker: Asker) -> None:
    """Print both tables."""
    follow_ups = [question for question in collection.questions if question.history]
    click.echo(f"{collection.name}: {counted(follow_ups)} that are follow-ups")
    click.echo(heading("asked"))
    for way in WAYS:
        asked = asker.ask(follow_ups, way)
        click.echo(line(way, asked) + f"{changed(asked):12}")
    for near, before in ((False, "any other question"), (True, "one about the same article")):
        questions = after_another(collection, near=near, seed=SEED)
        click.echo(f"\n{counted(questions)} that are none, asked after {before}")
        click.echo(heading("asked") + "   hit@1 against bare")
        alone = asker.ask(questions, "bare")
        for way in WAYS:
            if way != "full":
                asked = asker.ask(questions, way)
                click.echo(line(way, asked) + against(alone, asked))


def counted(questions: Sequence[Question]) -> str:
    """Return how many questions there are with and without an answer."""
    silent = sum(not question.answerable for question in questions)
    return f"{len(questions) - silent} questions with an answer and {silent} without"


def heading(title: str) -> str:
    """Return the first line of a table."""
    return f"{title:23}" + "".join(f"{measure:>19}" for measure in MEASURES) + "  other text"


def line(title: str, asked: Sequence[Asked]) -> str:
    """Return one line of a table: every measure with its interval."""
    figures = (figure([each.values[measure] for each in asked]) for measure in MEASURES)
    return f"{title:23}" + "".join(f"{text:>19}" for text in figures)


def figure(values: Sequence[float | None]) -> str:
    """Return a mean with its 95 % interval, a dash if there is nothing to measure."""
    measured = estimate(mean_of(values))
    if measured.value is None or measured.low is None or measured.high is None:
        return "-"
    return f"{measured.value:.3f} {measured.low:.2f}-{measured.high:.2f}"


def changed(asked: Sequence[Asked]) -> int:
    """Return how many questions were asked in another text than their own."""
    return sum(each.text != bare(each.question, ()) for each in asked)


def against(alone: Sequence[Asked], asked: Sequence[Asked]) -> str:
    """Return how many texts are not the bare ones, and how hit@1 differs on the same questions."""
    paired = randomisation_test(*([e.values["hit@1"] for e in each] for each in (alone, asked)))
    if paired.difference is None or paired.p is None:
        return f"{changed(asked):12}"
    return f"{changed(asked):12}   {paired.difference:+.3f} (p {paired.p:.3f})"


if __name__ == "__main__":
    main()
