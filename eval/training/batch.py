"""Pairs of a question and a text as tensors, filled up to the longest."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import torch
from torch import Tensor

from eval.training.corpus import Corpus, Tokens
from eval.training.groups import Pair, holds
from eval.training.states import States
from index.e5_halves import TokenStates
from qa.joint import LONGEST_QUESTION, cut_title, matches


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """What the network is given, and what would be right."""

    given: dict[str, Tensor]  # by the names of ``Network.forward``
    sentences: Tensor  # (pairs, sentences), true where there is one
    right: Tensor  # (pairs, sentences), true where it holds the answer
    starts: Tensor  # (pairs, 1 + tokens), true where an answer begins; the first is "none here"
    ends: Tensor  # (pairs, 1 + tokens), true where one ends
    answers: Tensor  # (pairs,), true where the text answers
    spans: Tensor  # (pairs,), true where the answers are spans, or there is none


def batch(pairs: Sequence[Pair], corpus: Corpus, states: States) -> Batch:
    """Return the pairs as one batch."""
    asked = [token_states(corpus, states, corpus.row(pair.question)) for pair in pairs]
    heads = [head(pair, corpus, states) for pair in pairs]
    read = [without(pair, corpus, token_states(corpus, states, pair.text)) for pair in pairs]
    width = max(len(one.tokens) for one in read)
    targets = [target(pair, width) for pair in pairs]
    return Batch(
        given={
            **side("question", "asked", [opened(one) for one in asked]),
            **side("title", "titled", [one.tokens for one in heads]),
            "title_match": padded([matches(q, t) for q, t in zip(asked, heads, strict=True)]),
            **side("text", "there", [one.tokens for one in read]),
            "match": padded([matches(q, p) for q, p in zip(asked, read, strict=True)]),
            "pooling": padded([pooling(pair, corpus, width) for pair in pairs]),
        },
        sentences=padded([told(pair, corpus, any_sentence=True) for pair in pairs]),
        right=padded([told(pair, corpus, any_sentence=False) for pair in pairs]),
        starts=torch.from_numpy(np.stack([first for first, _ in targets])),
        ends=torch.from_numpy(np.stack([last for _, last in targets])),
        answers=torch.tensor([bool(pair.gold) for pair in pairs]),
        spans=torch.tensor([not (pair.gold and pair.whole_sentences) for pair in pairs]),
    )


def token_states(corpus: Corpus, states: States, row: int) -> TokenStates:
    """Return a row as the lower half left it, in float32; without offsets, which nobody needs."""
    where = corpus.tokens(row)
    return TokenStates(
        opening=states.openings[row].astype(np.float32),
        tokens=states.tokens[where].astype(np.float32),
        ids=corpus.ids[where],
        offsets=np.empty((0, 2), np.int64),
    )


def head(pair: Pair, corpus: Corpus, states: States) -> TokenStates:
    """Return the title that a text is read under, as ``qa.joint`` cuts it; of no tokens if none."""
    row = corpus.title_row(pair.text) if pair.headed else None
    if row is None:
        hidden = states.openings.shape[1]
        return TokenStates(
            opening=np.zeros(hidden, np.float32),
            tokens=np.zeros((0, hidden), np.float32),
            ids=np.zeros(0, np.int64),
            offsets=np.zeros((0, 2), np.int64),
        )
    return cut_title(token_states(corpus, states, row))


def without(pair: Pair, corpus: Corpus, text: TokenStates) -> TokenStates:
    """Return a text less the sentences that are taken out of it."""
    if not pair.without:
        return text
    kept = np.ones(len(text.ids), np.bool_)
    for number in pair.without:
        if tokens := corpus.texts[pair.text].sentences[number]:
            kept[tokens[0] : tokens[1] + 1] = False
    return replace(text, tokens=text.tokens[kept], ids=text.ids[kept])


def sentences_of(pair: Pair, corpus: Corpus) -> list[Tokens | None]:
    """Return the sentences of a text as they stand when some are taken out of it."""
    left: list[Tokens | None] = []
    out = 0  # tokens before the sentence that are taken out
    for number, tokens in enumerate(corpus.texts[pair.text].sentences):
        if tokens is None:
            left.append(None)
        elif number in pair.without:
            out += tokens[1] + 1 - tokens[0]
            left.append(None)
        else:
            left.append((tokens[0] - out, tokens[1] - out))
    return left


def opened(question: TokenStates) -> np.ndarray:
    """Return the states of a question, the opening token first."""
    return np.vstack([question.opening, question.tokens[:LONGEST_QUESTION]])


def side(name: str, mask: str, states: Sequence[np.ndarray]) -> dict[str, Tensor]:
    """Return the states of one side, and which of them are tokens."""
    return {
        name: padded(states),
        mask: padded([np.ones(len(each), np.bool_) for each in states]),
    }


def padded(arrays: Sequence[np.ndarray]) -> Tensor:
    """Return arrays of like width as one, filled up with zeros to the longest."""
    return torch.nn.utils.rnn.pad_sequence(
        [torch.from_numpy(array) for array in arrays], batch_first=True
    )


def pooling(pair: Pair, corpus: Corpus, width: int) -> np.ndarray:
    """Return a row a sentence that takes the mean of its tokens, shape (sentences, width)."""
    sentences = sentences_of(pair, corpus)
    rows = np.zeros((len(sentences), width), np.float32)
    for number, tokens in enumerate(sentences):
        if tokens is not None:
            first, last = tokens
            rows[number, first : last + 1] = 1 / (last - first + 1)
    return rows


def told(pair: Pair, corpus: Corpus, *, any_sentence: bool) -> np.ndarray:
    """Return which sentences are there, or which of them hold an answer."""
    return np.array(
        [
            tokens is not None and (any_sentence or holds(tokens, pair.gold))
            for tokens in sentences_of(pair, corpus)
        ],
        np.bool_,
    )


def target(pair: Pair, width: int) -> tuple[np.ndarray, np.ndarray]:
    """Return where answers begin and where they end, each shape (1 + width,)."""
    starts, ends = np.zeros(1 + width, np.bool_), np.zeros(1 + width, np.bool_)
    starts[0] = ends[0] = not pair.gold
    for first, last in pair.gold:
        starts[1 + first] = ends[1 + last] = True
    return starts, ends
