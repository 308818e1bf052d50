"""The protocol over streamable HTTP, as a part of the application."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

from litestar import Litestar, asgi
from litestar.handlers import ASGIRouteHandler
from litestar.types import Receive, Scope, Send
from mcp.server.streamable_http_manager import StreamableHTTPSessionManager
from mcp.server.transport_security import TransportSecuritySettings

from api.gates import Gates
from api.mcp.server import create_server
from api.problems import STOPPING, ProblemError
from qa.engine import Engine

PATH = "/mcp"
MOST_BYTES = 1_000_000  # of a request: a question and some filters
_LOOPBACK = ("127.0.0.1", "localhost", "[::1]")


class McpDoor:
    """Answers at ``/mcp`` while the application lives; each request stands for itself."""

    def __init__(self, engine: Engine, gates: Gates) -> None:
        self._engine = engine
        self._gates = gates
        self._manager: StreamableHTTPSessionManager | None = None

    @asynccontextmanager
    async def lifespan(self, _: Litestar) -> AsyncIterator[None]:
        """Open and close with the application; a manager of the SDK lives only once."""
        settings = self._engine.settings
        manager = StreamableHTTPSessionManager(
            create_server(self._engine, self._gates),
            json_response=True,
            stateless=True,
            security_settings=security(settings.host, settings.cors_origins),
            max_request_body_size=MOST_BYTES,
        )
        async with manager.run():
            self._manager = manager
            yield
            self._manager = None

    def handler(self) -> ASGIRouteHandler:
        """Return the route of the application."""

        @asgi(PATH, copy_scope=True)
        async def mcp(scope: Scope, receive: Receive, send: Send) -> None:
            if self._manager is None:
                raise ProblemError(STOPPING, STOPPING.example)
            whole: Any = (scope, receive, send)  # Litestar's types of ASGI are its own
            await self._manager.handle_request(*whole)

        return mcp


def security(host: str, origins: Sequence[str] = ()) -> TransportSecuritySettings:
    """Return which Host and Origin headers are taken.

    A service that only this machine can reach takes only those of this machine: otherwise a web
    page that makes its own name point here could read the articles (DNS rebinding). Pages of the
    ``origins`` may call as well, and where all may, there is nothing to keep from any.
    """
    if host not in {"127.0.0.1", "localhost", "::1"} or "*" in origins:
        return TransportSecuritySettings(enable_dns_rebinding_protection=False)
    names = [name for each in _LOOPBACK for name in (each, f"{each}:*")]
    return TransportSecuritySettings(
        allowed_hosts=names, allowed_origins=[*(f"http://{name}" for name in names), *origins]
    )
