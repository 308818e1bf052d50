"""What a call can fail with, and which failures are worth another attempt.

ApiError
├── InvalidRequest    the service refuses what was sent (400, 405, 413, 415)
├── Unauthorized      it wants a key, or does not know the one that was shown (401)
├── Forbidden         the key may only read (403)
├── NotFound          there is no such article (404)
├── Busy              it is too busy or stopping (503): ask again in ``retry_after_s``
│   └── RateLimited   the key was used too often (429)
├── ServerError       it failed, or cannot use its index (other 5xx)
└── ConnectionFailed  nothing answers at the address, or not in time
"""

import httpx
import msgspec

from api.replies import Problem

FIRST_PAUSE_S = 0.25  # doubled with each attempt, unless the service says how long
LONGEST_PAUSE_S = 30.0


class ApiError(Exception):
    """A call that was not answered as asked. ``str()`` says what is wrong and what to do."""

    status: int | None = None


class ConnectionFailed(ApiError):  # noqa: N818
    """Nothing answers at the address, or not in time."""

    def __init__(self, message: str, *, arrived: bool) -> None:
        super().__init__(message)
        self.arrived = arrived  # whether the service may have got the request


class RefusedError(ApiError):
    """An answer that is an error; ``status`` is its HTTP status."""

    def __init__(self, detail: str, status: int, retry_after_s: float | None = None) -> None:
        super().__init__(detail)
        self.status = status
        self.retry_after_s = retry_after_s


class InvalidRequest(RefusedError):  # noqa: N818
    """The service refuses what was sent."""


class Unauthorized(RefusedError):  # noqa: N818
    """The service wants a key, or does not know the one that was shown."""


class Forbidden(RefusedError):  # noqa: N818
    """The key may only read."""


class NotFound(RefusedError):  # noqa: N818
    """There is no such article."""


class Busy(RefusedError):  # noqa: N818
    """The service is too busy, or stopping."""


class RateLimited(Busy):
    """The key was used too often."""


class ServerError(RefusedError):
    """The service failed, or cannot use its index."""


def refusal(response: httpx.Response) -> RefusedError:
    """Return the error that a response stands for."""
    retry_after = response.headers.get("Retry-After", "")
    retry_after_s = float(retry_after) if retry_after.isdecimal() else None
    return _refusal(response.status_code, problem_detail(response), retry_after_s)


def refusal_of(problem: Problem) -> RefusedError:
    """Return the error that a problem stands for which came after the response had begun."""
    return _refusal(problem.status, problem.detail, None)


def _refusal(status: int, detail: str, retry_after_s: float | None) -> RefusedError:
    by_status = {401: Unauthorized, 403: Forbidden, 404: NotFound}
    if of_type := by_status.get(status):
        return of_type(detail, status)
    if status == 429:
        return RateLimited(detail, status, retry_after_s)
    if status == 503 and retry_after_s is not None:
        return Busy(detail, status, retry_after_s)
    return (InvalidRequest if status < 500 else ServerError)(detail, status)


def problem_detail(response: httpx.Response) -> str:
    """Return what a problem says; something between us and the service may have answered."""
    try:
        return msgspec.json.decode(response.content, type=Problem).detail
    except (msgspec.DecodeError, UnicodeDecodeError):
        return f"The answer was {response.status_code} {response.reason_phrase}, without a reason."


def unreachable(error: httpx.RequestError, address: str) -> ConnectionFailed:
    """Return our error for one of httpx's."""
    if isinstance(error, httpx.ConnectError | httpx.ConnectTimeout | httpx.UnsupportedProtocol):
        return ConnectionFailed(
            f"Nothing answers at {address}. Start the service there: pullquote serve.",
            arrived=False,
        )
    if isinstance(error, httpx.TimeoutException):
        return ConnectionFailed(
            f"{address} did not answer in time. Ask for less, or give the client a longer timeout.",
            arrived=True,
        )
    return ConnectionFailed(
        f"The connection to {address} broke off ({error or type(error).__name__}). Try again.",
        arrived=True,
    )


def pause_s(error: ApiError, attempt: int) -> float | None:
    """Return how long to wait before the next attempt; None if another one is of no use.

    ``attempt`` counts from 0.
    """
    backoff = min(FIRST_PAUSE_S * 2.0**attempt, LONGEST_PAUSE_S)
    match error:
        case Busy():
            told = error.retry_after_s
            return backoff if told is None else min(told, LONGEST_PAUSE_S)
        case ConnectionFailed(arrived=False):
            return backoff
        case _:
            return None
