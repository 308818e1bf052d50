"""The trained reader: question and text read together, by layers that were trained for it.

The lower half of the embedder reads each alone; six layers of our own then let every token of the
text see every token of the question. What they say of a sentence and of a span is computed here
from the states they end in. Trained by ``eval.training``; its docstring has recipe and sources.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from importlib.resources import files
from pathlib import Path
from typing import Self

import numpy as np

from index.article import Span
from index.e5 import Array
from index.e5_halves import Halves, TokenStates
from index.embed import built_in_tokenizer
from index.errors import ModelError
from index.protocols import Embedder, Vector, Vectors
from qa.spans import best_spans

WEIGHTS = "joint.npz"
LONGEST_QUESTION, LONGEST_TITLE = 64, 32  # tokens that are read of them
UNLIKELY = -20.0  # logit of what was not read


@dataclass(frozen=True, slots=True, kw_only=True)
class SpanReading:
    """A short answer."""

    logit: float  # less that of "none here"
    span: Span  # in characters of the text that was read


@dataclass(frozen=True, slots=True, kw_only=True)
class SentenceReading:
    """What the reader says of one sentence."""

    answers: float  # logit: that the sentence holds the answer
    relevant: float  # logit: that the text around it does
    spans: tuple[SpanReading, ...]  # the likeliest short answers within it, apart, the best first

    @property
    def span(self) -> float:
        """The logit of the best short answer."""
        return self.spans[0].logit if self.spans else UNLIKELY


class Weights:
    """The shipped weights: 8-bit integers with a scale a row, or float32 where small."""

    def __init__(self, arrays: Mapping[str, Array]) -> None:
        self._arrays = arrays

    def __getitem__(self, name: str) -> Array:
        """Return the tensor, flat, float32. Raises KeyError for an unknown name."""
        found: Array = self.tensor(name).reshape(-1)
        return found

    def matrix(self, name: str, columns: int) -> Array:
        """Return the tensor as rows of ``columns``."""
        found: Array = self.tensor(name).reshape(-1, columns)
        return found

    def tensor(self, name: str) -> Array:
        """Return the tensor in its own shape."""
        stored = self._arrays[name]
        if stored.dtype != np.int8:
            return stored.astype(np.float32)
        scaled: Array = stored.astype(np.float32) * self._arrays[f"{name}.scale"][:, None]
        return scaled


class JointReader:
    """Reads a question together with short texts. Threads may share it."""

    def __init__(self, weights: Weights, halves: Halves) -> None:
        self._halves = halves
        self._w = {name: weights.tensor(name) for name in HEADS}

    @classmethod
    def shipped(cls, *, cache: Path, beside: Embedder | None = None) -> Self:
        """Return the reader that comes with the project. Raises ModelError.

        ``beside`` is an embedder that is loaded already: they may share a tokenizer.
        """
        path = files("qa").joinpath(WEIGHTS)
        content = path.read_bytes()
        sha256 = hashlib.sha256(content).hexdigest()
        expected = files("qa").joinpath(f"{WEIGHTS}.sha256").read_text(encoding="ascii").strip()
        if sha256 != expected:
            raise ModelError(
                f"The reader's weights are not the expected ones (sha256 {sha256}).",
                remedy='Install Pullquote again, or go without: reader = "off".',
            )
        with path.open("rb") as file, np.load(file) as arrays:
            weights = Weights(dict(arrays))
        tokenizer = built_in_tokenizer(beside) if beside else None
        halves = Halves.open(weights, sha256, cache=cache, tokenizer=tokenizer)
        return cls(weights, halves)

    def question(self, text: str) -> TokenStates:
        """Return a question as the lower half reads it: once, for all texts."""
        return self._halves.question(text)

    def text(self, text: str) -> TokenStates:
        """Return a text as the lower half reads it: once, for all questions."""
        return self._halves.passage(text)

    def read(
        self,
        question: TokenStates,
        passage: TokenStates,
        sentences: Sequence[Span],
        title: TokenStates | None = None,
    ) -> list[SentenceReading]:
        """Return what is said of each sentence, a slice of the passage's text, in their order.

        ``title`` is what the passage stands under, read as a text: a story seldom names again what
        its headline names.
        """
        asked = question.tokens[:LONGEST_QUESTION]
        opened = np.vstack([question.opening, asked]) + self._w["side"][0]
        head = [self._matched(question, cut_title(title), 2)] if title else []
        read = self._matched(question, passage, 1)
        states = self._halves.together(np.vstack([opened, *head, read]).astype(np.float32))
        return self._said(
            states[: len(opened)], states[len(states) - len(read) :], passage, sentences
        )

    def _matched(self, question: TokenStates, text: TokenStates, side: int) -> Array:
        """Return the states of a text with what it shares with the question."""
        shared = matches(question, text) @ self._w["match.weight"].T + self._w["match.bias"]
        found: Array = text.tokens + self._w["side"][side] + shared
        return found

    def _said(
        self, asked: Vectors, read: Vectors, passage: TokenStates, sentences: Sequence[Span]
    ) -> list[SentenceReading]:
        mean = asked.mean(axis=0)
        starts, ends = self._spans(mean, read)
        nothing = float(self._linear("null", asked[0]).sum())
        relevant = self._two("rel", np.concatenate([asked[0], read.mean(axis=0)]))
        said = []
        for sentence in sentences:
            within = np.flatnonzero(
                (passage.offsets[:, 1] > sentence.start) & (passage.offsets[:, 0] < sentence.end)
            )
            if not len(within):  # the model did not read so far
                said.append(UNREAD)
                continue
            first, last = int(within[0]), int(within[-1]) + 1
            pooled = read[first:last].mean(axis=0)
            said.append(
                SentenceReading(
                    answers=self._two("sent", np.concatenate([pooled, pooled * mean, mean])),
                    relevant=relevant,
                    spans=tuple(
                        SpanReading(
                            logit=logit - nothing,
                            span=Span(
                                int(passage.offsets[first + begin, 0]),
                                int(passage.offsets[first + end, 1]),
                            ),
                        )
                        for logit, (begin, end) in best_spans(starts[first:last], ends[first:last])
                    ),
                )
            )
        return said

    def _spans(self, mean: Vector, read: Vectors) -> tuple[Vector, Vector]:
        """Return the logits of each token as the first and as the last of the answer."""
        size = read.shape[1]
        asked = self._linear("spanq", mean).reshape(2, size) / np.float32(size**0.5)
        logits = self._linear("span", read) + read @ asked.T
        return logits[:, 0], logits[:, 1]

    def _linear(self, name: str, values: Array) -> Array:
        found: Array = values @ self._w[f"{name}.weight"].T + self._w[f"{name}.bias"]
        return found

    def _two(self, name: str, values: Vector) -> float:
        return float(self._linear(f"{name}2", np.maximum(self._linear(f"{name}1", values), 0))[0])


HEADS = (
    "side",
    *(
        f"{layer}.{part}"
        for layer in ("match", "span", "spanq", "sent1", "sent2", "null", "rel1", "rel2")
        for part in ("weight", "bias")
    ),
)
UNREAD = SentenceReading(answers=UNLIKELY, relevant=UNLIKELY, spans=())


def cut_title(title: TokenStates) -> TokenStates:
    """Return as much of a title as is read."""
    return replace(
        title,
        tokens=title.tokens[:LONGEST_TITLE],
        ids=title.ids[:LONGEST_TITLE],
        offsets=title.offsets[:LONGEST_TITLE],
    )


def matches(question: TokenStates, passage: TokenStates) -> Array:
    """Return for each token of the passage what it shares with the question, shape (tokens, 2).

    Its best cosine with a token of the question, and whether the very token occurs there.
    """
    asked = question.tokens[:LONGEST_QUESTION]
    if not len(asked):
        return np.zeros((len(passage.tokens), 2), np.float32)
    cosines = unit(passage.tokens) @ unit(asked).T
    same = np.isin(passage.ids, question.ids)
    return np.column_stack([cosines.max(axis=1), same]).astype(np.float32)


def unit(vectors: Vectors) -> Vectors:
    """Return the rows divided by their lengths."""
    found: Vectors = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    return found
