"""The scorer learns what is to be learnt, and what was gathered survives a file."""

from pathlib import Path

import numpy as np
import pytest

from eval.examples import Example, Examples, joined
from eval.train import train
from qa.features import SCALARS
from qa.read import Scorer
from qa.surface import COUNT

WORDS = SCALARS.index("sentence_words")


@pytest.fixture(scope="module")
def gathered() -> Examples:
    """The right sentence is the one with the question's words; all else is noise."""
    chance = np.random.default_rng(5)
    examples = []
    for number in range(320):
        count = int(chance.integers(3, 9))
        right = np.zeros(count, np.bool_)
        right[chance.integers(count)] = number % 4 > 0  # some have no answer
        scalars = chance.normal(size=(count, len(SCALARS))).astype(np.float32)
        scalars[:, WORDS] = np.where(right, 1.0, 0.2) + 0.1 * scalars[:, WORDS]
        examples.append(
            Example(
                question=chance.normal(size=16).astype(np.float32),
                scalars=scalars,
                surface=np.zeros((count, COUNT), np.float32),
                sentences=chance.integers(50, size=count).astype(np.int32),
                passages=chance.integers(50, size=count).astype(np.int32),
                right=right,
                document=number,
                found=1,
            )
        )
    return Examples(examples, chance.normal(size=(50, 16)).astype(np.float32))


def test_the_scorer_learns_which_sign_counts(gathered: Examples) -> None:
    scorer = Scorer(**train(gathered, seed=1, epochs=12))
    hits = [
        e.right[
            scorer.score(
                e.question,
                e.scalars,
                e.surface,
                gathered.vectors[e.sentences],
                gathered.vectors[e.passages],
            ).argmax()
        ]
        for e in gathered.examples
        if e.right.any()
    ]
    assert np.mean(hits) > 0.9


def test_what_was_gathered_survives_a_file(gathered: Examples, tmp_path: Path) -> None:
    gathered.save(tmp_path / "examples.npz")
    loaded = Examples.load(tmp_path / "examples.npz")
    np.testing.assert_array_equal(loaded.vectors, gathered.vectors)
    for one, other in zip(loaded.examples, gathered.examples, strict=True):
        np.testing.assert_array_equal(one.scalars, other.scalars)
        np.testing.assert_array_equal(one.right, other.right)
        assert (one.document, one.found) == (other.document, other.found)


def test_joined_examples_point_to_the_same_vectors(gathered: Examples) -> None:
    both = joined([gathered, gathered])
    last = both.examples[-1]
    np.testing.assert_array_equal(
        both.vectors[last.sentences], gathered.vectors[gathered.examples[-1].sentences]
    )
