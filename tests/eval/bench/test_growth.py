"""Letting an index grow, and what is said of it."""

import json
import subprocess
import sys
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from eval.bench.growth.__main__ import main
from eval.bench.growth.adding import add
from eval.bench.growth.line import described
from eval.bench.growth.report import moments
from eval.bench.resident import Sample
from index.article import Article
from index.errors import InputError
from index.ingest import Progress
from index.protocols import Stored
from qa.engine import Engine


def sample(seconds: float, megabytes: float, done: int = 0) -> Sample:
    return Sample(seconds=seconds, resident_mb=megabytes, own_mb=megabytes, done=done)


def test_all_articles_go_in_and_memory_is_looked_at_first_and_last(
    engine: Engine, articles: Path
) -> None:
    added = add(engine, [articles], seconds=60, interval_s=60, on_sample=lambda *_: None)

    assert (added.articles, added.unread, added.unchanged) == (3, 1, 0)
    assert (added.exhausted, added.interrupted) == (True, False)
    assert [each.done for each in added.samples] == [0, added.passages]
    assert all(each.resident_mb > 1 for each in added.samples)


def test_another_run_goes_on_where_the_last_one_ended(engine: Engine, articles: Path) -> None:
    for _ in range(2):
        added = add(engine, [articles], seconds=60, interval_s=60, on_sample=lambda *_: None)

    assert (added.articles, added.unchanged, added.embedded) == (3, 3, 0)


def test_it_stops_when_the_time_is_over_and_what_is_in_stays(
    engine: Engine, tmp_path: Path
) -> None:
    many = tmp_path / "many.jsonl"
    with many.open("w") as file:
        for number in range(5_000):
            row = {"lang": "en", "text": f"Ship {number} came in. It carried {number * 3} crates."}
            file.write(json.dumps(row) + "\n")

    added = add(engine, [many], seconds=0.2, interval_s=0.05, on_sample=lambda *_: None)

    assert 0 < added.articles < 5_000
    assert not added.exhausted
    assert engine.store.status().articles == added.articles


def test_ctrl_c_ends_the_adding_and_not_the_report(engine: Engine, articles: Path) -> None:
    class Interrupted(Engine):
        def add(self, articles: Iterable[Article], **how: Any) -> Iterator[Stored]:
            for stored in super().add(islice(articles, 1), **how):
                yield stored
                raise KeyboardInterrupt

    stopped = Interrupted(engine.settings, engine.store, engine.embedder)
    added = add(stopped, [articles], seconds=60, interval_s=60, on_sample=lambda *_: None)

    assert added.interrupted
    assert added.articles == engine.store.status().articles == 1


def test_files_without_an_article_are_refused_with_the_reason(
    engine: Engine, tmp_path: Path
) -> None:
    nothing = tmp_path / "nothing.jsonl"
    nothing.write_text('{"id": "empty"}\n')
    with pytest.raises(InputError, match=r"nothing.jsonl:1: The row has neither text nor html"):
        add(engine, [nothing], seconds=60, interval_s=60, on_sample=lambda *_: None)


def test_the_moments_of_memory_are_those_that_tell_whether_it_is_flat() -> None:
    samples = [sample(0, 900), sample(61, 950), sample(100, 990), sample(150, 980)]
    found = [each and each.resident_mb for each in moments(samples).values()]
    assert found == [900, 950, 990, 980, 990]
    assert moments(samples[:1])["after 1 minute"] is None


def test_a_line_says_how_far_it_is() -> None:
    line = described(sample(125, 915.4), Progress(articles=1_200, passages=3_000, embedded=2_500))
    assert line == "2:05 · 1,200 articles · 3,000 passages · 20.0 embedded/s · 915 MB"


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["no-such-file.jsonl"], "does not exist"),
        (["{articles}", "--minutes", "0"], "0.0 is not in the range"),
        (
            ["{articles}", "--folder", "{foreign}"],
            "is not empty (mine.txt) and is no index of ours",
        ),
        (["{articles}", "--questions", "{articles}.json"], "holds no questions"),
        (["{articles}", "--plot", "curve.gif"], "curve.gif is no kind of picture"),
        (["{articles}", "--json", "nowhere/figures.json"], "there is no folder nowhere"),
        ([], "Missing argument"),
    ],
)
def test_what_cannot_be_used_is_a_sentence_before_anything_runs(
    articles: Path, tmp_path: Path, arguments: list[str], sentence: str
) -> None:
    foreign = tmp_path / "foreign"
    foreign.mkdir()
    (foreign / "mine.txt").write_text("mine")
    Path(f"{articles}.json").write_text("[1]")
    filled = [each.format(articles=articles, foreign=foreign) for each in arguments]

    result = CliRunner().invoke(main, filled)

    assert result.exit_code == 2 + (sentence.endswith("of ours"))
    assert sentence in result.stderr.replace("\n", " ")
    assert "Traceback" not in result.output


def test_the_whole_run_prints_writes_and_draws(articles: Path, tmp_path: Path) -> None:
    # With the real model: opening, asking in a new process and all that only it touches.
    figures, curve = tmp_path / "figures.json", tmp_path / "curve.svg"
    command = [sys.executable, "-m", "eval.bench.growth", str(articles), "--minutes", "1"]
    command += ["--folder", str(tmp_path / "index"), "--json", str(figures), "--plot", str(curve)]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)

    assert ran.returncode == 0, ran.stderr
    assert "all articles are in" in ran.stdout
    written = json.loads(figures.read_text())
    assert written["size"]["articles"] == written["added"]["articles"] == 3
    assert set(written["size"]["bytes_on_disk"]) == {"catalog", "vectors", "terms"}
    timed = written["asked"]["questions"]
    assert written["without_reader"]["total"]["count"] == 10
    assert timed["total"]["count"] == sum(timed["answered"].values()) == 10
    assert curve.read_text().count("<svg") == 1
