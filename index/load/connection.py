"""Connections to checked addresses only, all of them within one deadline.

The check stands where the socket is opened: the address that is checked is the one that is
connected to, at every redirect, whatever the name means when it is looked up again.
"""

import queue
import ssl
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from threading import Thread
from typing import TypeAlias

import httpcore
import httpx

from index.errors import UnreadableError
from index.load.addresses import LookUp, refuse_private

_SocketOptions: TypeAlias = Iterable[
    tuple[int, int, int] | tuple[int, int, bytes | bytearray] | tuple[int, int, None, int]
]


@dataclass(frozen=True, slots=True)
class Deadline:
    """A moment of ``time.monotonic()`` after which nothing is waited for."""

    at: float

    @classmethod
    def after(cls, seconds: float) -> "Deadline":
        """Return the deadline that many seconds from now."""
        return cls(time.monotonic() + seconds)

    def left(self) -> float:
        """Return the seconds left. Raises httpcore.TimeoutException when there are none."""
        seconds = self.at - time.monotonic()
        if seconds <= 0:
            raise httpcore.ReadTimeout("the deadline has passed")
        return seconds


class Stream(httpcore.NetworkStream):
    """A stream whose every step waits for the deadline at most: a slow drip ends too."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Return what has come, empty at the end."""
        return self._stream.read(max_bytes, self._deadline.left())

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Send all of ``buffer``."""
        self._stream.write(buffer, self._deadline.left())

    def close(self) -> None:
        """Close the connection."""
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        """Return the stream encrypted, for the host that was asked for."""
        secured = self._stream.start_tls(ssl_context, server_hostname, self._deadline.left())
        return Stream(secured, self._deadline)

    def get_extra_info(self, info: str) -> object:
        """Return what is known of the connection."""
        return self._stream.get_extra_info(info)


@dataclass(frozen=True, slots=True)
class CheckedNetwork(httpcore.NetworkBackend):
    """Opens connections, but not into private networks.

    ``own`` are the places, as ``host:port``, that may be private all the same.
    """

    look_up: LookUp
    own: frozenset[str]
    deadline: Deadline

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: _SocketOptions | None = None,
    ) -> httpcore.NetworkStream:
        """Return a connection to the first address that answers; all of them have to be allowed."""
        addresses = self._addresses(host, port)
        if f"{host}:{port}" not in self.own:
            for address in addresses:
                refuse_private(host, address)
        for place, address in enumerate(addresses, start=1):
            try:
                stream = httpcore.SyncBackend().connect_tcp(address, port, self.deadline.left())
                return Stream(stream, self.deadline)
            except httpcore.ConnectError:
                if place == len(addresses):
                    raise
        raise _unknown(host)

    def _addresses(self, host: str, port: int) -> list[str]:
        """Return the host's addresses; the look-up itself knows no time limit."""
        answers: queue.SimpleQueue[list[str] | Exception] = queue.SimpleQueue()

        def ask() -> None:
            try:
                answers.put(self.look_up(host, port))
            except (OSError, UnicodeError) as error:
                answers.put(error)

        Thread(target=ask, daemon=True).start()
        try:
            answer = answers.get(timeout=self.deadline.left())
        except queue.Empty:
            raise httpcore.ConnectTimeout("the name service is silent") from None
        if isinstance(answer, Exception):
            raise _unknown(host) from answer
        return answer


def _unknown(host: str) -> UnreadableError:
    return UnreadableError(
        f"There is no host {host}.", remedy="Check the address and the connection."
    )


class CheckedTransport(httpx.BaseTransport):
    """httpx over a network that checks."""

    def __init__(self, network: CheckedNetwork) -> None:
        self._pool = httpcore.ConnectionPool(
            ssl_context=_certificates(), network_backend=network, max_keepalive_connections=0
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send the request. Raises httpcore's errors: they know what failed below them."""
        answer = self._pool.handle_request(
            httpcore.Request(
                request.method,
                httpcore.URL(
                    scheme=request.url.raw_scheme,
                    host=request.url.raw_host,
                    port=request.url.port,
                    target=request.url.raw_path,
                ),
                headers=request.headers.raw,
            )
        )
        return httpx.Response(answer.status, headers=answer.headers, stream=_Body(answer))

    def close(self) -> None:
        """Close all connections."""
        self._pool.close()


class _Body(httpx.SyncByteStream):
    def __init__(self, answer: httpcore.Response) -> None:
        self._answer = answer

    def __iter__(self) -> Iterator[bytes]:
        return iter(self._answer.iter_stream())

    def close(self) -> None:
        self._answer.close()


@cache
def _certificates() -> ssl.SSLContext:
    return httpx.create_ssl_context()  # some 20 ms, once
