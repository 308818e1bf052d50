"""Who may call: a key with every call, as soon as there is one, but for health and the page."""

from typing import Any

from litestar.connection import ASGIConnection
from litestar.enums import ScopeType
from litestar.handlers import BaseRouteHandler
from litestar.middleware.authentication import (
    AbstractAuthenticationMiddleware,
    AuthenticationResult,
)
from litestar.types import ASGIApp

from api.keyring import Keyring
from api.keys import WRITE, Key
from api.problems import NO_KEY, READ_ONLY, TOO_OFTEN, ProblemError
from api.rates import Rates

OPEN = {"exclude_from_auth": True}  # Litestar's name; the ``opt`` of a handler that needs no key
_REALM = 'Bearer realm="Pullquote"'
_HOW = "Send one in the header Authorization: Bearer KEY."
_MAKE = "Whoever runs the service makes them: pullquote keys add NAME"

Connection = ASGIConnection[Any, Any, Any, Any]


class Access:
    """Lets a call in, or says why not.

    ``required``: even without any key nobody is let in. A service that other machines reach must
    not open to all of them when its last key is removed.
    """

    def __init__(self, keyring: Keyring, rates: Rates, *, required: bool = False) -> None:
        self._keyring = keyring
        self._rates = rates
        self._required = required

    def check(self) -> None:
        """Raise KeysError if the keys cannot be known: then nobody can be let in."""
        self._keyring.keys()

    def admit(self, connection: Connection) -> Key | None:
        """Return the key of a call, None where none is needed. Raises ProblemError or KeysError."""
        if not self._keyring.keys() and not self._required:
            return None
        key = self._keyring.find(_shown(connection))
        if key is None:
            raise _refused(f"There is no such key here, or not any more. {_MAKE}", "invalid_token")
        if wait_s := self._rates.wait_s(key.sha256):
            raise ProblemError(
                TOO_OFTEN,
                f"This key may send {self._rates.per_minute:,} requests a minute. "
                f"Try again in {wait_s} seconds.",
                {"Retry-After": str(wait_s)},
            )
        return key


class KeyAuthentication(AbstractAuthenticationMiddleware):
    """Asks ``Access`` before a handler is called; Litestar adds one in front of each."""

    def __init__(self, app: ASGIApp, access: Access) -> None:
        super().__init__(app, exclude_http_methods=(), scopes={ScopeType.HTTP})
        self._access = access

    async def authenticate_request(self, connection: Connection) -> AuthenticationResult:
        """Let the call in, or raise."""
        return AuthenticationResult(user=self._access.admit(connection), auth=None)


def writers_only(connection: Connection, _: BaseRouteHandler) -> None:
    """Raise ProblemError if the key of a call may only read; a guard of Litestar's."""
    key: Key | None = connection.user
    if key is not None and key.role != WRITE:
        raise ProblemError(
            READ_ONLY,
            f"The key {key.name!r} may only read. Use one that may write: "
            "pullquote keys add NAME --role write",
            {"WWW-Authenticate": f'{_REALM}, error="insufficient_scope"'},
        )


def _shown(connection: Connection) -> bytes:
    """Return the key in the headers of a call. Raises ProblemError unless there is just one."""
    headers = [value for name, value in connection.scope["headers"] if name == b"authorization"]
    if not headers:
        raise ProblemError(
            NO_KEY,
            f"This service answers to keys only. {_HOW} {_MAKE}",
            {"WWW-Authenticate": _REALM},
        )
    if len(headers) > 1:
        raise _refused(f"There are {len(headers)} Authorization headers. Send one.")
    scheme, _, secret = headers[0].strip().partition(b" ")
    if scheme.lower() != b"bearer" or not secret.strip():
        raise _refused(f"The Authorization header holds no key. {_HOW}")
    return secret.strip()


def _refused(detail: str, error: str = "invalid_request") -> ProblemError:
    return ProblemError(NO_KEY, detail, {"WWW-Authenticate": f'{_REALM}, error="{error}"'})
