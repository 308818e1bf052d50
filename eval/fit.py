"""Learns the weights of reader and judge from question sets in the SQuAD layout.

    python -m eval.fit --data-dir DIR --work-dir DIR

Only ``train`` files are learnt from; ``dev`` is reported. A fifth of the training questions is kept
from the scorer and fits the judge. Of a part of the questions the paragraph that answers them is
taken away; half are asked of a small random part of the paragraphs, because an index may hold five
articles or a million.
"""

import time
from pathlib import Path

import click
import msgspec
import numpy as np

import qa
from eval.examples import Example, examples, read
from eval.squad import Collection, read_squad
from eval.train import train
from index.protocols import Filters
from qa.engine import Engine, open_engine
from qa.judge import SIGNS, Calibration, signs
from qa.read import Reader, Scorer
from qa.settings import Settings

FILES = {"piaf": "fr", "xquad.en": "en", "xquad.de": "de", "xquad.es": "es"}
PAIRS = (  # whose questions over whose paragraphs
    ("piaf", "piaf"),
    ("xquad.en", "xquad.en"),
    ("xquad.en", "xquad.de"),
    ("xquad.en", "xquad.es"),
    ("xquad.de", "xquad.de"),
)
REMOVED = 0.2  # share of the questions that lose their answer, for the scorer
POINT_WITHIN = 2.0  # logits: see Calibration
SEED = 11


@click.command()
@click.option("--data-dir", type=click.Path(path_type=Path, exists=True), required=True)
@click.option("--work-dir", type=click.Path(path_type=Path), required=True)
def main(data_dir: Path, work_dir: Path) -> None:
    """Fit, write qa/scorer.npz and qa/judge.json, and report on the dev files."""
    weights = Path(qa.__file__).parent
    learning: list[Example] = []
    judging: list[Example] = []
    for name, pair in enumerate(PAIRS):
        asked, over = (collection(data_dir, part, "train") for part in pair)
        found = list(examples(filled(work_dir, over), asked, over, seed=name, removed=REMOVED))
        learning += [example for row, example in enumerate(found) if row % 5]
        judging += [example for row, example in enumerate(found) if not row % 5]
        click.echo(f"{pair[0]} over {pair[1]}: {len(found)} questions")
        again = examples(filled(work_dir, over), asked, over, seed=100 + name, removed=1.0, every=5)
        judging += again
    began = time.perf_counter()
    arrays = train(learning, seed=SEED)
    click.echo(f"scorer: {len(learning)} questions, {time.perf_counter() - began:.0f} s")
    with (weights / "scorer.npz").open("wb") as file:
        np.savez(file, allow_pickle=False, **arrays)
    reader = Reader(Scorer.load())
    calibration = fit_judge(reader, judging)
    (weights / "judge.json").write_bytes(
        msgspec.json.format(msgspec.json.encode(calibration), indent=2) + b"\n"
    )
    report(reader, calibration, data_dir, work_dir)


def collection(data_dir: Path, name: str, part: str) -> Collection:
    """Read one file of the data folder."""
    return read_squad(data_dir / f"{name}.{part}.json.gz", language=FILES[name])


def filled(work_dir: Path, *collections: Collection) -> Engine:
    """Return an engine over the articles of the collections, embedded once."""
    engine = open_engine(Settings(data=work_dir / "+".join(c.name for c in collections)))
    for each in collections:
        for _ in engine.add(each.articles):
            pass
    return engine


def judged(reader: Reader, example: Example) -> tuple[dict[str, float], bool]:
    """Return the judge's signs for an example, and whether the first sentence is right."""
    ranked = reader.rank(example.question, example.given)
    best = int(
        np.argmax(
            [
                s.span == ranked[0].sentence and s.record is ranked[0].record
                for s in example.given.sentences
            ]
        )
    )
    return signs(ranked), bool(example.right[best])


def fit_judge(reader: Reader, examples: list[Example]) -> Calibration:
    """Return the logistic regression of "the first sentence is right" on the signs."""
    from sklearn.linear_model import LogisticRegression

    found = [judged(reader, example) for example in examples]
    table = np.array([[one[name] for name in SIGNS] for one, _ in found])
    deviation = table.std(axis=0) + 1e-9
    fitted = LogisticRegression(C=1.0, max_iter=2000).fit(
        table / deviation, [right for _, right in found]
    )
    return Calibration(
        weights=dict(zip(SIGNS, (fitted.coef_[0] / deviation).round(6).tolist(), strict=True)),
        bias=round(float(fitted.intercept_[0]), 6),
        point_within=POINT_WITHIN,
    )


def report(reader: Reader, calibration: Calibration, data_dir: Path, work_dir: Path) -> None:
    """Print what the dev files say: passages found, first sentence right, refusals told apart."""
    from sklearn.metrics import roc_auc_score

    for asked, over in PAIRS:
        questions, articles = (collection(data_dir, part, "dev") for part in (asked, over))
        parts = [collection(data_dir, over, "train"), articles] if over == "piaf" else [articles]
        engine = filled(work_dir, *parts)
        ids = [a.id for part in parts for a in part.articles]
        first, found, confidences, right = [], [], [], []
        for question, gold in zip(questions.questions, articles.questions, strict=True):
            example = read(engine, question.text, gold)
            sign, good = judged(reader, example)
            first.append(good)
            found.append(recalled(engine, question.text, gold.article_id))
            without = Filters(article_ids=tuple(i for i in ids if i != gold.article_id))
            lost, _ = judged(reader, read(engine, question.text, gold, without))
            confidences += [calibration.confidence(sign), calibration.confidence(lost)]
            right += [good, False]
        click.echo(
            f"dev {asked} over {over}: n={len(first)} recall@5={np.mean(found):.3f} "
            f"first sentence={np.mean(first):.3f} ± {1.96 * np.std(first) / len(first) ** 0.5:.3f} "
            f"AUROC={roc_auc_score(right, confidences):.3f}"
        )


def recalled(engine: Engine, text: str, article_id: str) -> bool:
    """Whether the article is among the first five passages."""
    return any(p.article_id == article_id for p in engine.search(text, limit=5).passages)


if __name__ == "__main__":
    main()
