"""The service as a process: open the index, listen, and end without losing anything."""

import contextlib
import ipaddress
import logging
import os
import signal
import socket
import sys
from collections.abc import Callable, Iterator
from types import FrameType

import uvicorn

import qa
from api.app import create_app
from api.connection import MOST_HEADER_BYTES, Connection
from api.gates import Gates, Limits
from api.keys import KeysFile
from index.errors import InputError
from qa.engine import Engine
from qa.settings import OFF, Settings

GRACE_S = 5  # for requests that are being answered when the service is told to stop
_SIGNALS = (signal.SIGINT, signal.SIGTERM)

OnReady = Callable[[str], None]

log = logging.getLogger(__name__)


class ListenError(InputError):
    """The address is taken, or not one of this machine."""


class OpenToAllError(InputError):
    """Other machines could call, and no key keeps them out."""


def serve(settings: Settings, *, on_ready: OnReady | None = None) -> None:
    """Open the index and serve it until SIGTERM or Ctrl-C.

    Raises ListenError, OpenToAllError, StoreError or ModelError before anything is answered. For
    ``on_ready`` see ``serve_engine``.
    """
    with contextlib.closing(bind(settings.host, settings.port)) as listener:
        refuse_strangers(settings, listener)
        engine = qa.open(settings)
        with contextlib.closing(engine):
            engine.warm_up()
            serve_engine(engine, listener, on_ready=on_ready)


def serve_engine(
    engine: Engine,
    listener: socket.socket,
    *,
    on_ready: OnReady | None = None,
    grace_s: int = GRACE_S,
) -> None:
    """Serve an open engine on a bound socket until SIGTERM or Ctrl-C.

    ``on_ready`` gets the address once requests are answered, on the thread that answers them: it
    must not wait for an answer itself. A batch of articles that is still being stored when the
    grace is over is given up, and the process ends: nothing of that batch is stored.
    """
    gates = Gates.open(Limits())
    config = uvicorn.Config(
        create_app(engine, gates=gates, keys_required=wants_keys(engine.settings, listener)),
        http=Connection,
        h11_max_incomplete_event_size=MOST_HEADER_BYTES,
        ws="none",
        lifespan="on",
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=grace_s,
    )
    _Server(config, gates, listener, on_ready or _print_address).run([listener])
    if not gates.idle:
        _abandon()


def bind(host: str, port: int) -> socket.socket:
    """Return a socket that holds the address but does not listen yet. Raises ListenError."""
    try:
        listener = _bound(host, port)
    except (OSError, ValueError) as error:  # ValueError: a name that cannot be one
        reason = getattr(error, "strerror", None) or error
        raise ListenError(
            f"The service cannot listen on {host}, port {port}: {reason}.",
            remedy="Choose another one: pullquote serve --port 0 takes any that is free.",
        ) from error
    return listener


def refuse_strangers(settings: Settings, listener: socket.socket) -> None:
    """Raise OpenToAllError if other machines could call without a key, unless they may.

    Raises KeysError if the keys cannot be read: the service would answer nobody.
    """
    if KeysFile(settings.data).read():
        return
    if wants_keys(settings, listener):
        raise OpenToAllError(
            f"The service has no keys: whoever reaches {settings.host} could read, add and remove "
            "articles.",
            remedy=f"Make a key: pullquote --data {settings.data} keys add NAME. Or let everybody "
            'in, with open_to_all = "on" (pullquote serve --open-to-all on)',
        )
    if not is_loopback(host_of(listener)):
        log.warning(
            "Listening on %s without keys: whoever reaches it can read, add and remove articles.",
            settings.host,
        )


def wants_keys(settings: Settings, listener: socket.socket) -> bool:
    """Whether nobody is let in without a key, even where there is none."""
    return settings.open_to_all == OFF and not is_loopback(host_of(listener))


def host_of(listener: socket.socket) -> str:
    """Return the address that a socket is bound to."""
    return str(listener.getsockname()[0])


def _bound(host: str, port: int) -> socket.socket:
    family, kind, protocol, _, address = socket.getaddrinfo(
        host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
    )[0]
    with contextlib.ExitStack() as on_failure:
        listener = on_failure.enter_context(socket.socket(family, kind, protocol))
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        on_failure.pop_all()
    return listener


def is_loopback(address: str) -> bool:
    """Whether only this machine can reach an address."""
    return ipaddress.ip_address(address.partition("%")[0]).is_loopback


def address_of(listener: socket.socket) -> str:
    """Return the URL of a bound socket."""
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


class _Server(uvicorn.Server):
    """uvicorn's server, which tells when it is ready and returns when it was told to stop."""

    def __init__(
        self,
        config: uvicorn.Config,
        gates: Gates,
        listener: socket.socket,
        on_ready: OnReady,
    ) -> None:
        super().__init__(config)
        self._gates = gates
        self._listener = listener
        self._on_ready = on_ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._on_ready(address_of(self._listener))

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        self._gates.stopping.set()  # now, not when the requests that it would hold up are done
        super().handle_exit(sig, frame)

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Handle signals while serving, without raising them again: the index is closed after."""
        before = {each: signal.signal(each, self.handle_exit) for each in _SIGNALS}
        try:
            yield
        finally:
            for each, handler in before.items():
                signal.signal(each, handler)


def _print_address(address: str) -> None:
    print(f"Pullquote listens on {address} (its calls: {address}/schema)", flush=True)


def _abandon() -> None:
    """End the process although a batch is still being embedded: a thread cannot be stopped.

    What was acknowledged is durable, and the store shows nothing of a batch it did not commit.
    """
    log.warning("The batch of articles that was being stored is given up; nothing of it is stored.")
    logging.shutdown()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(0)
