"""A rebuild grows beside the index that is in use, and takes its place at once."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from index.article import Article
from index.doctor import examine
from index.errors import EmbedderChangedError
from index.protocols import Embedder, Prepared
from index.rebuild import Rebuild
from index.store import LocalStore

Prepare = Callable[..., Prepared]
OpenStore = Callable[..., LocalStore]
OTHER = {"fingerprint": "first-32", "dimension": 32, "model": "first"}


@pytest.fixture
def filled(store: LocalStore, prepare: Prepare) -> LocalStore:
    store.put([prepare("a", "Snow fell on Oslo."), prepare("b", "Rain fell on Bergen.")])
    store.put([prepare("c", "Fog lay on Narvik. Wind rose.")])
    return store


def shorter(prepare: Prepare, article: Article) -> Prepared:
    """Prepare an article with another model: the first half of each vector."""
    prepared = prepare(article.id, article.text, language=article.language, source=article.source)
    passages = tuple(
        replace(
            embedded,
            vector=embedded.vector[:32],
            sentence_vectors=np.ascontiguousarray(embedded.sentence_vectors[:, :32]),
        )
        for embedded in prepared.passages
    )
    return Prepared(article=article, passages=passages)


def fill(rebuild: Rebuild, prepare: Prepare) -> list[str]:
    done = []
    for batch in rebuild.missing(limit=1):
        rebuild.staging.put([shorter(prepare, article) for article in batch])
        done.extend(article.id for article in batch)
    return done


def test_a_rebuilt_index_holds_the_same_articles_by_another_model(
    filled: LocalStore, prepare: Prepare, open_store: OpenStore, hashing_embedder: Embedder
) -> None:
    with LocalStore.open_existing(filled.folder) as main:
        rebuild = Rebuild.begin(main, **OTHER, recipe="64")
        assert fill(rebuild, prepare) == ["a", "b", "c"]
        with filled.snapshot() as meanwhile:
            assert len(meanwhile.dense(hashing_embedder.embed_question("Oslo"), 5)) == 3
        assert rebuild.finish()
        with main.snapshot() as snapshot:
            assert snapshot.generation == 3 + 1  # staging took three batches of one
            assert len(snapshot.dense(np.ones(32, np.float32), 5)) == 3
            assert len(snapshot.lexical("Oslo Narvik", 5)) == 2
    with pytest.raises(EmbedderChangedError):
        filled.snapshot()
    with open_store(**OTHER) as reopened:
        assert reopened.status().degraded == ()
    assert [finding for finding in examine(filled.folder) if not finding.ok] == []
    assert not (filled.folder / "rebuild").exists()


def test_what_changes_meanwhile_is_caught_up_with(filled: LocalStore, prepare: Prepare) -> None:
    with LocalStore.open_existing(filled.folder) as main:
        rebuild = Rebuild.begin(main, **OTHER, recipe="64")
        fill(rebuild, prepare)
        filled.put([prepare("a", "Hail fell on Oslo."), prepare("d", "Thunder over Molde.")])
        filled.remove(["b"])
        assert not rebuild.finish()
        assert fill(rebuild, prepare) == ["a", "d"]
        assert rebuild.finish()
        with main.snapshot() as snapshot:
            assert [summary.id for summary in snapshot.summaries(9)] == ["a", "c", "d"]
            assert len(snapshot.lexical("Hail Snow Rain", 5)) == 1


def test_a_rebuild_that_was_stopped_goes_on_where_it_was(
    filled: LocalStore, prepare: Prepare
) -> None:
    rebuild = Rebuild.begin(filled, **OTHER, recipe="64")
    (first,) = next(rebuild.missing(limit=1))
    rebuild.staging.put([shorter(prepare, first)])
    rebuild.close()
    again = Rebuild.begin(filled, **OTHER, recipe="64")
    assert fill(again, prepare) == ["b", "c"]
    again.close()
    other = Rebuild.begin(filled, **OTHER, recipe="32")
    assert fill(other, prepare) == ["a", "b", "c"]
    other.close()


def test_a_rebuild_by_the_same_model_lets_the_running_store_go_on(
    filled: LocalStore, prepare: Prepare, folder: Path
) -> None:
    same = {"fingerprint": "hashing-64", "dimension": 64, "model": "hashing"}
    rebuild = Rebuild.begin(filled, **same, recipe="64")
    for batch in rebuild.missing():
        known = filled.known_vectors(
            embedded.content_hash
            for article in batch
            for embedded in prepare(article.id, article.text).passages
        )
        assert len(known) == 3  # nothing needs to be embedded again
        rebuild.staging.put([prepare(article.id, article.text) for article in batch])
    assert rebuild.finish()
    with filled.snapshot() as snapshot:
        assert snapshot.generation == 3
        assert snapshot.count_articles() == 3
    filled.put([prepare("d", "Thunder over Molde.")])
    assert [finding for finding in examine(folder) if not finding.ok] == []
