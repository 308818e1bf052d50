"""A real Chromium before a real service: one browser for all tests, a fresh profile for each."""

import json
import os
import shutil
import socket
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import numpy as np
import pytest
import uvicorn
from playwright.sync_api import Browser, ConsoleMessage, Page, expect, sync_playwright

from api.app import create_app
from api.keys import KeysFile
from api.serve import address_of, bind
from index.article import Span
from index.load import Fetch, article_from_text
from index.load.fetch import Page as Fetched
from index.protocols import Embedder, Vector, Vectors
from index.store import LocalStore
from qa.engine import Engine
from qa.settings import Settings

ARTICLES = json.loads((Path(__file__).parent / "articles.json").read_text("utf-8"))
ARGUMENTS = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)
PHONE, DESKTOP = (360, 740), (1280, 860)
WAIT_MS = 60_000  # of a busy machine; nothing waits longer than it has to

Visit = Callable[..., Page]


class Server(uvicorn.Server):
    """A server that can be waited for, in a thread."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.listening = threading.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.listening.set()


@contextmanager
def serving(engine: Engine, fetch: Fetch | None = None) -> Iterator[str]:
    """Serve an engine and give its address."""
    app = create_app(engine, fetch=fetch)
    server = Server(uvicorn.Config(app, log_config=None, ws="none", lifespan="on"))
    with bind("127.0.0.1", 0) as listener:
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        assert server.listening.wait(30)
        yield address_of(listener)
        server.should_exit = True
        thread.join(30)


class NarrowEmbedder:
    """The words of the other embedder in a narrow cone, as the vectors of real models lie.

    Texts without a word in common have a cosine of 0.86, so that no answer is quite certain.
    """

    fingerprint = "narrow"
    token_budget = 500

    def __init__(self, words: Embedder) -> None:
        self._words = words
        self.dimension = words.dimension + 1
        self.count_tokens = words.count_tokens

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        return self._narrowed(self._words.embed_passages(texts))

    def embed_in_context(
        self, texts: Sequence[str], sentences: Sequence[Sequence[Span]]
    ) -> list[tuple[Vector, Vectors]]:
        return [
            (self._narrowed(whole[None])[0], self._narrowed(parts))
            for whole, parts in self._words.embed_in_context(texts, sentences)
        ]

    def embed_question(self, question: str) -> Vector:
        return self.embed_passages([question])[0]

    def _narrowed(self, vectors: Vectors) -> Vectors:
        axis = np.full((len(vectors), 1), 2.5, dtype=np.float32)
        longer = np.hstack([vectors, axis])
        return longer / np.linalg.norm(longer, axis=1, keepdims=True)


class Waiting(Engine):
    """An engine that does not answer until it is told to."""

    go_on = threading.Event()

    def answering(self, *args: Any, **kwargs: Any) -> Any:
        """Wait, then answer."""
        assert self.go_on.wait(30)
        yield from super().answering(*args, **kwargs)


@dataclass(frozen=True, slots=True, kw_only=True)
class Newsroom:
    """The same articles behind services that draw the lines between the outcomes differently."""

    answers: str  # calls everything an answer
    weakly: str  # calls everything weak
    refuses: str  # refuses everything
    waiting: str  # does not answer before ``go_on`` is set
    go_on: threading.Event


def opened(folder: Path, embedder: Embedder) -> LocalStore:
    return LocalStore.open(
        folder, fingerprint=embedder.fingerprint, dimension=embedder.dimension, model="hashing"
    )


@pytest.fixture(scope="session")
def newsroom(
    tmp_path_factory: pytest.TempPathFactory, hashing_embedder: Embedder
) -> Iterator[Newsroom]:
    folder = tmp_path_factory.mktemp("newsroom")
    embedder = NarrowEmbedder(hashing_embedder)
    store = opened(folder, embedder)

    def engine(of_type: type[Engine], answered_at: float, weak_at: float) -> Engine:
        settings = Settings(data=folder, reader="off", answered_at=answered_at, weak_at=weak_at)
        return of_type(settings, store, embedder)

    with ExitStack() as stack, store_closed(store):
        lines = {
            "answers": engine(Engine, 0, 0),
            "weakly": engine(Engine, 1, 0),
            "refuses": engine(Engine, 1, 1),
            "waiting": engine(Waiting, 0, 0),
        }
        list(lines["answers"].add([article_from_text(**each) for each in ARTICLES]))
        yield Newsroom(
            go_on=Waiting.go_on,
            **{name: stack.enter_context(serving(each)) for name, each in lines.items()},
        )
        Waiting.go_on.set()


@contextmanager
def store_closed(store: LocalStore) -> Iterator[None]:
    yield
    store.close()


@pytest.fixture
def empty(tmp_path: Path, hashing_embedder: Embedder) -> Iterator[str]:
    """A service over an empty index of its own, before which lies a web of two pages."""
    store = opened(tmp_path / "index", hashing_embedder)
    with (
        Engine(Settings(data=tmp_path / "index", reader="off"), store, hashing_embedder) as engine,
        serving(engine, fetch=web) as address,
    ):
        yield address


@dataclass(frozen=True, slots=True, kw_only=True)
class Locked:
    """A service that wants a key, and the way to make some."""

    address: str
    keys: KeysFile


@pytest.fixture
def locked(tmp_path: Path, hashing_embedder: Embedder) -> Iterator[Callable[..., Locked]]:
    """Opens services with the articles of the newsroom, each with settings of its own."""
    folder, embedder = tmp_path / "locked", NarrowEmbedder(hashing_embedder)
    store = opened(folder, embedder)
    with ExitStack() as stack, store_closed(store):

        def lock(**settings: Any) -> Locked:
            lines: Any = {"reader": "off", "answered_at": 0, "weak_at": 0}
            engine = Engine(Settings(data=folder, **lines, **settings), store, embedder)
            list(engine.add([article_from_text(**each) for each in ARTICLES]))
            return Locked(address=stack.enter_context(serving(engine)), keys=KeysFile(folder))

        yield lock


def web(url: str) -> Fetched:
    """Return the only page of a small web; the real way in refuses what is private."""
    from index.load import Fetcher

    if url == "https://furrow.example/mill":
        return Fetched(url, b"The old mill of Ardley turns again.", "text/plain", "utf-8")
    return Fetcher()(url)


@pytest.fixture(scope="module")  # its event loop runs as long, and bars asyncio.run
def browser() -> Iterator[Browser]:
    """Debian's Chromium; CHROMIUM names another one."""
    path = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if path is None:
        pytest.skip("There is no Chromium here: apt-get install chromium, or set CHROMIUM.")
    expect.set_options(timeout=WAIT_MS)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        yield chromium
        chromium.close()


@pytest.fixture
def visit(browser: Browser) -> Iterator[Visit]:
    """Opens pages as new visitors; in the end, nothing has failed and nobody else was asked."""
    faults: list[str] = []
    with ExitStack() as stack:

        def note(message: ConsoleMessage) -> None:
            # A refusal that the page explains is reported by the browser too.
            if message.type in {"error", "warning"} and "Failed to load" not in message.text:
                faults.append(message.text)

        def open_page(
            address: str, *, size: tuple[int, int] = DESKTOP, locale: str = "en-GB", **more: Any
        ) -> Page:
            context = browser.new_context(
                viewport={"width": size[0], "height": size[1]},
                locale=locale,
                reduced_motion="reduce",
                **more,
            )
            stack.callback(context.close)
            context.set_default_timeout(WAIT_MS)
            page = context.new_page()
            page.on("console", note)
            page.on("pageerror", lambda error: faults.append(str(error)))
            host = urlsplit(address).netloc
            page.on(
                "request",
                lambda request: (
                    urlsplit(request.url).scheme in {"blob", "data"}
                    or urlsplit(request.url).netloc == host
                    or faults.append(f"asked {request.url}")
                ),
            )
            page.goto(address)
            return page

        yield open_page
    assert not faults, faults
