"""The demonstration as ``make demo ONCE=1`` runs it: real model, service and question."""

import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from api import demo
from api.samples import SAMPLES, SamplesMissingError
from api.terminal.screen import Screen
from qa.settings import Settings

ROOT = Path(__file__).parents[2]
SOME = (  # all of them take half a minute
    "gazette-sommet-paris.txt",
    "harbour-post-paris-talks.html",
    "il-molo-meloni-parigi.md",
    "wickmere-library-hours.md",
)


@pytest.fixture
def taken_port() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield listener.getsockname()[1]


def test_the_demonstration_answers_over_http_and_stops(tmp_path: Path, taken_port: int) -> None:
    samples = tmp_path / "samples"
    samples.mkdir()
    for name in SOME:
        shutil.copy(SAMPLES / name, samples)
    options = ["--data", str(tmp_path), "--port", str(taken_port), "--samples", str(samples)]
    ran = subprocess.run(
        [sys.executable, "-m", "api.cli", "demo", "--once", *options],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )

    assert ran.returncode == 0, ran.stderr
    assert "Traceback" not in ran.stderr
    indexed, answered = ran.stdout.split(demo.QUESTION)
    assert "4 articles: 4 added · " in indexed
    assert "Taking a free port instead." in indexed
    assert answered.lstrip().startswith(("Answered · confidence", "Weak evidence · confidence"))
    assert re.search(r"│ .*\[1\]\n   .+\n   paragraph \d+ of \d+, ", answered)
    assert re.search(r"Calls:  http://127\.0\.0\.1:\d+/schema\n", answered)
    assert f":{taken_port}/" not in answered
    assert "curl http://127.0.0.1:" in answered


def test_without_a_checkout_the_demonstration_says_where_the_samples_are(tmp_path: Path) -> None:
    with pytest.raises(SamplesMissingError, match="git clone"):
        demo.run(Settings(data=tmp_path), Screen(), once=True, samples=tmp_path / "nowhere")
