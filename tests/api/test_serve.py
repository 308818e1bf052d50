"""The service as a process: it says where it listens, and ends without losing anything."""

import logging
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from api.client import Busy, Client, ConnectionFailed
from api.keys import KeysError, KeysFile
from api.messages import ArticleFields
from api.serve import (
    ListenError,
    OpenToAllError,
    address_of,
    bind,
    is_loopback,
    refuse_strangers,
    serve,
    wants_keys,
)
from index.errors import StoreError
from qa.settings import Settings

WAIT_S = 60
LOOPBACK = ["127.0.0.1", "localhost", *(["::1"] if Path("/proc/net/if_inet6").exists() else [])]
PROGRAM = """
import importlib.util, sys, time
from pathlib import Path
from api.serve import bind, serve_engine
from index.store import LocalStore
from qa.engine import Engine
from qa.settings import Settings

spec = importlib.util.spec_from_file_location("conftest", sys.argv[1])
conftest = importlib.util.module_from_spec(spec)
spec.loader.exec_module(conftest)
pause_s = float(sys.argv[3])

class Embedder(conftest.HashingEmbedder):
    def embed_passages(self, texts):
        if any("snow" in text for text in texts):
            print("embedding", flush=True)
            time.sleep(pause_s)
        return super().embed_passages(texts)

embedder, folder = Embedder(), Path(sys.argv[2])
store = LocalStore.open(
    folder, fingerprint=embedder.fingerprint, dimension=embedder.dimension, model="hashing"
)
settings = Settings(data=folder, reader="off")
with Engine(settings, store, embedder) as engine, bind("127.0.0.1", 0) as listener:
    serve_engine(
        engine, listener, on_ready=lambda address: print(address, flush=True), grace_s=2
    )
print("ended", flush=True)
"""

