"""A real service in a process of its own, on any free port."""

import os
import re
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from index.errors import StoreError

GRACE_S = 30.0
_ADDRESS = re.compile(r"listens on (http://\S+)")


@contextmanager
def service(data: Path, *, reader: str = "on") -> Iterator[str]:
    """Serve an index for as long as the block lasts; give the address.

    Other settings of the caller's environment do not count. Raises StoreError if it does not start.
    """
    settings = {name: value for name, value in os.environ.items() if "PULLQUOTE_" not in name}
    command = [sys.executable, "-m", "api.cli", "serve", "--data", str(data.absolute())]
    with tempfile.TemporaryDirectory() as elsewhere, tempfile.TemporaryFile("w+") as complaints:
        process = subprocess.Popen(  # noqa: S603 - our own program
            [*command, "--host", "127.0.0.1", "--port", "0"],
            cwd=elsewhere,  # where no pullquote.toml is
            env=settings | {"PULLQUOTE_READER": reader, "PYTHONPATH": _paths()},
            stdout=subprocess.PIPE,
            stderr=complaints,
            text=True,
        )
        try:
            yield _address(process, complaints)
        finally:
            _end(process)


def _paths() -> str:
    return os.pathsep.join(filter(None, sys.path))


def _address(process: subprocess.Popen[str], complaints: IO[str]) -> str:
    assert process.stdout is not None  # noqa: S101 - a pipe was asked for
    for line in process.stdout:
        if found := _ADDRESS.search(line):
            return found[1]
    process.wait()
    complaints.seek(0)
    raise StoreError(
        f"The service did not start (exit code {process.returncode}): {complaints.read().strip()}",
        remedy="Try it by hand: pullquote serve --port 0",
    )


def _end(process: subprocess.Popen[str]) -> None:
    process.send_signal(signal.SIGTERM)
    try:
        process.communicate(timeout=GRACE_S)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
