"""A real engine over a real store, with a reader and a judge whose weights are written by hand."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from index.article import Article, Passage, Span
from index.protocols import Embedder, PassageRecord
from index.store import LocalStore
from qa.engine import Engine
from qa.features import SCALARS
from qa.judge import FIRST_SIGHT, Calibration, Judge
from qa.read import Reader, Scored, Scorer
from qa.regression import ByLanguage, Regression
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


def sentences_of(lengths: Sequence[int]) -> tuple[Span, ...]:
    starts = np.concatenate([[0], np.cumsum([length + 1 for length in lengths])])
    return tuple(Span(int(s), int(s) + n) for s, n in zip(starts[:-1], lengths, strict=True))


def passage(
    text: str, sentences: tuple[Span, ...], passage_id: int, language: str = "en"
) -> PassageRecord:
    article = Article(id=f"a{passage_id}", text=text, language=language)
    vectors = np.ones((len(sentences), 1), np.float32)
    return PassageRecord(
        passage_id=passage_id,
        article=article,
        sha256=article.sha256,
        group=article.id,
        passage=Passage(sentences=sentences),
        vector=vectors[0],
        sentence_vectors=vectors,
    )


def sentence(record: PassageRecord, number: int, score: float, **scalars: float) -> Scored:
    span = record.passage.sentences[number]
    values = np.zeros(len(SCALARS), np.float32)
    for name, value in scalars.items():
        values[SCALARS.index(name)] = value
    return Scored(
        record=record,
        sentence=span,
        vector=record.vector,
        text=span.of(record.article.text),
        scalars=values,
        score=score,
    )


class Sentences:
    """Makes passages and scored sentences that no search has to find."""

    of = staticmethod(sentences_of)
    passage = staticmethod(passage)
    scored = staticmethod(sentence)


@pytest.fixture(scope="session")
def sentences() -> type[Sentences]:
    return Sentences


@pytest.fixture
def calibration() -> Calibration:
    """Sure of a sentence that has the question's words, sure of none that has not."""
    weights = dict.fromkeys(FIRST_SIGHT, 0.0) | {"sentence_words": 8.0}
    sure = Regression(weights=weights, bias=-3.0)
    return Calibration(
        answers=ByLanguage(same=sure, across=sure), point_within=1.5, sure_within=1.5
    )


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
