"""Which parts of the passages the trained reader reads, and in what order."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from index.protocols import PassageRecord
from qa.windows import LONGEST, divided, windows

Sentences = Any  # tests/qa/conftest.py


def record(sentences: Sentences, passage_id: int, lengths: list[int]) -> PassageRecord:
    text = "x" * (sum(lengths) + len(lengths) - 1)
    found: PassageRecord = sentences.passage(text, sentences.of(lengths), passage_id)
    return found


@given(st.lists(st.integers(1, 2_000), min_size=1, max_size=30))
def test_every_sentence_is_in_one_run_and_a_run_is_short(
    sentences: Sentences, lengths: list[int]
) -> None:
    given = sentences.of(lengths)
    runs = divided(given)
    assert tuple(sentence for run in runs for sentence in run) == given
    assert all(len(run) == 1 or run[-1].end - run[0].start <= LONGEST for run in runs)


def test_a_short_passage_is_read_whole(sentences: Sentences) -> None:
    assert divided(sentences.of([100, 200, 300])) == [sentences.of([100, 200, 300])]


def test_a_long_passage_is_cut_into_parts_of_like_length(sentences: Sentences) -> None:
    runs = divided(sentences.of([200] * 8))
    lengths = [sum(s.end - s.start for s in run) for run in runs]
    assert lengths == [800, 800]


def test_the_part_with_the_strongest_sentence_is_read_first(sentences: Sentences) -> None:
    long, short = record(sentences, 1, [200] * 8), record(sentences, 2, [50, 50])
    scored = [
        sentences.scored(long, 6, 3.0),
        sentences.scored(short, 0, 2.0),
        sentences.scored(long, 0, 1.0),
    ]
    found = windows(scored)
    assert [window.record.passage_id for window in found] == [1, 2, 1]
    assert scored[0].sentence in found[0].sentences
    assert scored[2].sentence in found[2].sentences


def test_a_window_is_a_slice_of_its_article(sentences: Sentences) -> None:
    given = record(sentences, 1, [500, 300, 600, 100])
    text = given.article.text
    for window in windows([sentences.scored(given, n, -float(n)) for n in range(4)]):
        assert window.text == text[window.start : window.sentences[-1].end]
        assert [s.of(window.text) for s in window.within] == [s.of(text) for s in window.sentences]
