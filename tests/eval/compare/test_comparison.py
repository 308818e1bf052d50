"""What changed is counted, tested and shown, the same on a terminal, on a page and in JSON."""

import itertools
import json
import re
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from api.terminal.screen import Screen
from eval.compare.comparison import Comparison, compared, for_programs
from eval.compare.differences import Difference, differences, exchanged_p, value
from eval.compare.page import changes_page
from eval.compare.pairs import Pair
from eval.compare.words import is_gain, probability, signed, weight
from eval.measures.refusal import refusal_precision
from eval.measures.slices import ALL, Slice
from eval.outcome import Outcome
from eval.record import Record
from eval.terminal.comparison import show_comparison


@pytest.fixture
def many(says, asked_for, stands):
    """Thirty questions; of these, the first ``right`` are answered rightly, the others refused."""
    asked = asked_for["refuses"]
    quote = (stands["frigates"], "Sweden refused to send soldiers.")
    questions = [
        replace(asked, id=f"q{n}", language="en" if n < 20 else "fr", kind="list")
        for n in range(30)
    ]

    def answered(right: int) -> list[Record]:
        return [
            says(each, [quote], confidence=0.9, milliseconds=20)
            if number < right
            else says(each, confidence=0.1, milliseconds=10)
            for number, each in enumerate(questions)
        ]

    return answered


def of(found: Sequence[Difference], measure: str, slice_: Slice = ALL) -> Difference:
    (one,) = [each for each in found if each.measure == measure and each.slice == slice_]
    return one


def test_a_mean_is_compared_question_by_question(many, make_run) -> None:
    found = compared(make_run("a", many(5)), make_run("b", many(20))).differences
    hits = of(found, "hit@1")
    assert (hits.before, hits.after, hits.count) == (
        pytest.approx(5 / 30),
        pytest.approx(2 / 3),
        30,
    )
    assert hits.difference == pytest.approx(0.5)
    assert hits.low is not None and hits.high is not None
    assert 0.3 < hits.low < 0.5 < hits.high < 0.7
    assert hits.p == pytest.approx(1 / 10_001, abs=2e-4)  # 15 turned, all one way: 2 / 2 ** 15
    assert hits.significant


def test_slices_are_compared_and_one_that_is_all_questions_is_left_out(many, make_run) -> None:
    found = compared(make_run("a", many(5)), make_run("b", many(20))).differences
    english, french = (Slice(by="language", value=each) for each in ("en", "fr"))
    assert of(found, "hit@1", english).difference == pytest.approx(0.75)
    assert of(found, "hit@1", french).difference == 0
    assert of(found, "hit@1", french).p == 1
    assert "kind" not in {each.slice.by for each in found}


def test_equal_runs_differ_in_nothing(many, make_run) -> None:
    found = compared(make_run("a", many(7)), make_run("b", many(7)))
    assert found.turned == []
    assert all(each.difference == 0 and not each.significant for each in found.differences)


def test_what_is_of_a_set_is_tested_by_exchanging_whole_answers(says, asked_for, stands) -> None:
    # Seven questions without an answer: small enough to try every exchange by hand.
    unanswerable = asked_for["japan"]
    quote = (stands["frigates"], "two frigates")
    answerable = asked_for["refuses"]
    before = [says(replace(unanswerable, id=f"u{n}")) for n in range(3)]
    before += [says(replace(answerable, id=f"a{n}")) for n in range(4)]
    after = before[:3] + [says(each.question, [quote]) for each in before[3:]]
    pairs = [Pair(before=b, after=a) for b, a in zip(before, after, strict=True)]
    observed = 1 - 3 / 7
    assert value(refusal_precision, after) == 1
    exact = np.mean(
        [
            abs(
                value(refusal_precision, [p[1 - e] for p, e in zip(both, swaps, strict=True)])
                - value(refusal_precision, [p[e] for p, e in zip(both, swaps, strict=True)])
            )
            >= observed - 1e-12
            for both in [[(p.before, p.after) for p in pairs]]
            for swaps in itertools.product((0, 1), repeat=7)
        ]
    )
    estimated = exchanged_p(refusal_precision, pairs, observed, redraws=3_000)
    assert estimated == pytest.approx(exact, abs=0.03)
    (found,) = [d for d in differences(pairs) if d.measure == "refusal_precision"]
    assert found.difference == pytest.approx(observed)
    assert found.low is not None and found.low <= observed <= (found.high or 0)


