"""Learns the weights of reader and judge from question sets in the SQuAD layout.

    python -m eval.fit gather --data-dir DIR --work-dir DIR    # embeds, retrieves; some 20 minutes
    python -m eval.fit learn --work-dir DIR                    # fits, writes, reports; some minutes

Only ``train`` files are learnt from; ``dev`` is reported. The questions of a fifth of the training
paragraphs are kept from the scorer and fit the judge, in every language of a parallel set.
"""

import random
import time
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path

import click
import msgspec
import numpy as np

import qa
from eval.datasets.parts import refuse_test
from eval.datasets.squad import read_squad
from eval.examples import Example, Examples, gather, joined
from eval.measures.calibration import calibration_error
from eval.measures.interval import share_in_words
from eval.question import Collection
from eval.regression import by_language
from eval.tasks import Task, varied, whole, without_answer
from eval.train import Arrays, train
from qa.engine import Engine, open_engine
from qa.features import SCALARS, SENTENCE_COSINE
from qa.judge import FIRST_SIGHT, Calibration, Calibrations
from qa.read import Scorer
from qa.settings import Settings

SETS = {"piaf": "fr", "afriqa.fr": "fr", "norquad-news": "nb", "squad-it": "it", "squad-es": "es"}
HALVED = ("squad-it", "squad-es")  # large sets, of which every second question is asked
PARALLEL = ("en", "de", "es", "ro", "ru", "tr", "ar", "zh", "el", "vi")  # of XQuAD
OFTEN = ("en", "de", "es")  # drawn more often than the other languages
ROUNDS = 14  # over XQuAD, each of a share of its questions, with languages drawn anew
SHARE = 0.4
REMOVED = 0.3  # share of the questions that lose their answer
HELD_OUT = 5  # the judge's paragraphs are those whose number this divides
POINT_WITHIN = 2.5  # logits: see Calibration
SEED = 11


@click.group()
def main() -> None:
    """Learn the weights of reader and judge."""


@main.command("gather")
@click.option("--data-dir", type=click.Path(path_type=Path, exists=True), required=True)
@click.option("--work-dir", type=click.Path(path_type=Path), required=True)
def gather_command(data_dir: Path, work_dir: Path) -> None:
    """Embed the sets, ask their questions, and keep what the reader would be given.

    Stopped, it goes on where it was; delete the folder ``examples`` to gather again.
    """
    for name, language in SETS.items():
        learnt, dev = (read_set(data_dir, name, part, language) for part in ("train", "dev"))
        with filled(work_dir / "index" / name, [learnt, dev]) as engine:
            share = 0.5 if name in HALVED else 1.0
            tasks = varied(learnt, [learnt], seed=1, removed=REMOVED, share=share)
            keep(engine, work_dir, f"{name}.train", tasks)
            if name == "piaf":
                tasks = varied(learnt, [learnt], seed=2, removed=REMOVED, share=0.5)
                keep(engine, work_dir, f"{name}.again.train", tasks)
            beside = [learnt] if name == "piaf" else []
            keep_dev(engine, work_dir, name, dev, dev, beside)
    learnt_in = {x: read_set(data_dir, f"xquad.{x}", "train", x) for x in PARALLEL}
    dev_in = {x: read_set(data_dir, f"xquad.{x}", "dev", x) for x in PARALLEL}
    both = [*learnt_in.values(), *dev_in.values()]
    with filled(work_dir / "index" / "xquad", both) as engine:
        keep(engine, work_dir, "xquad.train", parallel(learnt_in))
        for asked, over in (("en", "en"), ("en", "de"), ("en", "es"), ("de", "en"), ("es", "es")):
            name = f"xquad.{asked}-{over}"
            keep_dev(engine, work_dir, name, dev_in[asked], dev_in[over], [learnt_in[over]])


def read_set(data_dir: Path, name: str, part: str, language: str) -> Collection:
    """Read one file of the data folder. Raises HeldOutError for a test part."""
    refuse_test(f"{name}.{part}")
    return read_squad(data_dir / f"{name}.{part}.json.gz", language=language)


def filled(folder: Path, collections: Sequence[Collection]) -> Engine:
    """Return an engine over the articles of the collections, embedded once."""
    engine = open_engine(Settings(data=folder))
    for _ in engine.add(chain.from_iterable(each.articles for each in collections)):
        pass
    return engine


def parallel(by_language: dict[str, Collection]) -> Iterator[Task]:
    """Ask in one language of paragraphs in another, or in several."""
    chance = random.Random(SEED)  # noqa: S311
    languages = (*OFTEN, *by_language)
    for number in range(ROUNDS):
        for several in (1, chance.choice((2, 3, 4))):
            asked = by_language[chance.choice(languages)]
            over = {chance.choice((*OFTEN, *languages)) for _ in range(several)}
            yield from varied(
                asked,
                [by_language[language] for language in sorted(over)],
                seed=2 * number + (several > 1),
                removed=REMOVED,
                share=SHARE,
            )


