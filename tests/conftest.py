"""Fixtures that several folders of tests share."""

import hashlib
import re
from collections.abc import Sequence
from datetime import date

import numpy as np
import pytest

from index.article import Article, Span
from index.protocols import Vector, Vectors


class HashingEmbedder:
    """A small, fast embedder that obeys the protocol: a bag of hashed words, normalised.

    Texts that share words have a high cosine, so that retrieval can be tested without a model.
    """

    dimension = 64
    token_budget = 500
    fingerprint = "hashing-64"

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        return [len(_words(text)) for text in texts]

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        if not all(text.strip() for text in texts):
            raise ValueError("an empty text has no direction")
        return np.array([self._embed(text) for text in texts], dtype=np.float32).reshape(
            -1, self.dimension
        )

    def embed_in_context(
        self, texts: Sequence[str], sentences: Sequence[Sequence[Span]]
    ) -> list[tuple[Vector, Vectors]]:
        return [
            (self._embed(text), np.stack([self._embed(span.of(text)) for span in spans]))
            for text, spans in zip(texts, sentences, strict=True)
        ]

    def embed_question(self, question: str) -> Vector:
        return self.embed_passages([question])[0]

    def _embed(self, text: str) -> Vector:
        vector = np.full(self.dimension, 0.01, dtype=np.float32)
        for word in _words(text):
            vector[int(hashlib.sha256(word.encode()).hexdigest(), 16) % self.dimension] += 1
        return vector / np.linalg.norm(vector)


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


@pytest.fixture(scope="session")
def hashing_embedder() -> HashingEmbedder:
    return HashingEmbedder()


@pytest.fixture
def dispatch() -> Article:
    return Article(
        id="dispatch",
        text=(
            "Le Danemark fournira deux frégates à la mission. La Suède a refusé d'envoyer des "
            "soldats. « Nous n'irons pas », a déclaré sa ministre."
        ),
        title="Deux frégates pour la mission",
        source="Le Phare",
        url="https://phare.example/fregates",
        published=date(2026, 1, 7),
        language="fr",
    )
