"""A short version of the trial that kills a writer again and again: ``python -m eval.crash``."""

import subprocess
import sys
from pathlib import Path

import pytest

from eval.crash.verdict import judge
from eval.crash.world import Operation, Versions
from eval.crash.writer import open_store, perform

BOTH = Operation(kind="put", versions={"article-01": 6, "article-02": 6})


def test_a_writer_may_be_killed_at_any_moment_and_nothing_acknowledged_is_lost() -> None:
    # In a process of its own: it forks, which a process with threads must not do.
    trial = subprocess.run(
        [sys.executable, "-m", "eval.crash", "--rounds", "10", "--seed", "7"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert trial.returncode == 0, trial.stdout + trial.stderr
    assert "10 processes killed" in trial.stdout
    assert "0 violations" in trial.stdout


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
