"""What an ingest tells of itself while it works."""

from pathlib import Path

from index.article import Article
from index.ingest import Progress, ingest
from index.protocols import Embedder
from index.store import LocalStore


def articles(count: int) -> list[Article]:
    return [
        Article(id=f"a{day}", text=" ".join(f"Le bac {day}-{n} est au port." for n in range(40)))
        for day in range(count)
    ]


def test_progress_moves_inside_a_batch_and_ends_at_what_was_done(
    tmp_path: Path, hashing_embedder: Embedder
) -> None:
    reports: list[Progress] = []
    with LocalStore.open(
        tmp_path, fingerprint="hashing", dimension=hashing_embedder.dimension, model="hashing"
    ) as store:
        options = {"passage_tokens": 40, "on_progress": reports.append}
        stored = list(ingest(store, hashing_embedder, articles(20), **options))

    passages = sum(each.passages for each in stored)
    assert len(reports) > 3
    assert [each.embedded for each in reports] == sorted(each.embedded for each in reports)
    assert 0 < reports[0].articles < 20
    assert reports[-1].articles == 20
    assert reports[-1].passages == passages
    assert reports[-1].embedded + reports[-1].reused == passages
