"""A real engine over a real store, with a reader and a judge whose weights are written by hand."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from index.article import Article
from index.protocols import Embedder
from index.store import LocalStore
from qa.engine import Engine
from qa.features import SCALARS
from qa.judge import FIRST_SIGHT, Calibration, Judge
from qa.read import Reader, Scorer
from qa.settings import Settings
from qa.surface import COUNT


def scorer(dimension: int, **weights: float) -> Scorer:
    """Scores a sentence by the weighted sum of the named scalars; nothing is learned."""
    inputs = len(SCALARS) + 3
    direct = np.zeros(inputs, np.float32)
    for name, weight in weights.items():
        direct[SCALARS.index(name)] = weight
    projection = np.zeros((dimension, 1), np.float32)
    return Scorer(
        mean=np.zeros(len(SCALARS), np.float32),
        deviation=np.ones(len(SCALARS), np.float32),
        question=projection,
        sentence=projection,
        passage=projection,
        demand=projection,
        supply=np.zeros((1, COUNT), np.float32),
        hidden=np.zeros((inputs, 1), np.float32),
        hidden_bias=np.zeros(1, np.float32),
        output=np.zeros(1, np.float32),
        direct=direct,
        bias=np.zeros((), np.float32),
    )


@pytest.fixture
def calibration() -> Calibration:
    """Sure of a sentence that has the question's words, sure of none that has not."""
    weights = dict.fromkeys(FIRST_SIGHT, 0.0) | {"sentence_words": 8.0}
    return Calibration(weights=weights, bias=-3.0, point_within=1.5)


@pytest.fixture
def store(tmp_path: Path, hashing_embedder: Embedder) -> LocalStore:
    return LocalStore.open(
        tmp_path / "index",
        fingerprint=hashing_embedder.fingerprint,
        dimension=hashing_embedder.dimension,
        model="hashing",
    )


@pytest.fixture
def engine(
    tmp_path: Path, store: LocalStore, hashing_embedder: Embedder, calibration: Calibration
) -> Iterator[Engine]:
    settings = Settings(data=tmp_path / "index", model="hashing", reader="off")
    with Engine(settings, store, hashing_embedder) as opened:
        weights = {"sentence_words": 4.0, "sentence_cosine": 1.0}
        opened.reader = Reader(scorer(hashing_embedder.dimension, **weights))
        opened.judge = Judge(calibration=calibration, answered_at=0.5, weak_at=0.25)
        yield opened


@pytest.fixture
def add(engine: Engine) -> Callable[..., None]:
    """Stores articles."""

    def store_all(*articles: Article) -> None:
        list(engine.add(articles))

    return store_all


@pytest.fixture
def frigates() -> Article:
    return Article(
        id="frigates",
        text=(
            "Denmark will send two frigates to the strait. Sweden refused to send soldiers. "
            "The minister spoke in Stockholm on Tuesday."
        ),
        source="The Lantern",
        url="https://lantern.example/frigates",
        published=date(2026, 1, 7),
        language="en",
    )


@pytest.fixture
def harvest() -> Article:
    return Article(
        id="harvest",
        text="The wheat harvest was poor in the south. Bread costs more since September.",
        source="The Furrow",
        published=date(2025, 9, 30),
        language="en",
    )
