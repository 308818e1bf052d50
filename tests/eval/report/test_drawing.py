"""A chart stands inside a page: it takes its colours and its type, and says what it shows."""

import re
from xml.etree import ElementTree

import pytest

from eval.report.charts import (
    Bins,
    Chart,
    Line,
    latency_chart,
    recall_chart,
    reliability_chart,
    risk_chart,
)

K = list(range(1, 21))


def recall(number: int, label: str) -> Line:
    found = [k / 20 for k in K]
    return Line(label=label, number=number, x=K, y=found, low=found, high=found)


CHARTS = {
    "recall": recall_chart([recall(1, "before"), recall(2, "after")]),
    "risk": risk_chart(
        [Line(label="before", number=1, x=[0.5, 1.0], y=[0.1, 0.4])], {"before": 0.25}
    ),
    "reliability": reliability_chart(
        [Bins(label="before", number=1, confidence=[0.2, 0.9], right=[0.1, 0.8], count=[3, 9])]
    ),
    "latency": latency_chart(("embed", "read"), {"before": [7.5, 9.8], "after": [7.6, 30.0]}),
}


@pytest.fixture(params=CHARTS)
def chart(request: pytest.FixtureRequest) -> Chart:
    return CHARTS[request.param]


def test_a_chart_is_one_element_that_fits_any_width(chart: Chart) -> None:
    root = ElementTree.fromstring(chart.svg)
    assert root.tag.endswith("svg")
    assert "viewBox" in root.attrib
    assert not {"width", "height"} & set(root.attrib)


def test_a_chart_has_words_for_those_who_do_not_see_it(chart: Chart) -> None:
    root = ElementTree.fromstring(chart.svg)
    texts = {each.attrib["id"]: each.text for each in root if "id" in each.attrib}
    named = [texts[each] for each in root.attrib["aria-labelledby"].split()]
    assert root.attrib["role"] == "img"
    assert named[0] == chart.title
    assert re.search(r"\d\.\d", named[1] or "")
    assert chart.reading


def test_its_colours_are_those_of_the_page(chart: Chart) -> None:
    assert "var(--muted)" in chart.svg
    assert "var(--series-1)" in chart.svg
    colours = set(re.findall(r"#[0-9a-f]{6}\b", chart.svg))
    assert colours <= {"#000000"}, colours


def test_its_words_are_text_in_the_type_of_the_page(chart: Chart) -> None:
    assert re.search(r"<text[^>]*>", chart.svg)
    assert "font-family" not in chart.svg
    assert "DejaVu" not in chart.svg


def test_the_ids_of_all_charts_are_different() -> None:
    ids = [each for chart in CHARTS.values() for each in re.findall(r'\bid="([^"]+)"', chart.svg)]
    assert len(ids) == len(set(ids))
    for chart in CHARTS.values():
        own = set(re.findall(r'\bid="([^"]+)"', chart.svg))
        assert set(re.findall(r'href="#([^"]+)"', chart.svg)) <= own
        assert set(re.findall(r"url\(#([^)]+)\)", chart.svg)) <= own


def test_the_same_figures_are_the_same_chart() -> None:
    assert recall_chart([recall(1, "before"), recall(2, "after")]).svg == CHARTS["recall"].svg


def test_words_in_a_label_cannot_become_markup() -> None:
    chart = recall_chart([recall(1, "<b>&</b>"), recall(2, "after")])
    ElementTree.fromstring(chart.svg)
    assert "<b>" not in chart.svg


def test_the_risk_is_read_with_its_area() -> None:
    assert "before: 0.250" in CHARTS["risk"].reading


def test_labels_of_any_length_leave_room_for_the_chart() -> None:
    names = [f"a-very-long-name-of-a-run-that-somebody-gave-{n}" * 3 for n in range(1, 6)]
    chart = recall_chart([recall(n, name) for n, name in enumerate(names, 1)])
    assert "…" in chart.svg
    assert names[4] in chart.svg  # in the words, whole
