"""Where everything that is raised becomes a problem: ours, the index's, the framework's."""

import logging
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from litestar import Request, Response
from litestar.exceptions import HTTPException, ValidationException
from litestar.handlers import HTTPRouteHandler

from api.bodies import reworded
from api.keys import KeysError
from api.problems import (
    BUSY,
    DISK_FULL,
    INTERNAL,
    INVALID,
    MALFORMED,
    METHOD,
    NO_ADDRESS,
    NO_ARTICLE,
    NO_KEYS,
    PROBLEM_JSON,
    TOO_LARGE,
    UNAVAILABLE,
    UNUSABLE,
    Kind,
    ProblemError,
    busy,
)
from api.replies import Problem
from index.errors import (
    DiskFullError,
    InputError,
    PullquoteError,
    StoreError,
    UnknownArticleError,
    WriterBusyError,
)

LONGEST_ADDRESS = 2_000  # of a request, repeated in its problem

log = logging.getLogger(__name__)

_BY_ERROR: tuple[tuple[type[PullquoteError], Kind], ...] = (  # the first that fits
    (InputError, UNUSABLE),
    (UnknownArticleError, NO_ARTICLE),
    (WriterBusyError, BUSY),
    (DiskFullError, DISK_FULL),
    (StoreError, UNAVAILABLE),
    (PullquoteError, INTERNAL),
)

_BY_STATUS: Mapping[int, tuple[Kind, str]] = {
    404: (NO_ADDRESS, "Nothing is at {path}. GET /schema lists all addresses."),
    405: (METHOD, "{path} does not take {method}. The Allow header names what it takes."),
    413: (
        TOO_LARGE,
        "The body is larger than {limit:,} bytes. Send it in parts: articles in several calls.",
    ),
}


def answer_with_problem(request: Request[Any, Any, Any], error: Exception) -> Response[Problem]:
    """Return the response for anything that a handler or the framework raised."""
    problem = explain_and_log(request, error)
    return Response(
        _body(request, problem),
        status_code=problem.kind.status,
        media_type=PROBLEM_JSON,
        headers=dict(problem.headers),
    )


def problem_of(request: Request[Any, Any, Any], error: Exception) -> Problem:
    """Return the body of the same response, for what goes wrong after another has begun."""
    return _body(request, explain_and_log(request, error))


def explain_and_log(request: Request[Any, Any, Any], error: Exception) -> ProblemError:
    """Return the problem behind an exception, logged if whoever runs the service has to know."""
    problem = explain(request, error)
    _log(request, problem.kind, error)
    return problem


def explain(request: Request[Any, Any, Any], error: Exception) -> ProblemError:
    """Return the problem behind an exception. Nothing of an unexpected one is told outside."""
    match error:
        case ProblemError():
            return error
        case KeysError():  # whoever calls need not know where the keys are
            return ProblemError(NO_KEYS, NO_KEYS.example)
        case PullquoteError():
            kind = next(kind for of_type, kind in _BY_ERROR if isinstance(error, of_type))
            return busy(str(error)) if kind is BUSY else ProblemError(kind, str(error))
        case ValidationException():
            return ProblemError(INVALID, _what_is_invalid(error))
        case HTTPException(status_code=code) if code in _BY_STATUS:
            kind, detail = _BY_STATUS[code]
            return ProblemError(kind, _fill(detail, request), error.headers or {})
        case HTTPException(status_code=code) if code < HTTPStatus.INTERNAL_SERVER_ERROR:
            return ProblemError(MALFORMED, error.detail)
        case _:
            return ProblemError(INTERNAL, INTERNAL.example)


def _body(request: Request[Any, Any, Any], problem: ProblemError) -> Problem:
    return Problem(
        type=problem.kind.type,
        title=problem.kind.title,
        status=problem.kind.status,
        detail=problem.detail,
        instance=_address(request),
    )


def _log(request: Request[Any, Any, Any], kind: Kind, error: Exception) -> None:
    """Log what whoever runs the service has to know: not what a client did, and not load."""
    if kind is INTERNAL:
        log.error("%s %s failed", request.method, _address(request), exc_info=error)
    elif kind in {UNAVAILABLE, DISK_FULL, NO_KEYS}:
        log.warning("%s %s: %s", request.method, _address(request), error)


def _fill(detail: str, request: Request[Any, Any, Any]) -> str:
    handler = request.scope.get("route_handler")
    limit = handler.resolve_request_max_body_size() if isinstance(handler, HTTPRouteHandler) else 0
    return detail.format(path=_address(request), method=request.method, limit=limit or 0)


def _what_is_invalid(error: ValidationException) -> str:
    """Name each parameter with what is wrong with it."""
    if not isinstance(error.extra, list):
        return f"{error.detail.partition(' for path ')[0]}. GET /schema shows what to send."
    faults = (
        f"{fault.get('key', 'the request')}: {reworded(fault['message'])}" for fault in error.extra
    )
    return f"{'; '.join(faults)}."


def _address(request: Request[Any, Any, Any]) -> str:
    raw = request.scope.get("raw_path") or b""
    return raw.decode("ascii", errors="replace").partition("?")[0][:LONGEST_ADDRESS] or "/"
