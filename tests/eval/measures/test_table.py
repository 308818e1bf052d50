"""One table has every figure of a run, by measure and slice."""

from typing import Any

import pytest

from eval.measures.measured import NOTHING
from eval.measures.names import MEASURES, PER_QUESTION
from eval.measures.slices import ALL, Slice
from eval.measures.table import measure, per_question
from eval.record import Record

FRENCH = Slice(by="language", value="fr")


@pytest.fixture
def records(make: Any) -> list[Record]:
    gold = [make.facet("x", ("a", 0, 9), shorts=["x"])]
    right, wrong = [make.shown([("a", 0, 9)])], [make.shown([("b", 0, 9)])]
    listed = [make.facet("x", ("a", 0, 9)), make.facet("y", ("b", 0, 9))]
    return [
        make.record(facets=gold, points=right, found=["a"], language="fr", languages=["fr"]),
        make.record(facets=gold, points=wrong, found=["b"], language="fr", languages=["fr", "de"]),
        make.record(facets=listed, points=right, found=["a"], kind="list", languages=["en"]),
        make.record(kind="date", languages=[], confidence=0.1),
    ]


def test_a_figure_is_selected_by_measure_and_slice(records: list[Record]) -> None:
    table = measure(records)
    assert (table.at("hit@1").value, table.at("hit@1").count) == (pytest.approx(2 / 3), 3)
    assert (table.at("hit@1", FRENCH).value, table.at("hit@1", FRENCH).count) == (0.5, 2)
    assert table.at("facet_recall", Slice(by="kind", value="list")).value == 0.5
    assert table.at("hit@1", Slice(by="pair", value="fr-fr")).value == 1
    assert table.at("hit@1", Slice(by="pair", value="fr-several")).value == 0
    assert table.at("refusal_recall").value == 1


def test_a_question_is_in_one_slice_of_each_sort(records: list[Record]) -> None:
    table = measure(records)
    assert table.slices()[0] == ALL
    pairs = ["pair=en-en", "pair=fr-fr", "pair=fr-several"]
    assert [str(of) for of in table.slices("pair")] == pairs
    for by, total in (("all", 4), ("language", 4), ("kind", 4), ("pair", 3)):
        assert sum(table.at("wall_ms.p50", of).count for of in table.slices(by)) == total


def test_every_slice_has_every_measure_that_has_a_name(records: list[Record]) -> None:
    table = measure(records)
    rows = list(table.rows)
    for of in table.slices():
        assert [row.measure for row in rows if row.slice == of] == list(MEASURES)


def test_every_value_of_a_question_has_a_description(records: list[Record]) -> None:
    for record in records:
        assert list(per_question(record)) == list(PER_QUESTION)


def test_what_applies_to_no_question_of_a_slice_is_nothing(records: list[Record]) -> None:
    table = measure(records)
    assert table.at("hit@1", Slice(by="kind", value="date")) == NOTHING
    assert table.at("hit@1", Slice(by="kind", value="place")) == NOTHING
    assert measure([]).at("hit@1") == NOTHING


def test_a_name_that_is_no_measure_is_refused(records: list[Record]) -> None:
    with pytest.raises(KeyError):
        measure(records).at("hit@2")


def test_the_order_of_the_questions_makes_no_difference_to_the_values(
    records: list[Record],
) -> None:
    one, other = measure(records), measure(records[::-1])
    assert one.figures.keys() == other.figures.keys()
    for key, figure in one.figures.items():
        assert figure.count == other.figures[key].count, key
        assert figure.value == pytest.approx(other.figures[key].value), key


def test_the_same_records_give_the_same_table(records: list[Record]) -> None:
    assert measure(records) == measure(records)


def test_a_mean_is_over_the_questions_that_it_applies_to(records: list[Record]) -> None:
    table = measure(records)
    values = [per_question(record) for record in records]
    shared = values[0].keys() & MEASURES.keys()
    assert len(shared) == 17
    for name in shared:
        there = [value[name] for value in values if value[name] is not None]
        assert table.at(name).count == len(there), name
        if there:
            assert table.at(name).value == pytest.approx(sum(there) / len(there)), name
