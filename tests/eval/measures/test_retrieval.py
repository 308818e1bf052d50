"""Rankings are measured as trec_eval does, over articles."""

from math import log2
from typing import Any

import ir_measures
import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.measures.retrieval import NAMES, ranked_articles, recall, recall_curve, retrieval


def test_an_article_stands_where_its_best_passage_does(make: Any) -> None:
    record = make.record(found=["b", "a", "b", "c", "a"])
    assert ranked_articles(record.candidates) == ("b", "a", "c")


def test_a_hand_worked_example(make: Any) -> None:
    # Grades 2 and 1: first comes an article of no grade, by two passages, then b, then a.
    record = make.record(relevant={"a": 2, "b": 1}, found=["x", "x", "b", "a"])
    measured = retrieval(record)
    best = 2 / log2(2) + 1 / log2(3)
    assert measured["ndcg@10"] == pytest.approx((1 / log2(3) + 2 / log2(4)) / best)
    assert measured["mrr@10"] == 1 / 2
    assert (measured["recall@1"], measured["recall@5"], measured["recall@20"]) == (0, 1, 1)


def test_the_places_that_answer_are_judgements_of_their_articles(make: Any) -> None:
    record = make.record(facets=[make.facet("x", ("a", 0, 3), ("b", 0, 3))], found=["a", "c"])
    assert retrieval(record)["recall@1"] == 0.5


def test_what_is_found_in_the_eleventh_article_has_no_rank(make: Any) -> None:
    measured = retrieval(make.record(relevant={"a": 1}, found=[*"bcdefghijk", "a"]))
    assert (measured["mrr@10"], measured["ndcg@10"], measured["recall@20"]) == (0, 0, 1)


def test_a_question_for_which_nothing_was_found_scores_0(make: Any) -> None:
    assert retrieval(make.record(relevant={"a": 1})) == dict.fromkeys(NAMES, 0.0)


def test_a_question_without_an_answer_has_no_ranking_to_measure(make: Any) -> None:
    assert retrieval(make.record(found=["a"])) == dict.fromkeys(NAMES)


@given(
    grades=st.dictionaries(st.sampled_from("abcdefgh"), st.integers(1, 3), min_size=1),
    ranked=st.permutations("abcdefghijkl"),
    k=st.integers(1, 12),
)
def test_recall_is_that_of_trec_eval(grades: dict[str, int], ranked: list[str], k: int) -> None:
    judged = [ir_measures.Qrel("q", article, grade) for article, grade in grades.items()]
    run = [ir_measures.ScoredDoc("q", article, -rank) for rank, article in enumerate(ranked)]
    theirs = ir_measures.calc_aggregate([ir_measures.R @ k], judged, run)[ir_measures.R @ k]
    assert recall(grades, ranked, k) == pytest.approx(theirs)


def test_the_curve_of_recall_is_a_mean_over_the_questions_with_an_answer(make: Any) -> None:
    records = [
        make.record(relevant={"a": 1, "b": 1}, found=["a", "a", "x", "b"]),
        make.record(relevant={"a": 1}, found=["x", "y", "a"]),
        make.record(found=["a"]),
    ]
    curve = recall_curve(records, deepest=5)
    assert [point.value for point in curve] == [0.25, 0.25, 1.0, 1.0, 1.0]
    assert {point.count for point in curve} == {2}
