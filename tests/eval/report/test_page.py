"""The report is one page that holds figures, charts and failures, and asks for nothing else."""

import re
from collections.abc import Sequence
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from eval.measures.table import measure
from eval.outcome import outcome
from eval.question import Question
from eval.record import Record
from eval.report.failures import failures
from eval.report.markdown import report_markdown
from eval.report.page import report_page
from eval.report.views import TooManyRunsError, names_of, views_of
from eval.report.writing import write_page
from eval.run.asking import asked
from eval.run.errors import RunFileError
from eval.run.file import Run
from index.article import Article


class Elements(HTMLParser):
    """The elements of a page, each with its attributes; what is not closed is told."""

    VOID = frozenset({"meta", "link", "br", "col", "input", "img", "hr"})

    def __init__(self, page: str) -> None:
        super().__init__()
        self.all: list[tuple[str, dict[str, str]]] = []
        self.open: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.all.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.all.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert self.open and self.open[-1] == tag, (tag, self.open[-5:], self.getpos())
        self.open.pop()

    def of(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.all if name == tag]


@pytest.fixture
def records(says, asked_for: dict[str, Question], stands: dict[str, Article]) -> list[Record]:
    """One of each: right, wrong, refused, rightly refused, and not refused."""
    harvest = (stands["harvest"], "Bread costs more since September.")
    sends = (stands["frigates"], "Denmark will send two frigates to the strait.")
    return [
        says(asked_for["sends"], [sends], confidence=0.9),
        says(asked_for["refuses"], [harvest], confidence=0.8),
        says(asked_for["bread"], confidence=0.1),
        says(asked_for["japan"], [sends], confidence=0.6),
        says(replace(asked_for["japan"], id="tokyo", language="fr"), confidence=0.05),
    ]


@pytest.fixture
def run(make_run, records: list[Record]) -> Run:
    return make_run("first", records)


def test_the_page_is_whole_and_asks_for_nothing_else(run: Run) -> None:
    page = report_page([run])
    elements = Elements(page)
    assert elements.open == []
    assert page.startswith("<!doctype html>")
    loading = [a for _, a in elements.all for name in a if name in {"src", "srcset", "data"}]
    assert loading == []
    assert not elements.of("link")
    links = [a["href"] for a in elements.of("a")]
    ids = {a["id"] for _, a in elements.all if "id" in a}
    assert links and all(link.startswith("#") and link[1:] in ids for link in links)
    assert "@import" not in page and "url(http" not in page


def test_no_id_is_given_twice(run: Run) -> None:
    ids = [a["id"] for _, a in Elements(report_page([run, run])).all if "id" in a]
    assert len(ids) == len(set(ids))


def test_the_figures_are_those_of_the_measures(run: Run) -> None:
    page = report_page([run])
    table = measure(run.records)
    for name in ("recall@5", "hit@1", "refusal_recall", "auroc_answerable", "verbatim"):
        measured = table.at(name)
        row = re.search(rf'<th scope="row">{re.escape(name)}<span.*?</tr>', page, re.DOTALL)
        assert row is not None, name
        assert f"{measured.value:.3f}" in row[0]
        assert f"{measured.low:.3f} to {measured.high:.3f}" in row[0]
        assert f'<td class="n count">{measured.count}</td>' in row[0]


def test_all_four_charts_are_there_with_their_words(run: Run) -> None:
    charts = [a for a in Elements(report_page([run])).of("svg") if a.get("role") == "img"]
    assert [a["aria-labelledby"].split("-")[0] for a in charts] == [
        "recall",
        "risk",
        "reliability",
        "latency",
    ]


def test_the_languages_are_a_matrix(run: Run) -> None:
    page = report_page([run])
    matrix = re.search(r'<table class="matrix">.*?</table>', page, re.DOTALL)
    assert matrix is not None
    assert re.findall(r'<th scope="col">(\w+)</th>', matrix[0]) == ["en", "several"]
    assert re.findall(r'<th scope="row">(\w+)</th>', matrix[0]) == ["en"]


def test_every_failure_is_there_with_question_gold_answer_and_ranking(
    run: Run, records: Sequence[Record]
) -> None:
    page = report_page([run])
    blocks = re.findall(r'<article class="failure".*?</article>', page, re.DOTALL)
    failed = [record for record in records if not outcome(record).good]
    assert len(blocks) == len(failed) == 3
    for record in failed:
        (block,) = [b for b in blocks if f"<code>{record.question.id}</code>" in b]
        assert record.question.text in block
        assert f'data-outcome="{outcome(record).value}"' in block
        assert f"confidence {record.answer.confidence:.2f}" in block
        assert block.count('<span class="rank">') == len(record.candidates)
        assert "score 3.00 · dense 0.800 · lexical −1.5" in block
        for facet in record.question.facets:
            assert facet.shorts[0] in block
        for citation in record.answer.citations:
            assert citation.text in block
    assert "Nothing here answers it" in next(b for b in blocks if "<code>japan</code>" in b)


def test_a_follow_up_is_shown_with_what_came_before_and_how_it_was_understood(
    make_run, says, asked_for: dict[str, Question]
) -> None:
    record = says(asked_for["where"])
    understood = replace(record.answer, understood_as="Where did Sweden's minister speak?")
    page = report_page([make_run("a", [replace(record, answer=understood)])])
    assert "After: “Who refused?”. Meant is: “Where did the minister speak?”" in page
    assert "Understood as: “Where did Sweden&#39;s minister speak?”" in page


