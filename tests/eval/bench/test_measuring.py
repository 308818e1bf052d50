"""What the benchmarks share: quantiles, memory, questions, plots."""

import gzip
import json
import time
from mmap import MAP_ANONYMOUS, MAP_PRIVATE, mmap
from pathlib import Path

import numpy as np
import pytest

from eval.bench.asked import read_questions
from eval.bench.asking import timed
from eval.bench.corpus import QUESTIONS
from eval.bench.machine import Machine
from eval.bench.plot import draw
from eval.bench.quantiles import Quantiles
from eval.bench.resident import Sample, Watch, at, own_mb, resident_mb, slope
from eval.measures.cost import percentile
from eval.measures.interval import estimate
from index.errors import InputError, QuestionError
from index.load import load
from qa.engine import Engine


def test_quantiles_are_times_that_were_measured_and_those_of_the_measures() -> None:
    times = np.random.default_rng(1).gamma(2, 10, 201).round(3).tolist()
    found = Quantiles.of(times)
    assert found.count == 201
    assert {found.p50, found.p95, found.p99} <= set(times)
    for percent, value in ((50, found.p50), (95, found.p95), (99, found.p99)):
        assert value == estimate(percentile(times, percent)).value


def test_nothing_has_no_quantiles() -> None:
    with pytest.raises(ValueError, match="nothing"):
        Quantiles.of([])


def test_memory_that_is_taken_is_seen() -> None:
    before, own = resident_mb(), own_mb()
    held = mmap(
        -1, 64_000_000, MAP_PRIVATE | MAP_ANONYMOUS
    )  # new memory: what was freed before may be used again
    held.write(b"x" * 64_000_000)
    assert 50 < resident_mb() - before < 100
    assert 50 < own_mb() - own < 100
    held.close()


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="only Linux counts mapped files")
def test_a_mapped_file_that_is_read_is_resident_and_not_our_own(tmp_path: Path) -> None:
    file = tmp_path / "mapped"
    file.write_bytes(b"x" * 64_000_000)
    before, own = resident_mb(), own_mb()
    mapped = np.memmap(file, mode="r")
    assert mapped.max() == ord("x")
    assert 50 < resident_mb() - before < 100
    assert abs(own_mb() - own) < 20


def test_a_watch_looks_when_it_begins_now_and_then_and_when_it_ends() -> None:
    done = 0
    with Watch(lambda: done, interval_s=0.01) as watch:
        while len(watch.samples) < 3:
            time.sleep(0.01)
        done = 7
    assert watch.samples[0].done == 0
    assert watch.samples[-1].done == 7
    assert [s.seconds for s in watch.samples] == sorted(s.seconds for s in watch.samples)


def test_the_slope_is_megabytes_for_a_thousand_more() -> None:
    growing = [
        Sample(seconds=n, resident_mb=900 + 2.5 * n, own_mb=800, done=500 * n) for n in range(9)
    ]
    assert slope(growing, lambda sample: sample.resident_mb) == pytest.approx(5.0)
    assert slope(growing, lambda sample: sample.own_mb) == pytest.approx(0.0)
    assert slope(growing[:1], lambda sample: sample.own_mb) is None
    assert at(growing, 3.5) == growing[4]
    assert at(growing, 30) is None


def test_a_machine_says_what_it_is() -> None:
    machine = Machine.now()
    assert machine.processors >= 1
    assert machine.memory_gb > 0.1
    assert f"{machine.processors} processors" in str(machine)


@pytest.mark.parametrize("name", ["asked.txt", "asked.json", "asked.json.gz"])
def test_questions_come_from_lines_and_from_squad(tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    asked = [{"id": str(n), "question": q, "answers": []} for n, q in enumerate(["Qui ?", "Où ?"])]
    squad = {"data": [{"paragraphs": [{"context": "Un texte.", "qas": asked}]}]}
    content = "Qui ?\n\n  Où ?\n" if name.endswith("txt") else json.dumps(squad)
    encoded = content.encode()
    file.write_bytes(gzip.compress(encoded) if name.endswith("gz") else encoded)
    assert read_questions(file) == ("Qui ?", "Où ?")


def test_without_a_file_there_are_questions_too() -> None:
    assert read_questions(None) == QUESTIONS


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.txt", b""),
        ("blank.txt", b"\n \n"),
        ("picture.txt", bytes(range(256))),
        ("other.json", b'{"rows": []}'),
        ("half.json", b'{"data": [{"paragraphs"'),
        ("no.json.gz", b"not packed"),
        ("cut.json.gz", gzip.compress(b'{"data": []}', mtime=0)[:-9]),
    ],
)
def test_a_file_without_questions_is_refused_by_name(
    tmp_path: Path, name: str, content: bytes
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(InputError, match=f"{name} holds no questions.*one question a line"):
        read_questions(tmp_path / name)


def test_a_question_that_cannot_be_asked_is_refused_before_the_run(tmp_path: Path) -> None:
    (tmp_path / "asked.txt").write_text("Qui a signé ?\n???\n")
    with pytest.raises(QuestionError):
        read_questions(tmp_path / "asked.txt")


def test_every_question_is_timed_stage_by_stage(engine: Engine, articles: Path) -> None:
    list(engine.add(each for each in load(articles) if hasattr(each, "text")))
    answers = timed(engine, ["When does the ferry run?", "Who bought the mill?"])
    assert answers.total.count == 2
    assert sum(answers.answered.values()) == 2
    assert set(answers.stages) == {"embed", "retrieve", "read", "compose"}
    assert answers.total.p50 > 0
    assert answers.processor_ms > 0


@pytest.mark.parametrize("ending", ["svg", "png"])
def test_a_picture_is_drawn_of_several_panels(tmp_path: Path, ending: str) -> None:
    file = tmp_path / f"curve.{ending}"
    draw(file, "Two", 2, lambda axes: [each.plot([0, 1], [1, 2]) for each in axes])
    assert file.stat().st_size > 1_000
