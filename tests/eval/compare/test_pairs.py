"""Only answers to the same questions are compared."""

from dataclasses import replace

import pytest

from eval.compare.pairs import NotComparableError, paired


def test_answers_are_paired_by_question_in_the_order_of_the_first_run(
    says, make_run, collection
) -> None:
    records = [says(question) for question in collection.questions]
    pairs = paired(make_run("a", records), make_run("b", records[::-1]))
    assert [pair.question for pair in pairs] == list(collection.questions)
    assert all(pair.before.question == pair.after.question for pair in pairs)


def test_different_questions_are_refused_and_named(says, make_run, collection) -> None:
    records = [says(question) for question in collection.questions]
    before, after = make_run("a", records[:3]), make_run("b", records[1:])
    with pytest.raises(NotComparableError) as refused:
        paired(before, after)
    assert "a.jsonl has 1 that" in refused.value.message
    assert "lacks (sends), which has 2 others (japan, where)" in refused.value.message
    assert "--common" in refused.value.remedy
    common = paired(before, after, common=True)
    assert [pair.question.id for pair in common] == ["refuses", "bread"]


def test_runs_without_a_common_question_are_refused(says, make_run, collection) -> None:
    records = [says(question) for question in collection.questions]
    with pytest.raises(NotComparableError, match="no question in common"):
        paired(make_run("a", records[:1]), make_run("b", records[1:]), common=True)


@pytest.mark.parametrize("common", [False, True])
def test_a_question_whose_gold_has_changed_is_no_pair(
    says, make_run, collection, common: bool
) -> None:
    first, *others = collection.questions
    before = make_run("a", [says(question) for question in collection.questions])
    after = make_run("b", [says(each) for each in (replace(first, facets=()), *others)])
    with pytest.raises(NotComparableError, match=r"not the same in both runs \(sends\)"):
        paired(before, after, common=common)
