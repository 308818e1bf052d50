"""Which texts a question is read with: one that answers, and wrong ones that come near."""

import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from eval.fit import HELD_OUT
from eval.training.corpus import Asked, Corpus, Tokens
from eval.training.recipe import (
    ACROSS,
    BEREFT,
    FAMILY,
    HEADED,
    NEAR,
    NEAREST,
    OWN,
    OWN_TEXTS,
    OWN_WEIGHT,
    SETS,
    UNANSWERED,
    WRONG,
    learnt,
)
from eval.training.states import States

PARALLEL = frozenset(f"{name}.train" for name in FAMILY)
EPOCH = {
    OWN: OWN_WEIGHT,
    **OWN_TEXTS,
    **{f"{name}.train": weight for name, (weight, _) in SETS.items()},
}
AT_ONCE = 16  # steps that are drawn together, so that texts of like length share one

Rows = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A question and a text, with the answers in it."""

    question: int
    text: int
    headed: bool = False  # whether it is read under its title
    without: frozenset[int] = frozenset()  # sentences that are taken out of the text
    gold: tuple[Tokens, ...] = ()
    whole_sentences: bool = False


class Groups:
    """Draws groups of pairs of one question each; the same seed draws the same.

    ``held_out``: of the questions that are not learnt from, in place of those that are.
    """

    def __init__(
        self, corpus: Corpus, states: States, seed: int, *, held_out: bool = False
    ) -> None:
        self._held_out = held_out
        self._corpus = corpus
        self._states = states
        self._chance = random.Random(seed)  # noqa: S311
        self._texts: dict[str, list[int]] = defaultdict(list)  # rows by collection
        for row, text in enumerate(corpus.texts):
            self._texts[text.collection].append(row)
        self._family: dict[str, list[int]] = defaultdict(list)  # questions by id
        for question, asked in enumerate(corpus.asked):
            if asked.collection in PARALLEL and asked.gold and self._is_drawn(asked):
                self._family[asked.id].append(question)
        self._near: dict[tuple[int, str], Rows] = {}
        self._lower = [text.words.lower() for text in corpus.texts]

    def steps(self, groups: int) -> Iterator[list[Pair]]:
        """Yield for ever the pairs of ``groups`` questions, each with ``1 + WRONG`` texts."""
        drawn = self._groups()
        while True:
            many = [next(drawn) for _ in range(groups * AT_ONCE)]
            many.sort(key=lambda group: max(self._corpus.length(pair.text) for pair in group))
            steps = [many[first : first + groups] for first in range(0, len(many), groups)]
            self._chance.shuffle(steps)
            for step in steps:
                yield [pair for group in step for pair in group]

    def _groups(self) -> Iterator[list[Pair]]:
        while True:
            for question in self._epoch():
                group = self._group(question)
                if group:
                    yield group

    def _epoch(self) -> list[int]:
        """Return the questions of one round over all sets, each as often as its weight says."""
        found = []
        for question, asked in enumerate(self._corpus.asked):
            if self._is_drawn(asked):
                whole, rest = divmod(EPOCH[original(asked)], 1)
                found += [question] * (int(whole) + (self._chance.random() < rest))
        self._chance.shuffle(found)
        return found

    def _is_drawn(self, asked: Asked) -> bool:
        """Whether a question is not kept for ``eval.weigh``; or whether it is, if held out."""
        if original(asked) == OWN:
            return learnt(asked.number) != self._held_out
        return (asked.paragraph % HELD_OUT > 0) != self._held_out

    def _group(self, question: int) -> list[Pair] | None:
        """Return the pairs of a question; None where it has no text, or no wrong one.

        Of a question that is asked across languages, the wrong texts are in both, so that no
        language is a sign of the right one.
        """
        answered = self._answered(question)
        right = self._right(question, answered)
        wrong = [w for q in {answered, question} if len(w := self.wrong(question, q))]
        if right is None or not wrong:
            return None
        bereft = self._bereft(question, answered) if self._chance.random() < BEREFT else []
        drawn = [
            self._draw(question, self._chance.choice(wrong))
            for _ in range(1 + WRONG - len(right) - len(bereft))
        ]
        headed = self._chance.random() < HEADED
        return [replace(pair, headed=headed) for pair in (*right, *bereft, *drawn)]

    def _bereft(self, question: int, answered: int) -> list[Pair]:
        """Return a text that answers less the sentences that do; none where it says so twice.

        All that is left fits the question, and nothing answers it: what is asked for without being
        told looks like that. The words that are left were read by the lower half in their context.
        """
        asked = self._corpus.asked[answered]
        text = self._chance.choice(sorted(asked.gold)) if asked.gold else None
        if text is None or any(self._lower[text].count(a.lower()) > 1 for a in asked.answers):
            return []
        sentences = self._corpus.texts[text].sentences
        there = {number for number, tokens in enumerate(sentences) if tokens is not None}
        without = frozenset(
            number for number in there if holds(sentences[number], asked.gold[text])
        )
        left = there - without
        return [Pair(question=question, text=text, without=without)] if without and left else []

    def _answered(self, question: int) -> int:
        """Return the question whose paragraph is read: itself, or its like in another language."""
        family = self._family.get(self._corpus.asked[question].id, ())
        if family and self._chance.random() < ACROSS:
            return self._chance.choice(family)
        return question

    def _right(self, question: int, answered: int) -> list[Pair] | None:
        """Return the pair that answers; none if it is withheld, None if there is no such text.

        Of a question that its own paragraph does not answer, that paragraph is the first wrong one.
        """
        asked = self._corpus.asked[answered]
        if not asked.answers:
            own = [
                row
                for row in self._texts[asked.collection]
                if self._corpus.texts[row].paragraph == asked.paragraph
            ]
            return [Pair(question=question, text=self._chance.choice(own))] if own else []
        if not asked.gold:
            return None
        if self._chance.random() < UNANSWERED:
            return []
        text = self._chance.choice(sorted(asked.gold))
        return [
            Pair(
                question=question,
                text=text,
                gold=asked.gold[text],
                whole_sentences=asked.whole_sentences,
            )
        ]

    def _draw(self, question: int, wrong: Rows) -> Pair:
        among = wrong[:NEAREST] if self._chance.random() < 0.5 else wrong
        return Pair(question=question, text=int(self._chance.choice(among)))

    def wrong(self, question: int, answered: int) -> Rows:
        """Return texts near a question that do not answer it, the nearest first.

        Those of other paragraphs of the collection that ``answered`` is of, then those of its own.
        A text that holds the words of an answer, or a name that was swapped in, is no wrong one.
        """
        asked = self._corpus.asked[answered]
        key = (question, asked.collection)
        if key not in self._near:
            barred = [words.lower() for words in asked.barred if len(words) > 2]
            near = [
                row
                for row in self._nearest(question, asked.collection)
                if row not in asked.gold and not any(b in self._lower[row] for b in barred)
            ]
            own = [r for r in near if self._corpus.texts[r].paragraph == asked.paragraph]
            others = [r for r in near if self._corpus.texts[r].paragraph != asked.paragraph]
            self._near[key] = np.array([*others[:NEAR], *own[:NEAREST]], np.int64)
        return self._near[key]

    def _nearest(self, question: int, collection: str) -> Sequence[int]:
        rows = np.array(self._texts[collection])
        cosines = self._states.vectors[rows] @ self._states.vectors[self._corpus.row(question)]
        return list(map(int, rows[np.argsort(-cosines)[: NEAR + NEAR // 2]]))


def holds(sentence: Tokens | None, gold: Sequence[Tokens]) -> bool:
    """Whether an answer begins in a sentence, ends in it, or goes through it."""
    return sentence is not None and any(
        sentence[0] <= end and start <= sentence[1] for start, end in gold
    )


def original(asked: Asked) -> str:
    """Return the name of the set that a question is from, in whatever language it is asked."""
    return asked.collection.partition(":")[0]
