"""The command line as a process: what it loads, and how it ends when it is cut off."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from index.store import LocalStore

ROOT = Path(__file__).parents[2]
HEAVY = {"torch", "sentence_transformers", "onnxruntime", "scipy", "litestar", "uvicorn", "httpx"}
HEAVY |= {"mcp", "pydantic", "prompt_toolkit"}


def python(*arguments: str, **options: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        **options,
    )


@pytest.fixture
def empty_index(tmp_path: Path) -> Path:
    LocalStore.open(tmp_path / "data", fingerprint="any", dimension=4, model="any").close()
    return tmp_path / "data"


@pytest.mark.parametrize("command", ["--help", "list", "status", "doctor", "settings"])
def test_what_needs_no_model_loads_none(command: str, empty_index: Path) -> None:
    script = (
        "import sys\n"
        "from api.cli import main\n"
        "main(sys.argv[1:], standalone_mode=False)\n"
        "print(*sys.modules, file=sys.stderr)"
    )
    ran = python(
        "-c", script, command, *(["--data", str(empty_index)] if command[0] != "-" else [])
    )

    assert ran.returncode == 0, ran.stderr
    assert not HEAVY & set(ran.stderr.split())


def test_a_reader_that_closes_the_pipe_is_no_error() -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "api.cli", "settings"],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None and process.stderr is not None
        process.stdout.close()
        complaint = process.stderr.read()

    assert process.returncode == 141
    assert complaint == b""


def test_text_that_the_terminal_cannot_show_is_replaced() -> None:
    environment = os.environ | {"PYTHONIOENCODING": "ascii", "PULLQUOTE_MODEL": "modèle"}
    ran = python("-m", "api.cli", "settings", env=environment)

    assert ran.returncode == 0, ran.stderr
    assert "mod?le" in ran.stdout