def test_the_surest_failures_come_first_and_no_more_than_asked_for(run: Run) -> None:
    found = failures(views_of([run]), limit=2)
    assert [each.question.id for each in found.shown] == ["refuses", "japan"]
    assert found.total == 3
    assert "2 of 3 are on this page" in report_page([run], most_failures=2)


def test_what_answers_is_marked_in_the_ranked_passages(run: Run) -> None:
    page = report_page([run])
    assert "<mark>Sweden</mark> refused to send soldiers." in page
    assert '<span class="quoted">Bread costs more since September.</span>' in page


def test_words_of_articles_and_questions_cannot_do_anything(
    make_run, says, asked_for: dict[str, Question], stands: dict[str, Article]
) -> None:
    hostile = "</script><script>alert(1)</script><img src=x onerror=alert(1)>\" '"
    question = replace(asked_for["refuses"], id=hostile, text=hostile, kind=hostile)
    record = says(question, [(stands["harvest"], "Bread costs more since September.")])
    citation = replace(record.answer.citations[0], text=hostile, source=hostile)
    candidate = replace(record.candidates[0], text=hostile, article_id=hostile)
    record = replace(
        record,
        answer=replace(record.answer, citations=(citation,)),
        candidates=(candidate, *record.candidates[1:]),
    )
    page = report_page([make_run("a", [record], collection=hostile)])
    elements = Elements(page)
    assert elements.open == []
    assert len(elements.of("script")) == 1
    assert not elements.of("img")
    assert not [a for _, a in elements.all if any(name.startswith("on") for name in a)]


def test_several_runs_stand_side_by_side_and_what_they_differ_in_is_marked(
    make_run, records: Sequence[Record]
) -> None:
    runs = [make_run("first", records), make_run("second", records, settings={"passages": 5})]
    page = report_page(runs)
    assert Elements(page).open == []
    assert '<tr class="differs"><th scope="row">passages</th><td>20</td><td>5</td>' in page
    assert page.count('<tr class="differs">') == 1
    (block,) = [
        b
        for b in re.findall(r'<article class="failure".*?</article>', page, re.DOTALL)
        if "<code>bread</code>" in b
    ]
    assert block.count('<span class="rank">') == 6


def test_runs_of_one_name_are_told_apart(make_run, records: Sequence[Record]) -> None:
    run = make_run("run", records)
    elsewhere = replace(run, path=run.path.parent / "elsewhere" / "run.jsonl")
    here = run.path.parent.name
    assert names_of([run, elsewhere]) == [f"{here}/run", "elsewhere/run"]
    assert names_of([run, run]) == [f"{here}/run (1)", f"{here}/run (2)"]


def test_more_runs_than_can_be_told_apart_are_refused(run: Run) -> None:
    with pytest.raises(TooManyRunsError, match="6 runs are too many"):
        report_page([run] * 6)


def test_runs_of_different_sets_are_not_compared_silently(make_run, records) -> None:
    other = make_run("other", records, fingerprint="0" * 64)
    assert "their figures do not compare" in report_page([make_run("a", records), other])
    assert "do not compare" not in report_page([make_run("a", records)] * 2)


def test_a_run_that_was_stopped_is_told(make_run, records: Sequence[Record]) -> None:
    page = report_page([make_run("half", records, questions=12)])
    assert "half is not finished: 5 of 12 questions were asked." in page


def test_a_run_of_judged_articles_alone_has_a_report(
    make_run, says, asked_for: dict[str, Question]
) -> None:
    graded = replace(asked_for["refuses"], facets=(), relevant={"phare": 2})
    page = report_page([make_run("graded", [says(graded)])])
    assert Elements(page).open == []
    assert "ndcg@10" in page


def test_a_run_of_one_question_has_a_report(make_run, records: Sequence[Record]) -> None:
    for record in records:
        assert Elements(report_page([make_run("one", [record])])).open == []


def test_real_answers_have_a_report(engine, collection, make_run) -> None:
    real = [asked(engine, question, {}) for question in collection.questions]
    page = report_page([make_run("real", real)])
    assert Elements(page).open == []
    assert "Et où a-t-elle parlé" in page or all(outcome(record).good for record in real)


def test_markdown_has_the_same_figures(run: Run) -> None:
    text = report_markdown([run])
    hit = measure(run.records).at("hit@1")
    assert f"| hit@1 | {hit.value:.3f} | {hit.low:.3f} to {hit.high:.3f} | 3 |" in text
    assert text.startswith("# small.dev\n")
    for block in re.findall(r"(?:^\|.*\n)+", text, re.MULTILINE):
        assert len({len(re.findall(r"(?<!\\)\|", line)) for line in block.splitlines()}) == 1


def test_a_page_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    write_page(tmp_path / "new" / "page.html", "é")
    assert (tmp_path / "new" / "page.html").read_bytes() == "é".encode()
    (tmp_path / "letter").write_text("a file")
    with pytest.raises(RunFileError, match="cannot be written"):
        write_page(tmp_path / "letter" / "page.html", "é")
