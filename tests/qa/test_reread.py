"""What the trained reader's words do to the order of the sentences, and to the short answers."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from index.article import Span
from index.e5_halves import TokenStates
from qa.evidence import Evidence, at_first_sight
from qa.joint import SentenceReading, SpanReading, matches
from qa.recent import Recent
from qa.regression import ByLanguage, Regression
from qa.reread import WEIGHED, Rereading
from qa.retrieve import Question

Sentences = Any  # tests/qa/conftest.py

TEXT = "Sweden sends ships. Norway refuses. Nobody else spoke."


class WordReader:
    """Believes every sentence that has a word, and takes the word for the short answer."""

    def __init__(self, word: str) -> None:
        self.word = word
        self.read_texts: list[str] = []
        self.titles: dict[str, str | None] = {}
        self._passages: list[tuple[TokenStates, str]] = []

    def question(self, text: str) -> TokenStates:
        return states([[1.0, 0.0]], [7])

    def text(self, text: str) -> TokenStates:
        self.read_texts.append(text)
        self._passages.append((states([[1.0, 0.0]], [7]), text))
        return self._passages[-1][0]

    def read(
        self,
        question: TokenStates,
        passage: TokenStates,
        sentences: Sequence[Span],
        title: TokenStates | None = None,
    ) -> list[SentenceReading]:
        (text,) = (text for known, text in self._passages if known is passage)
        self.titles[text] = next((text for known, text in self._passages if known is title), None)
        return [self._of(text, sentence) for sentence in sentences]

    def _of(self, text: str, sentence: Span) -> SentenceReading:
        at = sentence.of(text).find(self.word)
        if at < 0:
            return SentenceReading(answers=-5.0, relevant=-5.0, spans=())
        start = sentence.start + at
        span = SpanReading(logit=5.0, span=Span(start, start + len(self.word)))
        return SentenceReading(answers=5.0, relevant=5.0, spans=(span,))


def states(tokens: Sequence[Sequence[float]], ids: Sequence[int]) -> TokenStates:
    vectors = np.array(tokens, np.float32)
    return TokenStates(
        opening=vectors[0],
        tokens=vectors,
        ids=np.array(ids, np.int64),
        offsets=np.zeros((len(ids), 2), np.int64),
    )


def rereading(
    reader: WordReader, *, limit: int = 8, limit_ms: float = 60_000, threads: int = 1
) -> Rereading:
    weights = dict.fromkeys(WEIGHED, 0.0) | {"answers": 1.0, "first_sight": 0.1}
    plain = Regression(weights=weights, bias=0.0)
    weighing = ByLanguage(same=plain, across=plain)
    return Rereading(
        reader=reader,
        weighing=weighing,
        pool=ThreadPoolExecutor(threads),
        limit=limit,
        limit_ms=limit_ms,
    )


@pytest.fixture
def scored(sentences: Sentences) -> list[Any]:
    record = sentences.passage(TEXT, sentences.of([19, 15, 18]), 1)
    return [sentences.scored(record, number, 2.0 - number) for number in range(3)]


def asked(question: str) -> Question:
    return Question(text=question, language="en", vector=np.array([1.0, 0.0], np.float32))


def order(evidence: Sequence[Evidence]) -> list[str]:
    return [one.text for one in evidence]


def test_without_the_reader_the_first_score_stands(scored: list[Any]) -> None:
    found = at_first_sight(scored)
    assert [one.score for one in found] == [2.0, 1.0, 0.0]
    assert all(one.short is None for one in found)


def test_what_the_reader_believes_comes_first(scored: list[Any]) -> None:
    found = rereading(WordReader("Norway")).read(asked("Who refuses?"), scored, 1)
    assert order(found) == ["Norway refuses.", "Sweden sends ships.", "Nobody else spoke."]
    assert found[0].signs["answers"] == 5.0


def test_another_article_bears_out_the_first(sentences: Sentences, scored: list[Any]) -> None:
    def agreement(*more: Any) -> float:
        found = rereading(WordReader("Norway")).read(asked("Who refuses?"), [*scored, *more], 1)
        return found[0].signs["agreement"]

    other = sentences.passage("The no came from Norway.", sentences.of([24]), 2)
    copied = replace(other, group=scored[0].record.group)
    assert agreement() == 0.0
    assert agreement(sentences.scored(other, 0, -1.0)) > 0.99
    assert agreement(sentences.scored(copied, 0, -1.0)) == 0.0


def test_a_short_answer_stands_in_the_article(scored: list[Any]) -> None:
    best = rereading(WordReader("Norway")).read(asked("Who refuses?"), scored, 1)[0]
    assert best.short is not None
    assert best.short.of(best.record.article.text) == "Norway"


def test_a_text_is_read_under_its_headline(sentences: Sentences, scored: list[Any]) -> None:
    reader = WordReader("Norway")
    rereading(reader).read(asked("Who refuses?"), scored, 1)
    headed = sentences.passage("No ship will sail.", sentences.of([18]), 2)
    article = replace(headed.article, title="Norway refuses")
    headed = replace(headed, article=article)
    rereading(reader).read(asked("Who refuses?"), [sentences.scored(headed, 0, 1.0)], 1)
    assert reader.titles == {TEXT: None, "No ship will sail.": "Norway refuses"}


def test_a_no_of_no_country_is_none_where_countries_are_asked_for(sentences: Sentences) -> None:
    text = "Norway refuses. This did not keep Sweden from it."
    record = sentences.passage(text, sentences.of([15, 33]), 1)
    given = [sentences.scored(record, number, 1.0) for number in range(2)]

    def refusals(question: str) -> dict[str, float]:
        found = rereading(WordReader("Norway")).read(asked(question), given, 1)
        return {one.text[:6]: one.signs["refusal"] for one in found}

    assert refusals("Which countries refuse?") == {"Norway": 1.0, "This d": -1.0}
    assert refusals("Who refuses?") == {"Norway": 1.0, "This d": 1.0}


def test_a_name_that_no_passage_has_is_absent_from_all(scored: list[Any]) -> None:
    def absent(question: str) -> float:
        found = rereading(WordReader("Norway")).read(asked(question), scored, 1)
        (share,) = {one.signs["absent"] for one in found}
        return share

    assert absent("Does Norway refuse?") == 0.0
    assert absent("Does Volkswagen refuse?") == 1.0
    assert absent("Do Norway and Volkswagen refuse?") == 0.5


def test_a_text_is_read_once_and_no_more_than_the_limit(sentences: Sentences) -> None:
    records = [sentences.passage(f"Text {n} is here.", sentences.of([15]), n) for n in range(5)]
    reader = WordReader("Text")
    given = [sentences.scored(record, 0, -float(n)) for n, record in enumerate(records)]
    found = rereading(reader, limit=3).read(asked("Which?"), given, 1)
    assert reader.read_texts == ["Text 0 is here.", "Text 1 is here.", "Text 2 is here."]
    assert len(found) == 3


def test_past_the_time_limit_it_answers_from_what_it_has(sentences: Sentences) -> None:
    records = [sentences.passage(f"Text {n} is here.", sentences.of([15]), n) for n in range(5)]
    reader = WordReader("Text")
    given = [sentences.scored(record, 0, -float(n)) for n, record in enumerate(records)]
    found = rereading(reader, limit_ms=1e-9).read(asked("Which?"), given, 1)
    assert reader.read_texts == ["Text 0 is here."]
    assert len(found) == 1


def test_a_text_is_kept_for_the_next_question_of_the_same_generation(scored: list[Any]) -> None:
    reader = WordReader("Norway")
    reads = rereading(reader)
    first = reads.read(asked("Who refuses?"), scored, 1)
    assert reads.read(asked("Who refuses?"), scored, 1) == first
    assert reader.read_texts == [TEXT]
    reads.read(asked("Who refuses?"), scored, 2)
    assert reader.read_texts == [TEXT, TEXT]


def test_of_the_texts_that_were_read_the_last_are_kept() -> None:
    read: list[str] = []

    def reading(text: str) -> TokenStates:
        read.append(text)
        return states([[1.0, 0.0]], [7])

    one = reading("")
    size = sum(part.nbytes for part in (one.opening, one.tokens, one.ids, one.offsets))
    recent = Recent(2 * size)
    read.clear()
    for text in ("one", "two", "one", "three", "one", "two"):
        recent.get(text, 1, reading)
    assert read == ["one", "two", "three", "two"]
    recent = Recent(size // 2)  # too small for any
    recent.get("one", 1, reading)
    recent.get("one", 1, reading)
    assert read[-2:] == ["one", "one"]


def test_of_an_older_generation_no_text_is_kept() -> None:
    recent, read = Recent(), list[str]()

    def reading(text: str) -> TokenStates:
        read.append(text)
        if text == "while it is read":
            recent.forget_before(3)  # deleted by another thread
        return states([[1.0, 0.0]], [7])

    for text, generation in (("a", 1), ("a", 1), ("b", 2), ("a", 1), ("a", 1), ("b", 2)):
        recent.get(text, generation, reading)
    assert read == ["a", "b", "a", "a"]  # what the newest keeps stays
    recent.get("while it is read", 2, reading)
    recent.get("while it is read", 3, reading)
    assert read[-2:] == ["while it is read"] * 2


def test_texts_are_read_together_and_said_in_their_order(sentences: Sentences) -> None:
    records = [sentences.passage(f"Text {n} is here.", sentences.of([15]), n) for n in range(5)]
    given = [sentences.scored(record, 0, -float(n)) for n, record in enumerate(records)]
    together = rereading(WordReader("Text"), threads=2).read(asked("Which?"), given, 1)
    assert together == rereading(WordReader("Text")).read(asked("Which?"), given, 1)
    cut = rereading(WordReader("Text"), limit_ms=1e-9, threads=2).read(asked("Which?"), given, 1)
    assert order(cut) == ["Text 0 is here."]


def test_nothing_to_read_is_no_evidence() -> None:
    assert rereading(WordReader("x")).read(asked("Which?"), [], 1) == []
    assert at_first_sight([]) == []


def test_matches_are_the_best_cosine_and_the_same_token() -> None:
    question = states([[1.0, 0.0], [0.0, 2.0]], [7, 8])
    passage = states([[3.0, 0.0], [1.0, 1.0], [-1.0, 0.0]], [9, 8, 7])
    expected = [[1.0, 0.0], [2**-0.5, 1.0], [0.0, 1.0]]
    np.testing.assert_allclose(matches(question, passage), expected, atol=1e-6)
