"""The articles of the trial, made from id and version: so that both tell what must be found."""

import hashlib
import random
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from index.article import Article, Passage, Span
from index.protocols import Embedded, Prepared, Vector

DIMENSION = 32
FINGERPRINT = "noise-32"
IDS = [f"article-{number:02}" for number in range(48)]
_WORDS = (
    "frigate", "harbour", "snow", "minister", "treaty", "border",
    "winter", "summit", "envoy", "harvest", "coast", "troops",
)  # fmt: skip


Versions = dict[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One thing that the writer does: all of it happens, or nothing."""

    kind: str  # put | remove | merge | merge everything | rebuild
    versions: Versions = field(default_factory=dict)  # put: the version of each article
    ids: tuple[str, ...] = ()  # remove

    def after(self, before: Versions) -> Versions:
        """Return what is stored after it."""
        kept = {id_: version for id_, version in before.items() if id_ not in self.ids}
        return {**kept, **self.versions}


def choose(
    dice: random.Random, stored: Versions, next_version: int, weights: Mapping[str, int]
) -> Operation:
    """Return what to do next. Versions are never used again, so that a stale one is noticed."""
    (kind,) = dice.choices([*weights], [*weights.values()])
    if kind == "put":
        ids = dice.sample(IDS, dice.randint(1, 6))
        return Operation(kind=kind, versions=dict.fromkeys(ids, next_version))
    if kind == "remove" and stored:
        ids = dice.sample(sorted(stored), min(len(stored), dice.randint(1, 4)))
        return Operation(kind=kind, ids=tuple(ids))
    return Operation(kind="merge" if kind == "remove" else kind)


def article(article_id: str, version: int) -> Article:
    """Return an article: every third version changes only what is known of it, not its words."""
    of_words = version - version % 3
    dice = random.Random(f"{article_id} {of_words}")  # noqa: S311 - repeatable, not secret
    sentences = [
        f"{dice.choice(_WORDS).title()} {' '.join(dice.choices(_WORDS, k=9))}."
        for _ in range(dice.randint(1, 12))
    ]
    sentences[0] = f"Marker {marker(article_id, version)} {sentences[0]}"
    return Article(
        id=article_id,
        text=" ".join(sentences),
        title=f"Version {version}",
        source=f"Outlet {version % 5}",
        language="fr" if version % 4 else "en",
    )


def marker(article_id: str, version: int) -> str:
    """Return the word that occurs in this text and in no other."""
    return f"zq{article_id.removeprefix('article-')}x{version - version % 3}"


def prepare(made: Article) -> Prepared:
    """Return the article with passages of three sentences and vectors that its words decide."""
    spans, start = [], 0
    for sentence in made.text.split(". "):
        spans.append(Span(start, min(start + len(sentence) + 1, len(made.text))))
        start += len(sentence) + 2
    passages = [spans[first : first + 3] for first in range(0, len(spans), 3)]
    return Prepared(article=made, passages=tuple(_embedded(made, tuple(p)) for p in passages))


def _embedded(made: Article, sentences: tuple[Span, ...]) -> Embedded:
    passage = Passage(sentences=sentences)
    words = passage.span.of(made.text)
    return Embedded(
        passage=passage,
        content_hash=hashlib.sha256(words.encode()).digest(),
        vector=_vector(words),
        sentence_vectors=np.array([_vector(span.of(made.text)) for span in sentences]),
    )


def _vector(words: str) -> Vector:
    seed = int.from_bytes(hashlib.sha256(words.encode()).digest()[:8], "little")
    vector = np.random.default_rng(seed).standard_normal(DIMENSION).astype(np.float32)
    unit: Vector = vector / np.linalg.norm(vector)
    return unit
