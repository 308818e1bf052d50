"""What the reader is told of a sentence."""

from collections.abc import Callable, Sequence

import numpy as np

from index.article import Article
from index.protocols import NO_FILTERS
from qa.engine import Engine
from qa.features import SCALARS, features, telling, term_weights


def test_short_words_say_nothing_in_another_language() -> None:
    assert telling("¿Qué países se niegan a enviar tropas en 2026?") == (
        "Qué países niegan enviar tropas 2026"
    )
    assert telling("") == ""


def test_the_weights_of_a_questions_words_sum_to_one(
    engine: Engine, add: Callable[..., None], frigates: Article
) -> None:
    add(frigates)
    question = engine.understand("Who refused to send soldiers?")
    with engine.store.snapshot() as snapshot:
        weights = term_weights(question, "en", snapshot)
        assert np.isclose(sum(weights.values()), 1)
        assert "who" not in weights  # what a question asks with stands in no answer
        assert term_weights(engine.understand("who?"), "en", snapshot)


class AfterDeletions:
    """Four passages, and postings that still count the thirty that there were."""

    def languages(self) -> dict[str, int]:
        return {"en": 4}

    def document_frequency(self, terms: Sequence[str], language: str) -> list[int]:
        return [1 if term == "wheat" else 30 for term in terms]


def test_a_word_of_deleted_articles_weighs_no_less_than_nothing(engine: Engine) -> None:
    question = engine.understand("Who refused to send wheat?")
    weights = term_weights(question, "en", AfterDeletions())  # type: ignore[arg-type]
    assert min(weights.values()) > 0
    assert max(weights, key=weights.__getitem__) == "wheat"


def test_every_sentence_read_is_described_once(
    engine: Engine, add: Callable[..., None], frigates: Article, harvest: Article
) -> None:
    add(frigates, harvest)
    question = engine.understand("Who refused to send soldiers?")
    with engine.store.snapshot() as snapshot:
        candidates = engine.candidates(question, snapshot, NO_FILTERS, 20)
        given = features(question, candidates, snapshot)
    assert (
        len({(s.record.article.id, s.span) for s in given.sentences}) == len(given.sentences) == 5
    )
    assert given.scalars.shape == (5, len(SCALARS))
    words = given.scalars[:, SCALARS.index("sentence_words")]
    assert given.sentences[int(words.argmax())].text == "Sweden refused to send soldiers."
    assert words.min() >= 0
    assert words.max() <= 1 + 1e-6