Start = Callable[..., tuple["subprocess.Popen[str]", str]]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Starts the service in a process of its own; embedding snow takes it ``pause_s``."""
    processes: list[subprocess.Popen[str]] = []

    def begin(pause_s: float = 0) -> tuple["subprocess.Popen[str]", str]:
        conftest = Path(__file__).parents[1] / "conftest.py"
        arguments = [str(conftest), str(tmp_path / "index"), str(pause_s)]
        process = subprocess.Popen(
            [sys.executable, "-c", PROGRAM, *arguments],
            cwd=Path(__file__).parents[2],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        processes.append(process)
        assert process.stdout is not None
        return process, process.stdout.readline().strip()

    yield begin
    for process in processes:
        process.kill()
        process.communicate()


SNOW = [ArticleFields(text=f"The snow of day {n} was deep.", id=f"snow-{n}") for n in range(100)]


@pytest.mark.parametrize("told", [signal.SIGTERM, signal.SIGINT])
def test_a_service_that_is_told_to_stop_ends_well_and_soon(start: Start, told: int) -> None:
    process, address = start()
    with Client(address) as client:
        client.add([ArticleFields(text="The river rose.", id="river")])
        process.send_signal(told)
        output, complaints = process.communicate(timeout=WAIT_S)
        assert (process.returncode, output.strip(), complaints) == (0, "ended", "")
        with pytest.raises(ConnectionFailed):
            client.ready()
    with Client(start()[1]) as client:
        assert client.article("river").text == "The river rose."


def test_what_is_being_stored_when_the_service_stops_is_stored_in_whole_batches(
    start: Start,
) -> None:
    process, address = start(pause_s=0.5)  # twice for a batch of 64
    with Client(address) as client, ThreadPoolExecutor(1) as pool:
        adding = pool.submit(client.add, SNOW)
        wait_for(process, "embedding")
        asked = time.monotonic()
        assert client.ask("Who is there?").status == "no_answer"
        assert time.monotonic() - asked < WAIT_S
        process.send_signal(signal.SIGTERM)
        with pytest.raises(Busy, match="64 of 100 articles are stored"):
            adding.result(WAIT_S)
    assert process.wait(WAIT_S) == 0
    with Client(start()[1]) as client:
        assert client.ready().articles == 64
        assert len(client.search("deep snow").passages) == 10


def test_a_batch_that_takes_too_long_is_given_up_and_nothing_of_it_is_stored(
    start: Start,
) -> None:
    process, address = start(pause_s=WAIT_S)
    with Client(address) as client, ThreadPoolExecutor(1) as pool:
        adding = pool.submit(client.add, SNOW)
        wait_for(process, "embedding")
        process.send_signal(signal.SIGTERM)
        with pytest.raises(Busy, match="stopped before this was done"):
            adding.result(WAIT_S)
        _, complaints = process.communicate(timeout=WAIT_S / 2)
    assert process.returncode == 0
    assert "given up; nothing of it is stored" in complaints
    with Client(start()[1]) as client:
        assert client.ready().articles == 0


def test_a_broken_index_fails_the_start_with_its_own_message(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("not an index")
    with pytest.raises(StoreError, match=r"letter\.txt"):
        serve(Settings(data=tmp_path, port=0, cache=tmp_path / "cache"))


def test_an_address_that_is_taken_is_told_with_a_remedy() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(ListenError, match="pullquote serve --port 0"):
            bind("127.0.0.1", port)


@pytest.mark.parametrize("host", ["no.such.host.invalid", "203.0.113.7", "\x00", "x" * 300])
def test_an_address_of_another_machine_is_told(host: str) -> None:
    with pytest.raises(ListenError, match="cannot listen on"):
        bind(host, 0)


def test_a_service_that_other_machines_reach_does_not_start_without_keys(tmp_path: Path) -> None:
    everywhere = Settings(data=tmp_path / "index", host="0.0.0.0", port=0)
    with pytest.raises(OpenToAllError, match=r"keys add NAME.*--open-to-all on"):
        serve(everywhere)
    with bind("0.0.0.0", 0) as listener:
        assert address_of(listener).startswith("http://0.0.0.0:")
        KeysFile(everywhere.data).add("newsroom", "read")
        refuse_strangers(everywhere, listener)
        KeysFile(everywhere.data).remove("newsroom")
        with pytest.raises(OpenToAllError):
            refuse_strangers(everywhere, listener)


@pytest.mark.parametrize("host", LOOPBACK)
def test_a_service_of_this_machine_alone_needs_no_keys(
    tmp_path: Path, host: str, caplog: pytest.LogCaptureFixture
) -> None:
    settings = Settings(data=tmp_path / "index", host=host)
    with caplog.at_level(logging.WARNING), bind(host, 0) as listener:
        refuse_strangers(settings, listener)
        assert not wants_keys(settings, listener)
    assert caplog.text == ""


def test_everybody_is_let_in_when_that_is_wanted_and_it_is_said(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    settings = Settings(data=tmp_path / "index", host="0.0.0.0", open_to_all="on")
    with caplog.at_level(logging.WARNING), bind("0.0.0.0", 0) as listener:
        refuse_strangers(settings, listener)
        assert not wants_keys(settings, listener)
    assert "can read, add and remove articles" in caplog.text


def test_a_service_does_not_start_with_keys_that_cannot_be_read(tmp_path: Path) -> None:
    folder = tmp_path / "index"
    KeysFile(folder).add("newsroom", "read")
    (folder / "keys.json").write_text("{")
    with pytest.raises(KeysError, match="cannot be read"):
        serve(Settings(data=folder, port=0))


def test_loopback_is_told_from_the_rest() -> None:
    assert is_loopback("127.0.0.1")
    assert is_loopback("::1")
    assert not is_loopback("0.0.0.0")
    assert not is_loopback("::")
    assert not is_loopback("fe80::1%eth0")


def wait_for(process: "subprocess.Popen[str]", line: str) -> None:
    assert process.stdout is not None
    for said in process.stdout:
        if said.strip() == line:
            return
    raise AssertionError(f"the process ended without saying {line!r}")
