"""What the rooms of the index promise to each other and to ``qa``.

Two implementations of each are real: the files of this machine and, later, a Milvus cluster; a
sentence-transformers model and the small deterministic embedder of the tests.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

import numpy as np
import numpy.typing as npt

from index.article import Article, Passage, Span

Scores = npt.NDArray[np.float64]  # shape (count,)
Vector = npt.NDArray[np.float32]  # shape (dimension,)
Vectors = npt.NDArray[np.float32]  # shape (count, dimension)


class Embedder(Protocol):
    """Texts to unit vectors, so that a dot product is a cosine."""

    @property
    def fingerprint(self) -> str:
        """Name, revision and dimension of the model: two equal ones give the same vectors."""

    @property
    def dimension(self) -> int:
        """Length of a vector."""

    @property
    def token_budget(self) -> int:
        """Tokens of text the model reads at most, without special tokens and prompt."""

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Return how many tokens each text takes, without special tokens and prompt."""

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Return unit vectors in the order of ``texts``. Raises ValueError for an empty text."""

    def embed_in_context(
        self, texts: Sequence[str], sentences: Sequence[Sequence[Span]]
    ) -> list[tuple[Vector, Vectors]]:
        """Return each text's unit vector and, as they read within it, those of its sentences.

        ``sentences`` are slices of each text. A slice that the model does not read has zeros.
        Raises ValueError for an empty text.
        """

    def embed_question(self, question: str) -> Vector:
        """Return the unit vector of one question. Raises ValueError for an empty one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """Which articles a question is asked of; an empty tuple or None does not restrict."""

    source: tuple[str, ...] = ()
    language: tuple[str, ...] = ()
    article_ids: tuple[str, ...] = ()
    published_from: date | None = None  # inclusive
    published_to: date | None = None  # inclusive


NO_FILTERS = Filters()


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """An article without its text, as lists show it."""

    id: str
    title: str | None
    source: str | None
    url: str | None
    published: date | None
    language: str
    sha256: str
    characters: int
    passages: int
    duplicate_of: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Embedded:
    """A passage with its vectors, ready to be committed."""

    passage: Passage
    content_hash: bytes  # of what was embedded: equal hashes have equal vectors
    vector: Vector
    sentence_vectors: Vectors  # one row a sentence of the passage


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """An article cleaned, segmented and embedded."""

    article: Article
    passages: tuple[Embedded, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """What became of one article."""

    id: str
    status: str  # added | updated | unchanged
    passages: int
    duplicate_of: str | None  # the first article of its near-duplicate group, when not itself


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A passage that was found; ``score`` is a cosine or a BM25 score: higher is better."""

    passage_id: int
    language: str
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class PassageRecord:
    """A stored passage with all that answering needs of it and of its article."""

    passage_id: int
    article: Article
    sha256: str
    group: str  # id of the near-duplicate group's first article
    passage: Passage
    vector: Vector
    sentence_vectors: Vectors

    @property
    def text(self) -> str:
        """The passage's characters."""
        return self.passage.span.of(self.article.text)


class Snapshot(Protocol):
    """One generation of the index: what it answers does not change while a writer works."""

    @property
    def generation(self) -> int:
        """Number of the last change that this snapshot shows."""

    def languages(self, filters: Filters = NO_FILTERS) -> Mapping[str, int]:
        """Return how many passages in scope each language has, most first."""

    def count_articles(self, filters: Filters) -> int:
        """Return how many articles are in scope."""

    def centroid(self, language: str) -> Vector | None:
        """Return the mean passage vector of a language (not normalised), None without passages."""

    def dense(self, vector: Vector, limit: int, filters: Filters) -> list[Hit]:
        """Return at most ``limit`` hits by cosine, best first; empty when nothing is in scope."""

    def cosines(self, vector: Vector, passage_ids: Sequence[int]) -> Scores:
        """Return the cosine with each passage, shape ``(len(passage_ids),)``, in their order."""

    def lexical(self, question: str, limit: int, filters: Filters) -> list[Hit]:
        """Return at most ``limit`` hits by BM25, best first; empty when no word matches."""

    def document_frequency(self, terms: Sequence[str], language: str) -> list[int]:
        """Return in how many passages of the language each analysed term occurs."""

    def passages(self, passage_ids: Sequence[int]) -> list[PassageRecord]:
        """Return the records, in the order asked. Raises KeyError for one not in the snapshot."""

    def article(self, article_id: str) -> Article | None:
        """Return an article, None if there is none of this id."""

    def passages_of(self, article_id: str) -> tuple[Passage, ...]:
        """Return the passages of an article, in order; empty if there is no such article."""

    def summary(self, article_id: str) -> Summary | None:
        """Return what is known of one article, None if there is none of this id."""

    def summaries(
        self, limit: int, *, after: str | None = None, filters: Filters = NO_FILTERS
    ) -> list[Summary]:
        """Return at most ``limit`` articles by ascending id, those after the id ``after``."""


class Store(Protocol):
    """The truth and the two indexes derived from it, behind one door.

    One writer at a time, any number of readers. What a write method returned is durable.
    """

    def snapshot(self) -> Snapshot:
        """Return the newest committed generation."""

    def known_vectors(
        self, content_hashes: Iterable[bytes]
    ) -> Mapping[bytes, tuple[Vector, Vectors]]:
        """Return the vectors that the store already holds for these contents."""

    def versions(self, article_ids: Sequence[str]) -> Mapping[str, Article]:
        """Return the stored articles among these ids: what is equal needs no new work."""

    def put(self, articles: Sequence[Prepared]) -> list[Stored]:
        """Add or replace articles, all or none, as one new generation."""

    def remove(self, article_ids: Sequence[str]) -> list[str]:
        """Delete articles from text, vectors and postings; return the ids that there were."""
