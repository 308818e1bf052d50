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
from eval.fit import HALVED, HELD_OUT, PARALLEL, REMOVED, SETS, filled, parallel, read_set
from eval.lines import REFUSED, WRONG, Judged, lines_for, risks
from eval.measures.calibration import calibration_error
from eval.measures.interval import share_in_words
from eval.question import Collection
from eval.regression import by_language
from eval.tasks import Task, by_article, varied, whole, without_answer
from eval.training.own_texts import own_texts
from eval.training.recipe import OWN, learnt
from index.article import Span
from index.protocols import Filters
from qa.agreement import agreement
from qa.engine import Engine
from qa.judge import REREAD, Calibration, Calibrations
from qa.regression import ByLanguage, Regression
from qa.reread import WEIGHED, Rereading

# Logits: see Calibration. The second was chosen on the 16 train lists that the reader has not seen:
# at 1.25, 0.802 of the points are right, at 1.5, 0.769, and as many answers are found.
POINT_WITHIN, SURE_WITHIN = 2.5, 1.25
# Logits that the confidence loses where no passage has any name of the question. Set and not
# fitted: nearly all such questions with an answer are public ones that spell a name otherwise than
# their paragraph, as two languages do, and have it right; that a name is absent then counts for
# nothing. Of our own train questions, 2 in 100 with an answer have an absent name, and 27 without.
ABSENT = -1.5
# Logits that a sentence that says no gains, and another loses, where a refusal is asked for, in the
# order and in the confidence. Set as well: some 70 of the questions ask for one, 57 of the 59 that
# have an answer are answered by a sentence that says no, and what is fitted to them went from 0.6
# to 1.8 with the sitting. Too little, and who agrees is named among those who refuse.
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
    answerable: bool
    rows: Floats  # (sentences, len(Names))
    right: npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class First:
    """The sentence of a question that comes first."""

    signs: Mapping[str, float]
    right: bool


@click.group()
def main() -> None:
    """Learn the weights of what the trained reader says."""


def ask(engine: Engine, rereading: Rereading, task: Task) -> Asked | None:
    """Retrieve, score and read for one task; None when nothing was found."""
    question = engine.understand(task.question)
    with engine.store.snapshot() as snapshot:
        candidates = engine.candidates(question, snapshot, task.scope, engine.settings.passages)
        scored = engine.reader.read(question, candidates, snapshot)
        found = rereading.read(question, scored, snapshot.generation)
    if not found:
        return None
    known: dict[tuple[str, Span], Mapping[str, float]] = {}
    for one in found:  # of a sentence that gives several answers, the first
        if one.place not in known:
            known[one.place] = {**one.signs, "agreement": agreement(one, found)}
    return Asked(
        document=task.document,
        answerable=bool(task.gold),
        rows=np.array([[signs[name] for name in Names] for signs in known.values()]),
        right=np.array([task.holds(*place) for place in known]),
    )


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
            text = question.in_full
            if learnt(number) or (number, text) in asked:
                continue
            asked.add((number, text))
            # Half of them fit the weights and half the confidence, neighbours together, which ask
            # the same.
            document = number // 20 * HELD_OUT
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
            answerable=np.array([one.answerable for one in asked]),
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
        documents, answerable = arrays["documents"].tolist(), arrays["answerable"].tolist()
    return [
        Asked(document=documents[n], answerable=answerable[n], rows=rows[n], right=right[n])
        for n in range(len(documents))
    ]


@main.command("learn")
@click.option("--work-dir", type=click.Path(path_type=Path, exists=True), required=True)
def learn_command(work_dir: Path) -> None:
    """Fit on what was read, write the weights, report on the dev files."""
    read = work_dir / "read"
    by_name = {path.name: load(path) for path in sorted(read.glob("*.train.npz"))}
    train = [one for each in by_name.values() for one in each]
    halves = [[one for one in train if half_of(one) == half] for half in (0, 1)]
    of_the_other = [fit_weighing(halves[1]), fit_weighing(halves[0])]

    def first(one: Asked) -> First:
        return best(of_the_other[half_of(one)], one)

    weighing, calibration = fit_weighing(train), fit_confidence([first(one) for one in train])
    folder = Path(qa.__file__).parent
    write(folder / "weigh.json", weighing)
    fitted = msgspec.structs.replace(Calibrations.load(), reread=calibration)
    write(folder / "judge.json", fitted)
    click.echo(f"{len(train)} questions")
    own = by_name[f"{OWN}.train.npz"]  # asked of all our articles, as users ask
    asked = [judgement(one, first(one), calibration) for one in own]
    click.echo(f"\nLines for {WRONG:.0%} wrong and {REFUSED:.0%} refused, {len(own)} of our own:")
    click.echo(risks(asked, lines_for(asked)) + "\n")
    report(weighing, calibration, read)


def judgement(one: Asked, said: First, calibration: Calibration) -> Judged:
    """Return what came of a question."""
    confidence = calibration.confidence(said.signs)
    return Judged(confidence=confidence, right=said.right, answerable=one.answerable)


def half_of(one: Asked) -> int:
    """Return which half of the questions one belongs to, whole paragraphs together."""
    return one.document // HELD_OUT % 2


def fit_weighing(asked: Sequence[Asked]) -> ByLanguage:
    """Fit "this sentence is right" to ``WEIGHED``."""
    rows = np.concatenate([one.rows for one in asked])
    right = np.concatenate([one.right for one in asked])
    return fit(WEIGHED, rows, right, known={"refusal": REFUSAL})


def fit_confidence(judging: Sequence[First]) -> Calibration:
    """Fit "the first sentence is right" to its signs."""
    rows = np.array([[said.signs[name] for name in Names] for said in judging])
    right = np.array([said.right for said in judging])
    return Calibration(
        answers=fit(REREAD, rows, right, known={"absent": ABSENT, "refusal": REFUSAL}),
        point_within=POINT_WITHIN,
        sure_within=SURE_WITHIN,
    )


def fit(
    names: Sequence[str], rows: Floats, right: npt.NDArray[np.bool_], *, known: Mapping[str, float]
) -> ByLanguage:
    """Fit the weights of some columns, but for those that are set."""
    free = [name for name in names if name not in known]
    fitted = by_language(free, columns(rows, free), right, same_language(rows))
    same, across = (
        Regression(weights={**each.weights, **known}, bias=each.bias)
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


def best(weighing: ByLanguage, one: Asked) -> First:
    """Return the sentence that comes first."""
    signs = [dict(zip(Names, row, strict=True)) for row in one.rows.tolist()]
    first = int(np.argmax([round(weighing.logit(each), 6) for each in signs]))
    return First(signs=signs[first], right=bool(one.right[first]))


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
        right = np.array([said.right for said in judged])
        confidence = np.array([calibration.confidence(said.signs) for said in judged])
        click.echo(
            f"{name:16}{len(asked):10}  {share_in_words(before)}  "
            f"{share_in_words(right[: len(asked)])}  "
            f"{roc_auc_score(right, confidence):.3f}  {calibration_error(confidence, right):.3f}"
        )


if __name__ == "__main__":
    main()
