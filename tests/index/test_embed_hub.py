"""A model by name: the cache first, then the Hub, asked once."""

import os
import subprocess
import sys
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest

from index.e5_folder import NAME, model_folder
from index.embed import open_embedder
from index.errors import ModelError

CACHE = Path("~/.cache/pullquote").expanduser()
REVISION = "0" * 40


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """A Hub that has no model but one that is kept for friends; gives what it was asked for."""
    asked: list[str] = []

    class Hub(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            gated = "gated" in self.path
            self.send_response(403 if gated else 404)
            self.send_header("X-Error-Code", "GatedRepo" if gated else "RepoNotFound")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Hub) as server:
        Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}"
        monkeypatch.setattr("huggingface_hub.constants.ENDPOINT", address)
        yield asked
        server.shutdown()


def refusal(name: str) -> ModelError:
    with pytest.raises(ModelError) as raised:
        open_embedder(name, cache=CACHE)
    assert f"--model {NAME}" in raised.value.remedy
    return raised.value


@pytest.mark.parametrize("name", ["no-such-model", "nobody/no-such-model"])
def test_a_model_that_is_nowhere_is_asked_for_once(hub: list[str], name: str) -> None:
    assert f"There is no folder {name}, and no such model" in refusal(name).message
    assert len(hub) == 1


def test_a_model_that_its_owner_keeps_is_told_from_one_that_is_not_there(hub: list[str]) -> None:
    assert "only to those whom its owner lets in" in refusal("somebody/gated").message


@pytest.mark.parametrize("name", ["/no/such/folder", "bad name!!", "", "a/b/c"])
def test_what_no_model_can_be_called_is_asked_of_nobody(hub: list[str], name: str) -> None:
    assert "neither a folder nor a name" in refusal(name).message
    assert hub == []


def test_without_a_network_it_is_said_how_to_do_without(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("huggingface_hub.constants.ENDPOINT", "http://127.0.0.1:9")
    error = refusal("no-such-model")
    assert "the Hugging Face Hub cannot be reached" in error.message
    assert "hf download sentence-transformers/no-such-model" in error.remedy


def test_a_model_in_the_cache_is_opened_without_the_network(tmp_path: Path) -> None:
    cached = tmp_path / "hub" / "models--somebody--cached"
    (cached / "refs").mkdir(parents=True)
    (cached / "refs" / "main").write_text(REVISION)
    (cached / "snapshots").mkdir()
    (cached / "snapshots" / REVISION).symlink_to(model_folder(CACHE))
    program = (
        "from pathlib import Path; from index.embed import identity\n"
        "print(identity('somebody/cached', cache=Path(), backend='torch').fingerprint)"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program],
        env=os.environ | {"HF_HOME": str(tmp_path), "HF_ENDPOINT": "http://127.0.0.1:9"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.startswith("somebody/cached-384-")


def test_a_download_that_was_cut_off_is_gone_on_with(tmp_path: Path) -> None:
    begun = tmp_path / "hub" / "models--somebody--begun"
    (begun / "refs").mkdir(parents=True)
    (begun / "refs" / "main").write_text(REVISION)
    (begun / "snapshots" / REVISION).mkdir(parents=True)
    (begun / "snapshots" / REVISION / "modules.json").write_text("[]")
    ran = subprocess.run(
        [sys.executable, "-m", "api.cli", "--model", "somebody/begun", "add", __file__],
        env=os.environ
        | {
            "HF_HOME": str(tmp_path),
            "HF_ENDPOINT": "http://127.0.0.1:9",
            "PULLQUOTE_DATA": str(tmp_path / "index"),
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 3
    assert "the Hugging Face Hub cannot be reached" in ran.stderr