def test_the_questions_that_turned_are_named_with_what_was_said(many, make_run) -> None:
    found = compared(make_run("a", many(5)), make_run("b", many(8))).turned
    assert [each.id for each in found] == ["q5", "q6", "q7"]
    assert all(each.to_right for each in found)
    first = found[0]
    assert (first.before, first.after) == (Outcome.REFUSED, Outcome.RIGHT)
    assert first.said_before == "(no answer)"
    assert first.said_after == "Sweden refused to send soldiers."
    back = compared(make_run("a", many(8)), make_run("b", many(5))).turned
    assert [each.to_right for each in back] == [False] * 3


@pytest.mark.parametrize(
    ("measure", "difference", "gain"),
    [
        ("hit@1", 0.1, True),
        ("hit@1", -0.1, False),
        ("ece", -0.1, True),
        ("refused_answerable", 0.1, False),
        ("total_ms", -5.0, True),
    ],
)
def test_more_is_not_always_better(measure: str, difference: float, gain: bool) -> None:
    made = Difference(
        measure=measure, slice=ALL, before=0.5, after=0.5 + difference, difference=difference,
        low=None, high=None, p=0.01, count=9,
    )  # fmt: skip
    assert is_gain(made) is gain
    assert weight(made) == ("gain" if gain else "loss")
    assert weight(replace(made, p=0.5)) == ""


def test_a_difference_is_written_with_its_sign() -> None:
    assert signed(0.1234, "hit@1") == "+0.123"
    assert signed(-12.34, "total_ms") == "−12.3"
    assert signed(0.0001, "hit@1") == "0.000"


@pytest.fixture
def changed(many, make_run) -> Comparison:
    before = make_run("before", many(5))
    return compared(before, make_run("after", many(20), settings={"passages": 5}))


def test_a_terminal_shows_what_was_changed_and_what_changed(
    changed: Comparison, capsys: pytest.CaptureFixture[str]
) -> None:
    show_comparison(Screen(), changed)
    shown = capsys.readouterr().out
    assert "passages was 20, is 5" in shown
    hits = of(changed.differences, "hit@1")
    row = rf"hit@1 +0\.167 +0\.667 +\+0\.500 .*{probability(hits)} +30"
    assert any(re.search(row, line) for line in shown.splitlines()), shown
    assert "Turned right: 15 questions" in shown
    assert "Turned wrong: no question." in shown
    assert "[refused] (no answer)" in " ".join(shown.split())
    assert max(map(len, shown.splitlines())) <= 120


def test_json_holds_the_same_figures(changed: Comparison, capsys) -> None:
    Screen().json(for_programs(changed))
    told = json.loads(capsys.readouterr().out)
    hits = of(changed.differences, "hit@1")
    (row,) = [r for r in told["differences"] if (r["measure"], r["slice"]) == ("hit@1", "all")]
    assert (row["difference"], row["p"], row["questions"]) == (hits.difference, hits.p, 30)
    assert len(told["turned"]) == 15
    assert told["made_otherwise"] == ["passages was 20, is 5"]


def test_the_page_holds_the_same_figures_and_needs_nothing_else(changed: Comparison) -> None:
    page = changes_page(changed)
    assert "+0.500" in page
    assert page.count('<article class="failure">') == 15
    assert "passages was 20, is 5" in page
    assert "http://" not in page and "https://" not in page and "<script src" not in page
