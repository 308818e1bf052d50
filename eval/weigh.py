"""Learns how to weigh the trained reader's words, and how sure to be of them.

    python -m eval.weigh gather --data-dir DIR --work-dir DIR   # reads; some 20 minutes, resumable
    python -m eval.weigh learn --work-dir DIR                   # fits, writes, reports; a minute

Both the first scorer and the trained reader have seen the questions of four fifths of the training
paragraphs. The others are asked here, as ``eval.fit`` asks them. They fit the weights of
``qa/weigh.json`` and, each half weighed by what was fitted to the other, the confidence in
``qa/judge.json`` (cross-validated as by Platt 1999). ``dev`` files are reported.
"""

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import click
import msgspec
import numpy as np
import numpy.typing as npt

import qa
from eval.datasets.named import open_collection
from eval.datasets.translated import in_other_languages
from eval.fit import (
    HALVED,
    HELD_OUT,
    PARALLEL,
    REMOVED,
    SETS,
    filled,
    interval,
    parallel,
    read_set,
)
from eval.measures.calibration import calibration_error
from eval.question import Collection
from eval.regression import by_language
from eval.tasks import Task, by_article, varied, whole, without_answer
from eval.training.own_texts import own_texts
from eval.training.recipe import OWN, learnt
from index.protocols import Filters
from qa.engine import Engine
from qa.evidence import WEIGHED, Rereading, of_all
from qa.judge import REREAD, Calibration, Calibrations
from qa.regression import ByLanguage, Regression

POINT_WITHIN, SURE_WITHIN = 2.5, 1.5  # logits: see Calibration
# Logits that the confidence loses where no passage has any name of the question. Set and not
# fitted: nearly all such questions with an answer are public ones that spell a name otherwise than
# their paragraph, as two languages do, and have it right; that a name is absent then counts for
# nothing. Of our own train questions, 2 in 100 with an answer have an absent name, and 27 without.
ABSENT = -1.5
# Logits that a sentence that says no gains, and another loses, where a refusal is asked for. Set as
# well: only 66 of the questions ask for one, and what is fitted to them went from 0.6 to 1.8 with
# the sitting. Too little, and who agrees is named among those who refuse.
REFUSAL = 1.8
MOST_TRAIN, MOST_DEV = 500, 60  # questions of one file
# Of our own texts: news alone. With the encyclopedia among them, 0.793 of the first quotes of our
# own dev part were right, without it 0.821 (140 questions, p = 0.13).
NEWS = ("positions", "news")
PAIRS = (("en", "en"), ("en", "de"), ("en", "es"), ("de", "en"), ("es", "es"))
SEED = 7

