"""A short version of the trial that kills a writer again and again: ``python -m eval.crash``."""

import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from eval.crash.verdict import judge
from eval.crash.world import Operation, Versions
from eval.crash.writer import open_store, perform

BOTH = Operation(kind="put", versions={"article-01": 6, "article-02": 6})


def run(*arguments: str) -> subprocess.Popen[str]:
    # In a process of its own: it forks, which a process with threads must not do.
    return subprocess.Popen(
        [sys.executable, "-m", "eval.crash", "--seed", "7", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_a_writer_may_be_killed_at_any_moment_and_nothing_acknowledged_is_lost() -> None:
    trial = run("--rounds", "10")
    printed, complaints = trial.communicate()
    assert trial.returncode == 0, printed + complaints
    assert "10 processes killed" in printed
    assert "0 violations" in printed


@pytest.mark.parametrize("phase", ["adopting", "merging"])
def test_a_writer_may_be_killed_while_it_changes_files_for_others(phase: str) -> None:
    trial = run("--rounds", "8", "--aim", phase)
    printed, complaints = trial.communicate()
    assert trial.returncode == 0, printed + complaints
    (kills,) = re.findall(rf"(\d+) {phase}", printed)
    assert int(kills) >= 4  # by the clock it may come too late
    assert "0 violations" in printed


def test_a_trial_that_is_stopped_reports_what_it_has(tmp_path: Path) -> None:
    trial = run("--rounds", "100000", "--folder", str(tmp_path / "index"))
    assert trial.stderr is not None
    assert trial.stderr.readline() == "20 kills, 0 violations\n"  # nobody watches a terminal
    trial.send_signal(signal.SIGTERM)
    printed, _ = trial.communicate()
    assert trial.returncode == 130
    (rounds,) = re.findall(r"(\d+) processes, of 100000 that were asked for, killed", printed)
    assert int(rounds) >= 20


def test_a_trial_may_be_given_so_much_time(tmp_path: Path) -> None:
    trial = run("--rounds", "100000", "--minutes", "0.02")
    printed, complaints = trial.communicate()
    assert trial.returncode == 0, printed + complaints
    assert "of 100000 that were asked for" in printed


def test_a_phase_that_there_is_not_is_refused_with_those_there_are() -> None:
    trial = run("--aim", "sleeping")
    _, complaints = trial.communicate()
    assert trial.returncode == 2
    assert "'adopting'" in complaints


def test_a_writer_that_hangs_is_told_from_one_that_works() -> None:
    program = (
        "import time; from eval.crash.child import Child\n"
        "child = Child.fork(lambda: time.sleep(60))\n"
        "print(child.ended(within_s=0.05)); child.give_up(); print(child.ended(within_s=0))"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert ran.stdout.split() == ["None", "-9"]
    assert 'File "<string>", line 2' in ran.stderr  # it says where it hung


@pytest.mark.parametrize(
    ("written", "acknowledged", "in_flight", "verdict"),
    [
        ({"article-01": 3}, {"article-01": 3}, None, None),
        ({"article-01": 3}, {"article-01": 3}, BOTH, None),
        (BOTH.versions, {"article-01": 3}, BOTH, None),
        ({}, {"article-01": 3}, None, "stored is {}"),
        ({"article-01": 3}, {"article-01": 6}, None, "stored is"),
        ({"article-01": 3}, {}, None, "stored is"),
        ({"article-01": 6}, {}, BOTH, "stored is"),
    ],
)
def test_the_trial_tells_lost_half_and_stale_from_whole(
    tmp_path: Path,
    written: Versions,
    acknowledged: Versions,
    in_flight: Operation | None,
    verdict: str | None,
) -> None:
    with open_store(tmp_path / "index") as store:
        perform(store, Operation(kind="put", versions=written))
    _, _, wrong = judge(tmp_path / "index", acknowledged, in_flight, set(written.items()))
    assert [sentence.startswith(verdict) for sentence in wrong if verdict] == [True] * bool(verdict)
    assert bool(wrong) == bool(verdict)
