"""A real engine over a real store in a temporary folder, and the real application over it."""

import socket
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from litestar.testing import TestClient

from api.app import create_app
from api.connection import Connection
from api.gates import Gates
from api.serve import address_of, bind
from index.protocols import Embedder
from index.store import LocalStore
from qa.engine import Engine
from qa.settings import Settings

Article = dict[str, Any]

PROGRAM = """
import importlib.util, sys, time
from pathlib import Path
from api.cli import main
from index.store import LocalStore
from qa.engine import Engine

_, path, said, awaited, *arguments = sys.argv
spec = importlib.util.spec_from_file_location("conftest", path)
conftest = importlib.util.module_from_spec(spec)
spec.loader.exec_module(conftest)

class Embedder(conftest.HashingEmbedder):
    def embed_question(self, question):
        print(said, end="")
        while awaited and not Path(awaited).exists():
            time.sleep(0.01)
        return super().embed_question(question)

def opener(settings, *, rebuilding=False):
    store = LocalStore.open(settings.data, fingerprint="hashing-64", dimension=64, model="hashing")
    return Engine(settings, store, Embedder())

main(arguments, obj=opener, prog_name="pullquote")
"""


@pytest.fixture
def make_engine(tmp_path: Path, hashing_embedder: Embedder) -> Iterator[Callable[..., Engine]]:
    """Opens engines over one folder; engine and store may be ones that misbehave."""
    engines: list[Engine] = []

    def make(
        of_type: type[Engine] = Engine, *, over: type[LocalStore] = LocalStore, **settings: Any
    ) -> Engine:
        store = over.open(
            tmp_path / "index",
            fingerprint=hashing_embedder.fingerprint,
            dimension=hashing_embedder.dimension,
            model="hashing",
        )
        chosen = Settings(data=tmp_path / "index", model="hashing", **{"reader": "off", **settings})
        engines.append(of_type(chosen, store, hashing_embedder))
        return engines[-1]

    yield make
    for engine in engines:
        engine.close()


@pytest.fixture
def engine(make_engine: Callable[..., Engine]) -> Engine:
    return make_engine()


@pytest.fixture
def service(engine: Engine) -> Iterator[TestClient[Any]]:
    with TestClient(create_app(engine), raise_server_exceptions=False) as client:
        yield client


class Server(uvicorn.Server):
    """A server that can be waited for, in a thread."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.listening = threading.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.listening.set()


@pytest.fixture
def program() -> Callable[..., list[str]]:
    """How to start ``pullquote`` as a process with the small embedder.

    It may talk, and it may wait for a file before it takes a question.
    """
    conftest = Path(__file__).parents[1] / "conftest.py"

    def arguments(*words: str | Path, said: str = "", awaited: str | Path = "") -> list[str]:
        return [sys.executable, "-c", PROGRAM, str(conftest), said, *map(str, (awaited, *words))]

    return arguments


@pytest.fixture
def served() -> Iterator[Callable[..., str]]:
    """Serves engines with a real server on a free port, and says where."""
    with ExitStack() as stack:

        def serve(engine: Engine, gates: Gates | None = None, **more: Any) -> str:
            app = create_app(engine, gates=gates, **more)
            server = Server(uvicorn.Config(app, http=Connection, log_config=None, ws="none"))
            listener = stack.enter_context(bind("127.0.0.1", 0))
            thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
            thread.start()
            stack.callback(thread.join, 30)
            stack.callback(setattr, server, "should_exit", True)
            assert server.listening.wait(30)
            return address_of(listener)

        yield serve


@pytest.fixture
def address(engine: Engine, served: Callable[..., str]) -> str:
    """Where the application answers."""
    return served(engine)


@pytest.fixture(scope="module")
def empty_service(
    tmp_path_factory: pytest.TempPathFactory, hashing_embedder: Embedder
) -> Iterator[TestClient[Any]]:
    """A service over nothing that many tests share: for what leaves nothing behind."""
    folder = tmp_path_factory.mktemp("empty")
    store = LocalStore.open(
        folder,
        fingerprint=hashing_embedder.fingerprint,
        dimension=hashing_embedder.dimension,
        model="hashing",
    )
    with (
        Engine(Settings(data=folder, reader="off"), store, hashing_embedder) as engine,
        TestClient(create_app(engine), raise_server_exceptions=False) as client,
    ):
        yield client


@pytest.fixture
def frigates() -> Article:
    return {
        "id": "frigates",
        "text": (
            "Denmark will send two frigates to the strait. Sweden refused to send soldiers. "
            "The minister spoke in Stockholm on Tuesday."
        ),
        "title": "Two frigates for the mission",
        "source": "The Lantern",
        "url": "https://lantern.example/frigates",
        "published": "2026-01-07",
        "language": "en",
    }


@pytest.fixture
def harvest() -> Article:
    return {
        "id": "harvest",
        "text": "The wheat harvest was poor in the south. Bread costs more since September.",
        "source": "The Furrow",
        "published": "2025-09-30",
        "language": "en",
    }
