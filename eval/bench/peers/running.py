"""Running a system in a process of its own, with its own Python."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

import msgspec

from eval.bench.peers.replies import Found, Indexed
from index.article import Article
from index.errors import StoreError

PEERS = ("txtai", "haystack", "plain", "pullquote")
DEEPEST = 20  # articles of each question
PROGRAM = Path(__file__).with_name("peer.py")
INSTALL = {
    "txtai": "txtai",
    "haystack": "haystack-ai sentence-transformers-haystack",
    "plain": "sentence-transformers",
    "pullquote": "pullquote",
}
_THREADS = ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS")  # of the libraries
_SAID = 2_000  # last characters of what a system complained of

Reply = TypeVar("Reply")


class PeerError(StoreError):
    """A system that did not run."""


class Peer:
    """One system, from its start to the end of the block. All methods raise PeerError."""

    def __init__(self, name: str, python: Path, *, threads: int = 0) -> None:
        self.name = name
        self._python = python
        self._threads = threads
        self._said = tempfile.TemporaryFile()  # noqa: SIM115 - for the life of the process
        try:
            self._process = subprocess.Popen(  # noqa: S603 - what the user asked for
                [python, "-P", PROGRAM, name],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self._said,
                env=_environment(name, threads),
            )
        except OSError as error:
            failure = self._failed(str(error))
            self._said.close()
            raise failure from error

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        of_type: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._process.kill()
        self._process.communicate()
        self._said.close()

    def index(self, articles: Sequence[Article], model: Path) -> Indexed:
        """Have it load the model and take in the articles."""
        task = {
            "model": str(model),
            "threads": self._threads,
            "articles": [
                {"id": each.id, "text": each.text, "language": each.language} for each in articles
            ],
        }
        return self._exchange(task, Indexed)

    def search(self, question: str) -> Found:
        """Have it find the nearest articles."""
        return self._exchange({"question": question, "limit": DEEPEST}, Found)

    def _exchange(self, message: object, kind: type[Reply]) -> Reply:
        assert self._process.stdin is not None  # noqa: S101 - pipes were asked for
        assert self._process.stdout is not None  # noqa: S101
        try:
            self._process.stdin.write(msgspec.json.encode(message) + b"\n")
            self._process.stdin.flush()
            return msgspec.json.decode(self._process.stdout.readline(), type=kind)
        except (OSError, msgspec.DecodeError) as error:  # it died, and no line came
            self._process.kill()
            self._process.wait()
            self._said.seek(0)
            said = self._said.read().decode(errors="replace").strip()
            raise self._failed(said[-_SAID:] or str(error)) from error

    def _failed(self, said: str) -> PeerError:
        return PeerError(
            f"{self.name} did not run with {self._python}: {said}",
            remedy=f"Make an environment with it (pip install {INSTALL[self.name]}), and name its "
            f"Python: --python {self.name}=PATH",
        )


def _environment(name: str, threads: int) -> dict[str, str]:
    environment = dict(os.environ)
    if threads:
        environment |= dict.fromkeys(_THREADS, str(threads))
    if name == "pullquote":
        environment["PYTHONPATH"] = os.pathsep.join(filter(None, sys.path))
    else:
        environment.pop("PYTHONPATH", None)  # of its own environment, and nothing of ours
    return environment
