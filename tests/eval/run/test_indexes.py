"""An index is built once for what decides its content, and never answers for anything else."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import click
import numpy as np
import pytest

from api.cli import main
from api.cli.session import Session
from eval.question import Collection
from eval.run.indexes import NOTE, engine_over
from index.article import Article, Span
from index.protocols import Embedder, Vector, Vectors
from index.store import LocalStore
from qa.engine import Engine
from qa.settings import Settings


class Counting:
    """The small embedder, which counts the passages that it is given."""

    def __init__(self, inner: Embedder, fingerprint: str = "counting") -> None:
        self._inner = inner
        self.fingerprint = fingerprint
        self.dimension = inner.dimension
        self.token_budget = inner.token_budget
        self.passages = 0

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        return self._inner.count_tokens(texts)

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        return self._inner.embed_passages(texts)

    def embed_in_context(
        self, texts: Sequence[str], sentences: Sequence[Sequence[Span]]
    ) -> list[tuple[Vector, Vectors]]:
        self.passages += len(texts)
        return self._inner.embed_in_context(texts, sentences)

    def embed_question(self, question: str) -> Vector:
        return self._inner.embed_question(question)


@pytest.fixture
def embedder(hashing_embedder: Embedder) -> Counting:
    return Counting(hashing_embedder)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(
        cache=tmp_path / "cache", model="hashing", reader="off", data=tmp_path / "archive"
    )


def session_with(embedder: Counting) -> Session:
    def open_(settings: Settings, *, rebuilding: bool = False) -> Engine:
        store = LocalStore.open(
            settings.data,
            fingerprint=embedder.fingerprint,
            dimension=embedder.dimension,
            model=settings.model,
        )
        return Engine(settings, store, embedder)

    return Session(click.Context(main), open_)


Held = Callable[[Settings, Collection], list[Article]]


def held(embedder: Counting, settings: Settings, collection: Collection) -> list[Article]:
    """Open the index, and return the articles that it holds."""
    with engine_over(session_with(embedder), collection, settings) as engine:
        return [article for batch in engine.store.articles() for article in batch]


def test_an_index_holds_the_articles_of_the_set_and_is_built_once(
    embedder: Counting, settings: Settings, collection: Collection
) -> None:
    assert held(embedder, settings, collection) == list(collection.articles)
    built = embedder.passages
    assert built >= 3
    assert held(embedder, settings, collection) == list(collection.articles)
    assert embedder.passages == built
    assert not settings.data.exists()


def test_other_articles_get_an_index_of_their_own(
    embedder: Counting, settings: Settings, collection: Collection
) -> None:
    held(embedder, settings, collection)
    fewer = replace(collection, articles=collection.articles[:2])
    assert held(embedder, settings, fewer) == list(fewer.articles)
    retitled = (replace(collection.articles[0], title="Another title"), *collection.articles[1:])
    other = replace(collection, articles=retitled)
    assert held(embedder, settings, other)[0].title == "Another title"


def test_other_questions_or_readers_use_the_same_index(
    embedder: Counting, settings: Settings, collection: Collection
) -> None:
    held(embedder, settings, collection)
    built = embedder.passages
    other = Settings(
        cache=settings.cache, model="hashing", reader="off", passages=3, answered_at=0.9
    )
    held(embedder, other, replace(collection, questions=collection.questions[:1]))
    assert embedder.passages == built


def test_another_passage_size_gets_an_index_of_its_own_and_embeds_only_what_is_new(
    embedder: Counting, settings: Settings, collection: Collection
) -> None:
    long = Article(
        id="long", text=" ".join(f"The boat {n} sailed at noon." for n in range(20)), language="en"
    )
    collection = replace(collection, articles=(*collection.articles, long))
    smaller = Settings(cache=settings.cache, model="hashing", reader="off", passage_tokens=32)
    held(embedder, settings, collection)
    before = embedder.passages
    with engine_over(session_with(embedder), collection, smaller) as engine:
        passages = engine.store.status().passages
    assert passages > before
    new = embedder.passages - before
    assert 0 < new < passages  # the short articles are one passage under either setting


def test_building_that_was_interrupted_goes_on(
    embedder: Counting, settings: Settings, collection: Collection
) -> None:
    held(embedder, settings, collection)
    (note,) = settings.cache.glob(f"eval/*/{NOTE}")
    note.unlink()
    with session_with(embedder).engine(
        create=True,
        settings=Settings(data=note.parent / "index", model="hashing", reader="off"),
    ) as engine:
        engine.remove(["phare"])
    before = embedder.passages
    assert {a.id for a in held(embedder, settings, collection)} == {"frigates", "harvest", "phare"}
    assert embedder.passages == before + 1
    assert note.is_file()


def test_a_model_that_changed_under_its_name_builds_anew(
    embedder: Counting, hashing_embedder: Embedder, settings: Settings, collection: Collection
) -> None:
    held(embedder, settings, collection)
    changed = Counting(hashing_embedder, fingerprint="counting-2")
    assert held(changed, settings, collection) == list(collection.articles)
    assert changed.passages == embedder.passages


def test_a_lent_vector_is_the_one_that_would_be_made(
    embedder: Counting, settings: Settings, collection: Collection
) -> None:
    smaller = Settings(cache=settings.cache, model="hashing", reader="off", passage_tokens=500)
    question = "Which frigates will Denmark send?"
    with engine_over(session_with(embedder), collection, settings) as engine:
        first = engine.search(question, limit=9)
    before = embedder.passages
    with engine_over(session_with(embedder), collection, smaller) as engine:
        second = engine.search(question, limit=9)
    assert embedder.passages == before
    assert np.allclose(
        [each.dense for each in first.passages], [each.dense for each in second.passages]
    )
