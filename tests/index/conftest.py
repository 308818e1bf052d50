"""A store in a temporary folder, and articles made ready for it without a model."""

import hashlib
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from index.article import Article, Passage, Span
from index.protocols import Embedded, Embedder, Prepared
from index.store import LocalStore

Prepare = Callable[..., Prepared]
OpenStore = Callable[..., LocalStore]


@pytest.fixture
def prepare(hashing_embedder: Embedder) -> Prepare:
    """Makes an article ready: a sentence ends with a full stop, a passage is two sentences."""

    def make(article_id: str, text: str, *, language: str = "en", **known: Any) -> Prepared:
        article = Article(id=article_id, text=text, language=language, **known)
        sentences = [Span(m.start(), m.end()) for m in re.finditer(r"[^.\s][^.]*\.?", text)]
        passages = [sentences[start : start + 2] for start in range(0, len(sentences), 2)]
        return Prepared(
            article=article,
            passages=tuple(
                embed(article, Passage(sentences=tuple(spans)), hashing_embedder)
                for spans in passages
            ),
        )

    return make


def embed(article: Article, passage: Passage, embedder: Embedder) -> Embedded:
    texts = [sentence.of(article.text) for sentence in passage.sentences]
    whole = passage.span.of(article.text)
    return Embedded(
        passage=passage,
        content_hash=hashlib.sha256(whole.encode()).digest(),
        vector=embedder.embed_passages([whole])[0],
        sentence_vectors=embedder.embed_passages(texts),
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "index"


@pytest.fixture
def open_store(folder: Path, hashing_embedder: Embedder) -> Iterator[OpenStore]:
    """Opens the store in ``folder``, as often as asked; closes all in the end."""
    stores: list[LocalStore] = []

    def make(**changed: Any) -> LocalStore:
        built = {"fingerprint": "hashing-64", "dimension": 64, "model": "hashing"}
        stores.append(LocalStore.open(folder, **{**built, **changed}))
        return stores[-1]

    yield make
    for store in stores:
        store.close()


@pytest.fixture
def store(open_store: OpenStore) -> LocalStore:
    return open_store()