def keep_dev(
    engine: Engine,
    work_dir: Path,
    name: str,
    asked: Collection,
    over: Collection,
    beside: Sequence[Collection],
) -> None:
    """Gather the dev questions, once with the paragraph that answers and once without."""
    keep(engine, work_dir, f"{name}.dev", whole(asked, over, beside=beside))
    unanswerable = without_answer(whole(asked, over, beside=beside))
    keep(engine, work_dir, f"{name}.dev.unanswerable", unanswerable)


def keep(engine: Engine, work_dir: Path, name: str, tasks: Iterator[Task]) -> None:
    """Gather one file of examples, unless it is there."""
    path = examples_file(work_dir, name)
    if not path.exists():
        path.parent.mkdir(exist_ok=True)
        began = time.perf_counter()
        found = gather(engine, tasks)
        found.save(path)
        seconds = time.perf_counter() - began
        click.echo(f"{name}: {len(found.examples)} questions, {seconds:.0f} s")


def examples_file(work_dir: Path, name: str) -> Path:
    """Return where the examples of one set are."""
    return work_dir / "examples" / f"{name}.npz"


@main.command("learn")
@click.option("--work-dir", type=click.Path(path_type=Path, exists=True), required=True)
def learn_command(work_dir: Path) -> None:
    """Fit on what was gathered, write qa/scorer.npz and qa/judge.json, report on the dev files."""
    weights = Path(qa.__file__).parent
    files = sorted((work_dir / "examples").glob("*.train.npz"))
    data = joined([Examples.load(path) for path in files])
    learning = data.of(e.document % HELD_OUT > 0 for e in data.examples)
    judging = data.of(e.document % HELD_OUT == 0 for e in data.examples)
    began = time.perf_counter()
    arrays = train(learning, seed=SEED)
    click.echo(
        f"scorer: {len(learning.examples)} questions, {time.perf_counter() - began:.0f} s; "
        f"judge: {len(judging.examples)} questions"
    )
    calibration = fit_judge(arrays, judging)
    with (weights / "scorer.npz").open("wb") as file:
        np.savez(file, allow_pickle=False, **arrays)
    fitted = msgspec.structs.replace(Calibrations.load(), first_sight=calibration)
    (weights / "judge.json").write_bytes(
        msgspec.json.format(msgspec.json.encode(fitted), indent=2) + b"\n"
    )
    report(arrays, calibration, work_dir)


def judged(scorer: Scorer, example: Example, data: Examples) -> tuple[dict[str, float], bool]:
    """Return the judge's signs for an example, and whether the first sentence is right."""
    scores = scorer.score(
        example.question,
        example.scalars,
        example.surface,
        data.vectors[example.sentences],
        data.vectors[example.passages],
    )
    best = int(np.argmax(scores))
    cosines = example.scalars[:, SENTENCE_COSINE]
    scalars = dict(zip(SCALARS, example.scalars[best].tolist(), strict=True))
    known = {"first_sight": float(scores[best]), "median_cosine": float(np.median(cosines))}
    return {**scalars, **known}, bool(example.right[best])


def fit_judge(arrays: Arrays, data: Examples) -> Calibration:
    """Return the logistic regression of "the first sentence is right" on its signs."""
    scorer = Scorer(**arrays)
    found = [judged(scorer, example, data) for example in data.examples]
    table = np.array([[signs[name] for name in FIRST_SIGHT] for signs, _ in found])
    same = np.array([signs["same_language"] > 0.5 for signs, _ in found])
    right = np.array([good for _, good in found])
    answers = by_language(FIRST_SIGHT, table, right, same)
    return Calibration(answers=answers, point_within=POINT_WITHIN, sure_within=POINT_WITHIN)


def report(arrays: Arrays, calibration: Calibration, work_dir: Path) -> None:
    """Print what the dev files say: passages found, first sentence right, confidence."""
    from sklearn.metrics import roc_auc_score

    scorer = Scorer(**arrays)
    click.echo("dev set           questions  recall@5          first sentence    AUROC   ECE")
    for path in sorted((work_dir / "examples").glob("*.dev.npz")):
        name = path.name.removesuffix(".dev.npz")
        asked = Examples.load(path)
        unanswerable = Examples.load(examples_file(work_dir, f"{name}.dev.unanswerable"))
        found = [judged(scorer, e, asked) for e in asked.examples]
        lost = [judged(scorer, e, unanswerable) for e in unanswerable.examples]
        right = np.array([good for _, good in found + lost])
        confidence = np.array([calibration.confidence(given) for given, _ in found + lost])
        recalled = np.array([0 < example.found <= 5 for example in asked.examples])
        click.echo(
            f"{name:18}{len(found):9}  {share_in_words(recalled)}  "
            f"{share_in_words(right[: len(found)])}  "
            f"{roc_auc_score(right, confidence):.3f}  {calibration_error(confidence, right):.3f}"
        )


if __name__ == "__main__":
    main()
