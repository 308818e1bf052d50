"""How an index is, as a person sees it."""

from pathlib import Path

import pytest

from api.terminal.progress import describe
from api.terminal.status import finding_lines, setting_lines, size, status_lines
from index.doctor import Finding
from index.ingest import Progress
from index.status import Status

STATUS = Status(
    generation=7,
    articles=1_200,
    passages=5_000,
    sentences=20_001,
    languages={"fr": 4_000, "de": 1_000},
    sources=1,
    segments=3,
    tombstones=2,
    bytes_on_disk={"catalog": 3_400_000, "vectors": 900, "terms": 0},
    model="multilingual-e5-small",
    fingerprint="e5/384",
    dimension=384,
    degraded=(),
)


def test_a_status_counts_what_there_is() -> None:
    lines = [line.plain for line in status_lines(Path("archive"), STATUS)]

    assert lines == [
        "The index in archive is healthy.",
        "Articles:   1,200 (1 outlet)",
        "Passages:   5,000 (20,001 sentences)",
        "Languages:  fr 4,000, de 1,000",
        "Generation: 7",
        "Segments:   3 (2 rows deleted)",
        "On disk:    3.4 MB (catalog 3.4 MB, vectors 900 bytes, terms 0 bytes)",
        "Model:      multilingual-e5-small, 384 dimensions (e5/384)",
    ]


def test_what_needs_care_is_said_at_once() -> None:
    findings = [
        Finding(check="texts", ok=True, detail="fine"),
        Finding(check="orphans", ok=False, detail="x belongs to nothing", remedy="repair it"),
    ]
    lines = [line.plain for line in finding_lines(Path("archive"), findings)]

    assert lines == [
        "✓ texts    fine",
        "✗ orphans  x belongs to nothing",
        "           → repair it",
        "1 check found something in archive.",
    ]
    assert [*finding_lines(Path("a"), findings[:1])][-1].plain == "Nothing is wrong in a."


def test_a_setting_says_where_it_comes_from_unless_it_is_the_default() -> None:
    row = {"name": "port", "value": 1, "description": "Port", "bounds": "a number"}
    default = setting_lines([row | {"from": "default"}], 80)
    given = setting_lines([row | {"from": "PULLQUOTE_PORT"}], 80)

    assert [line.plain for line in default] == ["port = 1", "   Port: a number"]
    assert next(given).plain == "port = 1  (from PULLQUOTE_PORT)"


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "0 bytes"),
        (999, "999 bytes"),
        (1_000, "1.0 kB"),
        (99_960, "100 kB"),
        (999_600, "1.0 MB"),
        (3_400_000_000, "3.4 GB"),
    ],
)
def test_sizes_have_the_unit_that_suits_them(number: int, words: str) -> None:
    assert size(number) == words


def test_progress_tells_counts_and_rates() -> None:
    progress = Progress(articles=30, passages=150, embedded=100, reused=50)

    assert describe(progress, 47, 10.0) == "30/47 articles · 3.0/s · 10 passages/s"
    assert describe(Progress(articles=1_500), None, 0.5) == "1,500 articles · 3,000/s"
