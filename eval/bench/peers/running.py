"""Running one system in a process of its own, with its own Python."""

import os
import subprocess
import sys
from pathlib import Path

import msgspec

from eval.bench.peers.report import Outcome
from eval.question import Collection, Question
from index.errors import StoreError

PEERS = ("txtai", "haystack", "plain", "pullquote")
DEEPEST = 20  # articles of each question
PROGRAM = Path(__file__).with_name("peer.py")
_THREADS = ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS")  # of the libraries
_SAID = 2_000  # last characters of what a system complained of

INSTALL = {
    "txtai": "txtai",
    "haystack": "haystack-ai sentence-transformers-haystack",
    "plain": "sentence-transformers",
    "pullquote": "pullquote",
}


class PeerError(StoreError):
    """A system that did not run."""


def run(name: str, python: Path, task: bytes, *, threads: int = 0) -> Outcome:
    """Run one system, on as many threads as it likes or on so many. Raises PeerError."""
    environment = dict(os.environ)
    if threads:
        environment |= dict.fromkeys(_THREADS, str(threads))
    if name == "pullquote":
        environment["PYTHONPATH"] = os.pathsep.join(filter(None, sys.path))
    else:
        environment.pop("PYTHONPATH", None)  # of its own environment, and nothing of ours
    try:
        ran = subprocess.run(  # noqa: S603 - what the user asked for
            [python, "-P", PROGRAM, name],
            input=task,
            capture_output=True,
            env=environment,
            check=False,
        )
        outcome = msgspec.json.decode(ran.stdout, type=Outcome) if ran.returncode == 0 else None
    except (OSError, msgspec.DecodeError) as error:
        raise _failed(name, python, str(error)) from error
    if outcome is None:
        raise _failed(name, python, ran.stderr.decode(errors="replace")[-_SAID:].strip())
    return outcome


def written(
    collection: Collection, questions: list[Question], model: Path, *, threads: int = 0
) -> bytes:
    """Return the task that all systems get."""
    return msgspec.json.encode(
        {
            "model": str(model),
            "articles": [
                {"id": each.id, "text": each.text, "language": each.language}
                for each in collection.articles
            ],
            "questions": [question.text for question in questions],
            "limit": DEEPEST,
            "threads": threads,
        }
    )


def _failed(name: str, python: Path, said: str) -> PeerError:
    return PeerError(
        f"{name} did not run with {python}: {said}",
        remedy=f"Make an environment with it (pip install {INSTALL[name]}), and name its Python:"
        f" --python {name}=PATH",
    )
