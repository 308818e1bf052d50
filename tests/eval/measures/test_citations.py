"""What is cited is there, and is what was asked for."""

from dataclasses import replace
from typing import Any

import pytest

from eval.measures.citations import citations
from qa.answer import Verdict


def test_a_citation_that_moved_or_changed_is_not_verbatim(make: Any) -> None:
    points = [make.shown([("a", 0, 9), ("b", 0, 9), ("c", 0, 9), ("d", 0, 9)])]
    verdicts = [Verdict.EXACT, Verdict.MOVED, Verdict.CHANGED, Verdict.GONE]
    assert citations(make.record(points=points, verdicts=verdicts))["verbatim"] == 1 / 4
    assert citations(make.record(points=points))["verbatim"] == 1


def test_a_quote_in_other_words_than_its_citation_is_not_verbatim(make: Any) -> None:
    record = make.record(points=[make.shown([("a", 0, 9), ("b", 0, 9)])])
    first, second = record.answer.citations
    altered = replace(record.answer, citations=(replace(first, text="Other words."), second))
    assert citations(replace(record, answer=altered))["verbatim"] == 1 / 2


def test_a_quote_without_a_citation_is_not_verbatim(make: Any) -> None:
    record = make.record(points=[make.shown([("a", 0, 9), ("b", 0, 9)])])
    lost = replace(record.answer, citations=record.answer.citations[:1])
    measured = citations(replace(record, answer=lost, verdicts=record.verdicts[:1]))
    assert measured["verbatim"] == 1 / 2


def test_an_answer_without_citations_has_nothing_to_be_verbatim(make: Any) -> None:
    assert citations(make.record())["verbatim"] is None


def test_a_run_that_did_not_verify_every_citation_is_refused(make: Any) -> None:
    record = make.record(points=[make.shown([("a", 0, 9)])], verdicts=[])
    with pytest.raises(ValueError, match="shorter"):
        citations(record)


def test_citations_are_measured_against_the_places_that_answer(make: Any) -> None:
    record = make.record(
        facets=[
            make.facet("Italy", ("a", 0, 9), ("b", 0, 9)),
            make.facet("Poland", ("c", 0, 9)),
            make.facet("Spain", ("d", 0, 9)),
        ],
        points=[
            make.shown([("a", 0, 9), ("b", 3, 5), ("x", 0, 9)]),
            make.shown([("c", 8, 20)]),
            make.shown([("c", 9, 20)]),
        ],
    )
    measured = citations(record)
    assert measured["citation_precision"] == pytest.approx(3 / 5)
    assert measured["citation_recall"] == pytest.approx(2 / 3)


def test_a_question_with_an_answer_for_which_nothing_is_cited_scores_0(make: Any) -> None:
    measured = citations(make.record(facets=[make.facet("x", ("a", 0, 9))]))
    assert (measured["citation_precision"], measured["citation_recall"]) == (0, 0)


def test_citations_for_what_has_no_answer_are_verified_and_not_judged(make: Any) -> None:
    measured = citations(make.record(points=[make.shown([("a", 0, 9)])]))
    assert measured == {"verbatim": 1, "citation_precision": None, "citation_recall": None}
