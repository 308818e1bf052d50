"""Question sets as tokens: texts, the sentences in them, and where each question is answered."""

import pickle
import random
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from eval.question import Collection, Question
from eval.training.recipe import ACCENTED, PASSAGE_TOKENS, PLAIN_FRENCH, PLAIN_OTHERS
from index.article import Article, Span
from index.embed import SentenceTransformerEmbedder
from index.segment import segment

if TYPE_CHECKING:
    from tokenizers import Encoding

Numbers = npt.NDArray[np.int64]
Tokens = tuple[int, int]  # first and last, both included


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A passage of one paragraph."""

    collection: str  # "piaf.train"
    paragraph: int  # its number in the collection
    words: str
    sentences: tuple[Tokens | None, ...]  # None: too far on to be read


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question and where it is answered, in tokens of the passages of its paragraph."""

    collection: str
    number: int  # in its collection: the same in all languages of a parallel set
    paragraph: int
    words: str
    answers: tuple[str, ...]
    gold: Mapping[int, tuple[Tokens, ...]]  # by row of the passage
    whole_sentences: bool  # the answers are sentences, and no spans


@dataclass(frozen=True, slots=True, kw_only=True)
class Corpus:
    """Passages, then questions: row ``n`` of all arrays is the n-th of both together."""

    texts: tuple[Text, ...]
    asked: tuple[Asked, ...]
    starts: Numbers  # (rows + 1,): where the tokens of each begin
    ids: Numbers  # (tokens,)

    def row(self, question: int) -> int:
        """Return the row of a question."""
        return len(self.texts) + question

    def tokens(self, row: int) -> slice:
        """Return where the tokens of a row are."""
        return slice(int(self.starts[row]), int(self.starts[row + 1]))

    def length(self, row: int) -> int:
        """Return how many tokens a row has."""
        return int(self.starts[row + 1] - self.starts[row])

    def save(self, path: Path) -> None:
        """Write everything to one file, whole or not at all."""
        part = path.with_suffix(".part")
        part.write_bytes(pickle.dumps(self))
        part.replace(path)

    @classmethod
    def load(cls, path: Path) -> "Corpus":
        """Read a file that ``save`` wrote on this machine."""
        loaded: Corpus = pickle.loads(path.read_bytes())  # noqa: S301 - our own file
        return loaded


def build(collections: Sequence[Collection], embedder: SentenceTransformerEmbedder) -> Corpus:
    """Cut all paragraphs and find the answers in their tokens."""
    builder = _Builder(embedder)
    for collection in collections:
        builder.add(collection)
    return builder.finish()


class _Builder:
    def __init__(self, embedder: SentenceTransformerEmbedder) -> None:
        self._embedder = embedder
        self._chance = random.Random(5)  # noqa: S311
        self._texts: list[Text] = []
        self._asked: list[Asked] = []
        self._ids: list[Numbers] = []  # of the passages
        self._asked_ids: list[Numbers] = []

    def add(self, collection: Collection) -> None:
        """Add the passages and the questions of one collection."""
        cut = {
            article.id: (number, list(self._passages(collection.name, number, article)))
            for number, article in enumerate(collection.articles)
        }
        texts = {article.id: article.text for article in collection.articles}
        asked_ids = self._tokens("query: ", [q.text for q in collection.questions])
        for number, (question, encoding) in enumerate(
            zip(collection.questions, asked_ids, strict=True)
        ):
            self._asked_ids.append(kept(encoding, len("query: "))[0])
            paragraph, passages = cut[question.written_for or question.places[0].article_id]
            gold = {
                row: tuple(found)
                for row, start, offsets in passages
                if (found := list(answered(question, start, offsets)))
            }
            self._asked.append(
                Asked(
                    collection=collection.name,
                    number=number,
                    paragraph=paragraph,
                    words=question.text,
                    answers=tuple(texts[p.article_id][p.start : p.end] for p in question.places),
                    gold=gold,
                    whole_sentences=any(not facet.shorts for facet in question.facets),
                )
            )

    def finish(self) -> Corpus:
        """Return all that was added."""
        ids = [*self._ids, *self._asked_ids]
        return Corpus(
            texts=tuple(self._texts),
            asked=tuple(self._asked),
            starts=np.concatenate([[0], np.cumsum([len(each) for each in ids])]),
            ids=np.concatenate(ids),
        )

    def _passages(
        self, name: str, paragraph: int, article: Article
    ) -> Iterator[tuple[int, int, Numbers]]:
        """Yield row, first character and token offsets of each passage of a paragraph."""
        for text in self._variants(article):
            for passage in segment(
                text,
                [Span(0, len(text))],
                self._embedder.count_tokens,
                budget=PASSAGE_TOKENS,
                language=article.language,
            ):
                words = passage.span.of(text)
                ids, offsets = kept(self._tokens("passage: ", [words])[0], len("passage: "))
                cuts = [(s.start - passage.start, s.end - passage.start) for s in passage.sentences]
                self._ids.append(ids)
                self._texts.append(
                    Text(
                        collection=name,
                        paragraph=paragraph,
                        words=words,
                        sentences=tuple(tokens_of(offsets, *cut) for cut in cuts),
                    )
                )
                yield len(self._texts) - 1, passage.start, offsets

    def _variants(self, article: Article) -> Iterator[str]:
        """Yield the text and, of a share of the articles, the text without accents."""
        yield article.text
        share = PLAIN_FRENCH if article.language == "fr" else PLAIN_OTHERS
        if article.language in ("fr", *ACCENTED) and self._chance.random() < share:
            yield plain(article.text)

    def _tokens(self, prompt: str, texts: Sequence[str]) -> "list[Encoding]":
        return self._embedder.encodings(prompt, texts)


def kept(encoding: "Encoding", prompt: int) -> tuple[Numbers, Numbers]:
    """Return ids and offsets of the text's own tokens, as ``index.e5_halves`` keeps them."""
    offsets = np.array(encoding.offsets, np.int64) - prompt
    own = (np.array(encoding.special_tokens_mask) == 0) & (offsets[:, 1] > 0)
    return np.array(encoding.ids, np.int64)[own], np.maximum(offsets[own], 0)


def answered(question: Question, start: int, offsets: Numbers) -> Iterator[Tokens]:
    """Yield the tokens of each place that lies whole in the passage that starts at ``start``."""
    for place in question.places:
        first, end = place.start - start, place.end - start
        tokens = tokens_of(offsets, first, end)
        if tokens is not None and first >= 0 and end <= offsets[-1, 1]:
            yield tokens


def tokens_of(offsets: Numbers, start: int, end: int) -> Tokens | None:
    """Return the first and the last token that share a character with a slice."""
    within = np.flatnonzero((offsets[:, 1] > start) & (offsets[:, 0] < end))
    return (int(within[0]), int(within[-1])) if len(within) else None


def plain(text: str) -> str:
    """Return the text without accents, each character still in its place."""
    return "".join(map(_plain_character, text))


def _plain_character(character: str) -> str:
    base, *marks = tuple(unicodedata.normalize("NFD", character))
    return base if marks and all(map(unicodedata.combining, marks)) else character
