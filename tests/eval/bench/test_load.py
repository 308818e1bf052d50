"""A service under load: what is counted, and what is said of it."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
import uvicorn
from click.testing import CliRunner
from rich.console import Console

import qa
from api.app import create_app
from api.gates import Gates, Limits
from eval.bench.load.__main__ import main, send
from eval.bench.load.clients import Phase, run
from eval.bench.load.news import made
from eval.bench.load.report import Bulk, Report, rendered
from eval.bench.load.service import service
from eval.bench.machine import Machine
from eval.bench.quantiles import Quantiles
from index.article import Article
from index.errors import StoreError
from index.load import load
from qa.engine import Engine
from qa.settings import Settings

FERRY = "When does the ferry run?"


@contextmanager
def serving(engine: Engine, limits: Limits) -> Iterator[str]:
    config = uvicorn.Config(
        create_app(engine, gates=Gates.open(limits)), port=0, log_config=None, ws="none"
    )
    server = uvicorn.Server(config)
    thread = Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(10)


@pytest.fixture
def known(engine: Engine, articles: Path) -> list[Article]:
    found = [each for each in load(articles) if isinstance(each, Article)]
    list(engine.add(found))
    return found


def test_answers_are_timed_and_articles_come_in_meanwhile(
    engine: Engine, known: list[Article]
) -> None:
    with serving(engine, Limits()) as address:
        phase = run(address, [FERRY], clients=2, seconds=1.0, news=made(known, seed=1))
    assert phase.latency is not None and phase.latency.count > 2
    assert phase.per_second == pytest.approx(phase.latency.count / phase.seconds, rel=0.01)
    assert phase.articles > 0 and phase.articles % 10 == 0
    assert engine.store.status().articles >= 3 + phase.articles
    assert (phase.shed, phase.failed) == (0, {})


def test_what_a_service_is_too_busy_for_is_no_answer_and_no_failure(
    engine: Engine, known: list[Article]
) -> None:
    class Slow(Engine):
        def ask(self, question: str, **more: Any) -> Any:
            time.sleep(0.3)
            return super().ask(question, **more)

    slow = Slow(engine.settings, engine.store, engine.embedder)
    with serving(slow, Limits(questions=1, questions_waiting=0)) as address:
        phase = run(address, [FERRY], clients=3, seconds=0.5, news=None)
    assert phase.shed >= 1
    assert phase.failed == {}
    assert phase.latency is not None and phase.latency.p50 >= 300


def test_other_failures_are_counted_by_their_words() -> None:
    phase = run("http://127.0.0.1:9", [FERRY], clients=1, seconds=0.2, news=None)
    assert phase.latency is None
    assert sum(phase.failed.values()) >= 1
    assert all(words.startswith("ConnectionFailed: ") for words in phase.failed)


def test_many_articles_go_in_one_call(engine: Engine, known: list[Article]) -> None:
    with serving(engine, Limits()) as address:
        sent = send(address, list(islice(made(known, seed=1), 20)))
    assert (sent.articles, sent.passages >= 20) == (20, True)
    assert engine.store.status().articles == 23


def test_made_articles_are_new_each_time_and_the_same_for_the_same_seed(
    known: list[Article],
) -> None:
    first, again = (list(islice(made(known, seed=1), 30)) for _ in range(2))
    assert first == again
    assert len({article.id for article in first}) == len({each.text for each in first}) == 30
    assert {article.language for article in first} <= {"en", "fr"}


def test_a_service_that_does_not_start_says_why(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(StoreError, match=r"exit code 3.*is not empty"), service(tmp_path):
        pass


def test_latencies_are_shown_as_ratios_to_one_client_alone() -> None:
    def phase(clients: int, p50: float, *, adding: bool) -> Phase:
        latency = Quantiles(count=9, p50=p50, p95=2 * p50, p99=3 * p50)
        return Phase(
            clients=clients, adding=adding, seconds=10, latency=latency, per_second=9.5,
            shed=4, failed={"ServerError: no": 2}, articles=30 * adding,
        )  # fmt: skip

    report = Report(
        machine=Machine.now(),
        reader="off",
        articles=3,
        passages=4,
        bulk=Bulk(articles=100, passages=250, seconds=25),
        phases=(phase(1, 20, adding=False), phase(4, 50, adding=True)),
    )
    console = Console(width=120, record=True)
    console.print(rendered(report))
    shown = console.export_text()
    assert (
        "│       4 │       9.5 │  2.50 │  2.50 │  2.50 │    4 │      2 │              3.0 │"
        in shown
    )
    assert "to 3 articles, 4 passages, reader off" in shown
    assert "p50 20.0 ms, p95 40.0 ms, p99 60.0 ms" in shown
    assert "100 new articles (250 passages) in one call: 25.0 s, 4.0 articles/s" in shown


@pytest.mark.parametrize("clients", ["0", "1,", "a", "1,2,,3", "", "1000", "2,1", "1,1", "9" * 50])
def test_what_is_no_list_of_clients_is_refused(clients: str) -> None:
    result = CliRunner().invoke(main, ["--clients", clients])
    assert result.exit_code == 2
    assert "is no list of ascending numbers from 1 to 999" in result.output.replace("\n", " ")


def test_the_whole_run_asks_a_copy_of_the_index(
    articles: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    # With the real model and the real service.
    place, figures = tmp_path / "own", tmp_path / "figures.json"
    with qa.open(Settings(data=place)) as engine:
        list(engine.add(each for each in load(articles) if isinstance(each, Article)))
    command = [sys.executable, "-m", "eval.bench.load", "--folder", str(place), "--bulk", "2"]
    command += ["--seconds", "0.5", "--clients", "1,2", "--reader", "off", "--json", str(figures)]
    ran = subprocess.run(
        [*command, "--plot", str(tmp_path / "load.svg")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    written = json.loads(figures.read_text())
    shape = [(phase["clients"], phase["adding"]) for phase in written["phases"]]
    assert shape == [(1, False), (2, False), (1, True), (2, True)]
    assert all(phase["failed"] == {} for phase in written["phases"])
    assert written["bulk"]["articles"] == 2
    assert (tmp_path / "load.svg").exists()
    with qa.open(Settings(data=place)) as engine:
        assert engine.store.status().articles == 3
