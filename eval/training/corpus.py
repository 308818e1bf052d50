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
from eval.training.swapped import swapped_in
from index.article import Article, Span
from index.clean import own_words
from index.e5_folder import PROMPTS
from index.embed import SentenceTransformerEmbedder
from index.segment import segment

if TYPE_CHECKING:
    from tokenizers import Encoding

QUERY, PASSAGE = PROMPTS["query"], PROMPTS["passage"]

Numbers = npt.NDArray[np.int64]
Tokens = tuple[int, int]  # first and last, both included


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A passage of one paragraph."""

    collection: str  # "piaf.train"
    paragraph: int  # its number in the collection
    title: int | None  # number of its article's title
    words: str
    sentences: tuple[Tokens | None, ...]  # None: too far on to be read


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question and where it is answered, in tokens of the passages of its paragraph."""

    collection: str
    id: str  # the same in all languages of a family of sets
    number: int  # in its collection
    paragraph: int  # that it was written for; -1 if for none
    words: str
    answers: tuple[str, ...]
    barred: tuple[str, ...]  # what no wrong text may have: the answers, or a name swapped in
    gold: Mapping[int, tuple[Tokens, ...]]  # by row of the passage
    whole_sentences: bool  # the answers are sentences, and no spans


@dataclass(frozen=True, slots=True, kw_only=True)
class Corpus:
    """Passages, questions, titles: row ``n`` of all arrays is the n-th of them together."""

    texts: tuple[Text, ...]
    asked: tuple[Asked, ...]
    titles: tuple[str, ...]
    starts: Numbers  # (rows + 1,): where the tokens of each begin
    ids: Numbers  # (tokens,)

    def row(self, question: int) -> int:
        """Return the row of a question."""
        return len(self.texts) + question

    def title_row(self, text: int) -> int | None:
        """Return the row of the title that a text stands under; None where there is none."""
        title = self.texts[text].title
        return None if title is None else len(self.texts) + len(self.asked) + title

    def words(self, row: int) -> str:
        """Return what was written in a row."""
        if row < len(self.texts):
            return self.texts[row].words
        row -= len(self.texts)
        return (
            self.asked[row].words if row < len(self.asked) else self.titles[row - len(self.asked)]
        )

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
        self._titles: dict[str, int] = {}

    def add(self, collection: Collection) -> None:
        """Add the passages and the questions of one collection."""
        cut = {
            article.id: (number, list(self._passages(collection.name, number, article)))
            for number, article in enumerate(collection.articles)
        }
        texts = {article.id: article.text for article in collection.articles}
        encodings = self._tokens(QUERY, [each.in_full for each in collection.questions])
        for number, question in enumerate(collection.questions):
            self._asked_ids.append(kept(encodings[number], len(QUERY))[0])
            spans = list(answer_spans(question, texts))
            gold: dict[int, tuple[Tokens, ...]] = {}
            for article_id in {article_id for article_id, _ in spans}:
                own = [span for where, span in spans if where == article_id]
                for row, start, offsets in cut[article_id][1]:
                    if found := tuple(within(own, start, offsets)):
                        gold[row] = found
            answers = tuple(span.of(texts[where]) for where, span in spans)
            other = swapped_in(question)
            self._asked.append(
                Asked(
                    collection=collection.name,
                    id=question.id,
                    number=number,
                    paragraph=cut[question.written_for][0] if question.written_for else -1,
                    words=question.in_full,
                    answers=answers,
                    barred=answers if other is None else (other,),
                    gold=gold,
                    whole_sentences=any(not facet.shorts for facet in question.facets),
                )
            )

    def finish(self) -> Corpus:
        """Return all that was added."""
        titles = [kept(each, len(PASSAGE))[0] for each in self._tokens(PASSAGE, [*self._titles])]
        ids = [*self._ids, *self._asked_ids, *titles]
        return Corpus(
            texts=tuple(self._texts),
            asked=tuple(self._asked),
            titles=tuple(self._titles),
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
                own_words(text),
                self._embedder.count_tokens,
                budget=PASSAGE_TOKENS,
                language=article.language,
            ):
                words = passage.span.of(text)
                ids, offsets = kept(self._tokens(PASSAGE, [words])[0], len(PASSAGE))
                cuts = [(s.start - passage.start, s.end - passage.start) for s in passage.sentences]
                self._ids.append(ids)
                self._texts.append(
                    Text(
                        collection=name,
                        paragraph=paragraph,
                        title=self._title(article),
                        words=words,
                        sentences=tuple(tokens_of(offsets, *cut) for cut in cuts),
                    )
                )
                yield len(self._texts) - 1, passage.start, offsets

    def _title(self, article: Article) -> int | None:
        """Return the number of an article's title, a new one where it is new."""
        return self._titles.setdefault(article.title, len(self._titles)) if article.title else None

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


def answer_spans(question: Question, texts: Mapping[str, str]) -> Iterator[tuple[str, Span]]:
    """Yield article and span of each answer: the short answers in a place, or all of it."""
    for facet in question.facets:
        for place in facet.places:
            text = texts[place.article_id][place.start : place.end]
            shorts = [(text.find(short), short) for short in facet.shorts if short in text]
            for at, short in shorts or [(0, text)]:
                start = place.start + at
                yield place.article_id, Span(start, start + len(short))


def within(spans: Sequence[Span], start: int, offsets: Numbers) -> Iterator[Tokens]:
    """Yield the tokens of each span that lies whole in the passage that starts at ``start``."""
    for span in spans:
        tokens = tokens_of(offsets, span.start - start, span.end - start)
        if tokens is not None and span.start >= start and span.end - start <= offsets[-1, 1]:
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
