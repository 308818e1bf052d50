"""The demonstration: from a folder of articles to a cited answer, over HTTP, in one command."""

import os
import shlex
import signal
import threading
import time
from pathlib import Path

import httpx
import msgspec
from rich.text import Text

from api.cli.adding import Tally, report_unread, summarized, take_in
from api.client import ApiError, Client
from api.samples import SAMPLES, sample_folder
from api.serve import ListenError, serve
from api.terminal.answer import show_answer
from api.terminal.screen import Screen
from index.errors import StoreError
from qa.engine import open_engine
from qa.settings import Settings

QUESTION = "which countries refuse to send troops?"


class DemoError(StoreError):
    """The service was started and did not answer."""


def run(
    settings: Settings,
    screen: Screen,
    *,
    once: bool,
    samples: Path = SAMPLES,
    key: str | None = None,
) -> None:
    """Index the samples, serve them, ask the example question, and serve until Ctrl-C.

    With ``once``, stop after the answer. ``key`` is for a demonstration that has keys.
    Raises SamplesMissingError or StoreError.
    """
    sample_folder(samples)
    settings = msgspec.structs.replace(settings, data=settings.data / "demo")
    index(settings, screen, samples)
    visit = Visit(screen, once=once, key=key)
    try:
        serve(settings, on_ready=visit.begin)
    except ListenError as error:
        screen.tell(f"{error.message} Taking a free port instead.", style="yellow")
        serve(msgspec.structs.replace(settings, port=0), on_ready=visit.begin)
    visit.end()


def index(settings: Settings, screen: Screen, samples: Path) -> None:
    """Index the samples; what is unchanged since the last time costs nothing."""
    screen.tell(f"Indexing the articles of {samples} in {settings.data} …")
    tally, started = Tally(keep=False), time.monotonic()
    engine = open_engine(settings)
    try:
        take_in(engine, tally, [str(samples)], screen)
        with engine.store.snapshot() as snapshot:
            generation = snapshot.generation
    finally:
        engine.close()
    screen.tell(summarized(tally, time.monotonic() - started, generation))
    report_unread(screen, tally)
    if tally.interrupted:
        raise KeyboardInterrupt


class Visit:
    """A visitor of the service: asks the example question as any program would."""

    def __init__(self, screen: Screen, *, once: bool, key: str | None) -> None:
        self._screen = screen
        self._key = key
        self._once = once
        self._thread: threading.Thread | None = None
        self._error: Exception | None = None

    def begin(self, address: str) -> None:
        """Start the visit beside the service, which is ready at ``address``."""
        self._thread = threading.Thread(target=self._visit, args=(address,), daemon=True)
        self._thread.start()

    def end(self) -> None:
        """Wait for the visit to end. Raises DemoError if the question was not answered."""
        if self._thread is not None:
            self._thread.join()
        if isinstance(self._error, ApiError):
            raise DemoError("The service did not answer.", remedy=str(self._error))
        if self._error is not None:
            raise self._error

    def _visit(self, address: str) -> None:
        try:
            ask(address, self._screen, self._key)
            show_addresses(address, self._screen)
            if not self._once:
                self._screen.show(Text(""), Text("Ctrl-C ends the service.", "dim"))
        except Exception as error:  # noqa: BLE001  (raised again by ``end``, in the main thread)
            self._error = error
        finally:
            if self._once or self._error is not None:
                os.kill(os.getpid(), signal.SIGTERM)  # as whoever runs a service would end it


def ask(address: str, screen: Screen, key: str | None = None) -> None:
    """Ask the example question over HTTP and print the answer."""
    screen.show(Text(""), Text(QUESTION, "bold"), Text(""))
    with Client(address, key=key) as client:
        answer = client.ask(QUESTION)
        texts = {
            citation.article_id: client.article(citation.article_id).text
            for citation in (*answer.citations, *answer.nearest)
        }
    show_answer(screen, answer, texts.get)


def show_addresses(address: str, screen: Screen) -> None:
    """Print where the service is, and how to ask it something else."""
    places = {"Calls": f"{address}/schema"}
    if httpx.get(address, trust_env=False, follow_redirects=True).is_success:
        places = {"Page": address} | places
    body = shlex.quote(msgspec.json.encode({"question": "Qui présidait la réunion ?"}).decode())
    screen.show(Text(""))
    for label, place in places.items():
        screen.show(Text(f"{label}:  {place}"))
    screen.show(
        Text("Ask it yourself:"),
        Text(f"  curl {address}/v1/ask -H 'Content-Type: application/json' -d {body}"),
    )
