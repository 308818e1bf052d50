"""An engine without a model, and articles to let it grow by."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from index.protocols import Embedder
from index.store import LocalStore
from qa.engine import Engine
from qa.settings import Settings

ROWS = [
    {"id": "ferry", "lang": "en", "text": "The ferry to Brévane runs again on Monday. It is free."},
    {"id": "bac", "lang": "fr", "text": "Le bac de Brévane reprend lundi. Il sera gratuit."},
    {"id": "mill", "lang": "en", "text": "The old mill has been sold. Nobody knows to whom."},
]


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    file = tmp_path / "articles.jsonl"
    file.write_text("".join(f"{json.dumps(row)}\n" for row in [*ROWS, {"id": "empty"}]))
    return file


@pytest.fixture
def engine(tmp_path: Path, hashing_embedder: Embedder) -> Iterator[Engine]:
    store = LocalStore.open(
        tmp_path / "index",
        fingerprint=hashing_embedder.fingerprint,
        dimension=hashing_embedder.dimension,
        model="hashing",
    )
    with Engine(Settings(data=tmp_path / "index", reader="off"), store, hashing_embedder) as engine:
        yield engine
