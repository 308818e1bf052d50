"""Sentences, short answers and lists."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.measures.answers import NAMES, answers, exact_match, facets, first_right, token_f1

WORDS = st.lists(st.sampled_from(["port", "digue", "phare"]), max_size=5)


def test_the_first_point_is_right_if_its_first_quote_overlaps_a_place(make: Any) -> None:
    gold = [make.facet("1821", ("a", 30, 34))]
    for quotes, right in (
        ([("a", 0, 31)], 1),
        ([("a", 0, 30)], 0),  # ends where the place begins
        ([("b", 0, 31)], 0),  # another article
        ([("b", 0, 31), ("a", 0, 31)], 0),  # the second quote
    ):
        record = make.record(facets=gold, points=[make.shown(quotes)])
        assert answers(record)["hit@1"] == right, quotes


def test_any_of_the_first_three_points_may_be_right(make: Any) -> None:
    gold = [make.facet("x", ("a", 0, 9))]
    wrong, right = make.shown([("b", 0, 9)]), make.shown([("a", 0, 9)])
    third = answers(make.record(facets=gold, points=[wrong, wrong, right]))
    fourth = answers(make.record(facets=gold, points=[wrong, wrong, wrong, right]))
    assert (third["hit@1"], third["hit@3"], fourth["hit@3"]) == (0, 1, 0)


def test_a_short_answer_is_compared_with_the_best_of_the_gold(make: Any) -> None:
    gold = [make.facet("x", ("a", 0, 9), shorts=["1821", "the year 1821"])]
    record = make.record(facets=gold, points=[make.shown([("a", 0, 9)], short="The Year 1821!")])
    assert (answers(record)["exact_match"], answers(record)["token_f1"]) == (1, 1)


def test_without_a_short_answer_its_quote_is_compared(make: Any) -> None:
    gold = [make.facet("x", ("a", 0, 9), shorts=["1821"])]
    shown = make.shown([("a", 0, 9)], text="The harbour opened in 1821.")
    record = make.record(facets=gold, points=[shown])
    # Four words, one of them right: precision 1/4, recall 1.
    assert answers(record)["exact_match"] == 0
    assert answers(record)["token_f1"] == pytest.approx(2 * 0.25 / 1.25)


def test_a_short_answer_is_read_in_the_language_of_its_article(make: Any) -> None:
    gold = [make.facet("x", ("a", 0, 9), shorts=["l'école"])]
    points = [make.shown([("a", 0, 9)], short="École")]
    for spoken, languages, right in (
        ("fr", ["en"], 1),
        ("en", ["fr"], 0),
        ("und", ["fr"], 1),  # then as the articles that answer
    ):
        record = make.record(facets=gold, points=points, spoken=spoken, languages=languages)
        assert answers(record)["exact_match"] == right, spoken


def test_a_gold_without_short_texts_has_no_exact_match(make: Any) -> None:
    record = make.record(facets=[make.facet("x", ("a", 0, 9))], points=[make.shown([("a", 0, 9)])])
    assert (answers(record)["exact_match"], answers(record)["token_f1"]) == (None, None)


def test_a_withheld_answer_scores_0(make: Any) -> None:
    gold = [make.facet("x", ("a", 0, 9), shorts=["x"])]
    assert answers(make.record(facets=gold, kind="list")) == dict.fromkeys(NAMES, 0.0)


def test_a_question_without_an_answer_has_none_to_measure(make: Any) -> None:
    points = [make.shown([("a", 0, 9)])]
    assert answers(make.record(points=points)) == dict.fromkeys(NAMES)
    assert answers(make.record(points=points, relevant={"a": 1})) == dict.fromkeys(NAMES)


def test_a_list_is_measured_by_its_items(make: Any) -> None:
    record = make.record(
        facets=[
            make.facet("Italy", ("a", 0, 9), ("b", 0, 9), shorts=["Italy"]),
            make.facet("Poland", ("a", 20, 29), shorts=["Poland"]),
            make.facet("Spain", ("c", 0, 9), shorts=["Spain"]),
        ],
        points=[
            make.shown([("x", 0, 9), ("b", 5, 12)]),  # Italy, by its second quote
            make.shown([("x", 50, 60)], short="the poland"),  # Poland, by its short text
            make.shown([("a", 8, 10)]),  # Italy once more
            make.shown([("a", 9, 20)], short="Germany"),  # nothing
        ],
    )
    measured = answers(record)
    assert measured["facet_recall"] == pytest.approx(2 / 3)
    assert measured["facet_precision"] == pytest.approx(3 / 4)
    assert measured["facet_f1"] == pytest.approx(2 * (2 / 3) * (3 / 4) / (2 / 3 + 3 / 4))


def test_one_sentence_may_give_two_items(make: Any) -> None:
    gold = [make.facet("Italy", ("a", 0, 5)), make.facet("Poland", ("a", 10, 16))]
    record = make.record(facets=gold, points=[make.shown([("a", 0, 20)])])
    assert facets(record) == {"facet_recall": 1, "facet_precision": 1, "facet_f1": 1}


def test_only_lists_are_measured_by_items(make: Any) -> None:
    gold, points = [make.facet("x", ("a", 0, 9))], [make.shown([("a", 0, 9)])]
    assert answers(make.record(facets=gold, points=points))["facet_recall"] is None
    assert answers(make.record(facets=gold, points=points, kind="list"))["facet_recall"] == 1


def test_grades_of_articles_do_not_tell_whether_the_first_quote_is_right(make: Any) -> None:
    points, gold = [make.shown([("a", 0, 9)])], [make.facet("x", ("a", 0, 9))]
    assert first_right(make.record(facets=gold, points=points)) is True
    assert first_right(make.record(facets=gold)) is False
    assert first_right(make.record(points=points)) is False
    assert first_right(make.record(relevant={"a": 1}, points=points)) is None


@given(WORDS, WORDS)
def test_the_share_of_common_words_is_symmetric_and_1_for_equal_bags(
    one: list[str], other: list[str]
) -> None:
    assert 0 <= token_f1(one, other) <= 1
    assert token_f1(one, other) == token_f1(other, one)
    assert (token_f1(one, other) == 1) == (sorted(one) == sorted(other))
    assert exact_match(one, other) <= token_f1(one, other)


def test_words_count_as_often_as_they_stand_in_both() -> None:
    # Precision 2/3, recall 2/2: SQuAD's script says 0.8.
    assert token_f1(["port", "port", "digue"], ["port", "digue"]) == pytest.approx(0.8)
    assert token_f1([], []) == 1
    assert token_f1([], ["port"]) == 0