Names = tuple(sorted({*WEIGHED, *REREAD, "same_language"}))
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One question: a row of ``Names`` for each sentence that was read, and which are right."""

    document: int
    rows: Floats  # (sentences, len(Names))
    right: npt.NDArray[np.bool_]


@click.group()
def main() -> None:
    """Learn the weights of what the trained reader says."""


def ask(engine: Engine, rereading: Rereading, task: Task) -> Asked | None:
    """Retrieve, score and read for one task; None when nothing was found."""
    question = engine.understand(task.question)
    with engine.store.snapshot() as snapshot:
        candidates = engine.candidates(question, snapshot, task.scope, engine.settings.passages)
        scored = engine.reader.read(question, candidates, snapshot)
        shared = of_all(scored)
        found = list(rereading.given(question, scored, snapshot.generation))
    if not found:
        return None
    rows = [[{**given, **shared}[name] for name in Names] for _, given, _ in found]
    right = [task.holds(one.record.article.id, one.sentence) for one, _, _ in found]
    return Asked(document=task.document, rows=np.array(rows), right=np.array(right))


@main.command("gather")
@click.option("--data-dir", type=click.Path(path_type=Path, exists=True), required=True)
@click.option("--work-dir", type=click.Path(path_type=Path), required=True)
def gather_command(data_dir: Path, work_dir: Path) -> None:
    """Ask the questions that neither scorer nor reader has seen, and keep what was read.

    The indexes are those of ``eval.fit gather``. Stopped, it goes on where it was; delete the
    folder ``read`` to read again.
    """
    own = open_collection(OWN)
    with filled(work_dir / "index" / OWN, [own]) as engine:
        keep(engine, work_dir, f"{OWN}.train", own_tasks(own))
    for name in NEWS:
        taken = own_texts(name)
        with filled(work_dir / "index" / name, taken[:1]) as engine:
            asked = some(list(own_text_tasks(taken)), MOST_TRAIN)
            keep(engine, work_dir, f"{name}.train", iter(asked))
    for name, language in SETS.items():
        if name in HALVED:  # translations of the articles of XQuAD
            continue
        learnt, dev = (read_set(data_dir, name, part, language) for part in ("train", "dev"))
        with filled(work_dir / "index" / name, [learnt, dev]) as engine:
            keep(
                engine,
                work_dir,
                f"{name}.train",
                unseen(varied(learnt, [learnt], seed=SEED, removed=REMOVED)),
            )
            beside = [learnt] if name == "piaf" else []
            keep_dev(engine, work_dir, name, whole(dev, dev, beside=beside))
    learnt_in = {x: read_set(data_dir, f"xquad.{x}", "train", x) for x in PARALLEL}
    dev_in = {x: read_set(data_dir, f"xquad.{x}", "dev", x) for x in PARALLEL}
    with filled(work_dir / "index" / "xquad", [*learnt_in.values(), *dev_in.values()]) as engine:
        keep(engine, work_dir, "xquad.train", unseen(parallel(learnt_in)))
        for one, other in PAIRS:
            tasks = whole(dev_in[one], dev_in[other], beside=[learnt_in[other]])
            keep_dev(engine, work_dir, f"xquad.{one}-{other}", tasks)


def own_tasks(collection: Collection) -> Iterator[Task]:
    """Ask the questions of our own that the reader has not learnt from, of all the articles.

    In their own language and in others.
    """
    asked = set()
    for each in (collection, *in_other_languages(collection)):
        for number, question in enumerate(each.questions):
            text = question.standalone or question.text
            if learnt(number) or (number, text) in asked:
                continue
            asked.add((number, text))
            # Numbered so that half of them fit the weights and half the confidence.
            document = number * HELD_OUT
            gold = by_article(question)
            yield Task(question=text, scope=question.scope, gold=gold, document=document)


def own_text_tasks(collections: Sequence[Collection]) -> Iterator[Task]:
    """Ask the questions of our own texts, each of its text alone and of some others beside it."""
    chance = random.Random(SEED)  # noqa: S311
    for each in collections:
        ids = [article.id for article in each.articles]
        for question in each.questions:
            document = ids.index(question.written_for or "")
            if document % HELD_OUT:
                continue
            beside = chance.sample(ids, chance.choice((0, 3, 8)))
            yield Task(
                question=question.text,
                scope=Filters(article_ids=tuple(sorted({ids[document], *beside}))),
                gold=by_article(question),
                document=document,
            )


def unseen(tasks: Iterator[Task]) -> Iterator[Task]:
    """Leave out the questions that the scorer and the reader learnt from, and some of many."""
    return iter(some([task for task in tasks if task.document % HELD_OUT == 0], MOST_TRAIN))


def some(tasks: Sequence[Task], limit: int) -> Sequence[Task]:
    """Return at most so many of the tasks, the same each time."""
    return random.Random(SEED).sample(tasks, min(limit, len(tasks)))  # noqa: S311


def keep_dev(engine: Engine, work_dir: Path, name: str, tasks: Iterator[Task]) -> None:
    """Ask dev questions, once with the paragraph that answers and once without."""
    asked = some(list(tasks), MOST_DEV)
    keep(engine, work_dir, f"{name}.dev", iter(asked))
    keep(engine, work_dir, f"{name}.dev.unanswerable", without_answer(iter(asked)))


def keep(engine: Engine, work_dir: Path, name: str, tasks: Iterator[Task]) -> None:
    """Ask the tasks of one file, unless the file is there."""
    path = work_dir / "read" / f"{name}.npz"
    if path.exists():
        return
    if engine.rereading is None:
        raise click.UsageError("The reader is off: there is nothing to weigh.")
    path.parent.mkdir(exist_ok=True)
    asked = [found for task in tasks if (found := ask(engine, engine.rereading, task)) is not None]
    save(asked, path)
    click.echo(f"{name}: {len(asked)} questions")


def save(asked: Sequence[Asked], path: Path) -> None:
    """Write everything to one file, whole or not at all."""
    part = path.with_suffix(".part")
    with part.open("wb") as file:
        np.savez(
            file,
            allow_pickle=False,
            names=np.array(Names),
            counts=np.array([len(one.right) for one in asked]),
            documents=np.array([one.document for one in asked]),
            rows=np.concatenate([one.rows for one in asked]),
            right=np.concatenate([one.right for one in asked]),
        )
    part.replace(path)


def load(path: Path) -> list[Asked]:
    """Read a file that ``save`` wrote. Raises ValueError if it holds other names."""
    with np.load(path) as arrays:
        if tuple(arrays["names"]) != Names:
            raise ValueError(f"{path} is of another version: delete it and gather again")
        ends = np.cumsum(arrays["counts"])[:-1]
        rows, right = np.split(arrays["rows"], ends), np.split(arrays["right"], ends)
        documents = arrays["documents"].tolist()
    return [
        Asked(document=document, rows=rows[n], right=right[n])
        for n, document in enumerate(documents)
    ]


@main.command("learn")
@click.option("--work-dir", type=click.Path(path_type=Path, exists=True), required=True)
def learn_command(work_dir: Path) -> None:
    """Fit on what was read, write the weights, report on the dev files."""
    read = work_dir / "read"
    train = [one for path in sorted(read.glob("*.train.npz")) for one in load(path)]
    halves = [[one for one in train if one.document // HELD_OUT % 2 == half] for half in (0, 1)]
    judging = []
    for half, other in (halves, halves[::-1]):
        of_the_other = fit_weighing(other)
        judging += [best(of_the_other, one) for one in half]
    weighing, calibration = fit_weighing(train), fit_confidence(judging)
    folder = Path(qa.__file__).parent
    write(folder / "weigh.json", weighing)
    fitted = msgspec.structs.replace(Calibrations.load(), reread=calibration)
    write(folder / "judge.json", fitted)
    click.echo(f"{len(train)} questions")
    report(weighing, calibration, read)


def fit_weighing(asked: Sequence[Asked]) -> ByLanguage:
    """Fit "this sentence is right" to ``WEIGHED``."""
    rows = np.concatenate([one.rows for one in asked])
    right = np.concatenate([one.right for one in asked])
    fitted = by_language(WEIGHED, columns(rows, WEIGHED), right, same_language(rows))
    return with_weight(fitted, "refusal", REFUSAL)


def fit_confidence(judging: Sequence[tuple[Mapping[str, float], bool]]) -> Calibration:
    """Fit "the first sentence is right" to its signs."""
    rows = np.array([[signs[name] for name in Names] for signs, _ in judging])
    right = np.array([good for _, good in judging])
    names = [name for name in REREAD if name != "absent"]
    fitted = by_language(names, columns(rows, names), right, same_language(rows))
    return Calibration(
        answers=with_weight(fitted, "absent", ABSENT),
        point_within=POINT_WITHIN,
        sure_within=SURE_WITHIN,
    )


def with_weight(fitted: ByLanguage, name: str, weight: float) -> ByLanguage:
    """Return the regressions with a weight that is set."""
    same, across = (
        Regression(weights={**each.weights, name: weight}, bias=each.bias)
        for each in (fitted.same, fitted.across)
    )
    return ByLanguage(same=same, across=across)


def same_language(rows: Floats) -> npt.NDArray[np.bool_]:
    """Return which rows share the language of their question."""
    found: npt.NDArray[np.bool_] = rows[:, Names.index("same_language")] > 0.5
    return found


def columns(rows: Floats, names: Sequence[str]) -> Floats:
    """Return some columns of rows that have all ``Names``."""
    return rows[:, [Names.index(name) for name in names]]


def best(weighing: ByLanguage, one: Asked) -> tuple[Mapping[str, float], bool]:
    """Return the signs of the sentence that comes first, and whether it is right."""
    signs = [dict(zip(Names, row, strict=True)) for row in one.rows.tolist()]
    first = int(np.argmax([round(weighing.logit(each), 6) for each in signs]))
    return signs[first], bool(one.right[first])


def write(path: Path, weights: msgspec.Struct) -> None:
    """Write weights as JSON for people."""
    path.write_bytes(msgspec.json.format(msgspec.json.encode(weights), indent=2) + b"\n")


def report(weighing: ByLanguage, calibration: Calibration, read: Path) -> None:
    """Print what the dev files say: first sentence right, and the confidence in it."""
    from sklearn.metrics import roc_auc_score

    click.echo("dev set          questions  first sight        read               AUROC  ECE")
    for path in sorted(read.glob("*.dev.npz")):
        name = path.name.removesuffix(".dev.npz")
        asked, lost = load(path), load(read / f"{name}.dev.unanswerable.npz")
        sight = Names.index("first_sight")
        before = np.array([one.right[one.rows[:, sight].argmax()] for one in asked])
        judged = [best(weighing, one) for one in (*asked, *lost)]
        right = np.array([good for _, good in judged])
        confidence = np.array([calibration.confidence(signs) for signs, _ in judged])
        click.echo(
            f"{name:16}{len(asked):10}  {interval(before)}  {interval(right[: len(asked)])}  "
            f"{roc_auc_score(right, confidence):.3f}  {calibration_error(confidence, right):.3f}"
        )


if __name__ == "__main__":
    main()
