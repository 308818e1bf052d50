"""Errors in the shape that clients of the OpenAI API read, on its paths only."""

import re
from http import HTTPStatus
from typing import Any

import msgspec
from litestar import Request, Response
from litestar.openapi.datastructures import ResponseSpec
from litestar.openapi.spec import Example

from api.errors import explain_and_log
from api.openai.replies import Failed, Fault
from api.problems import Kind, ProblemError

# The last three answer nothing: a program that tries them learns so in the shape that it reads.
PATHS = (
    "/v1/chat/completions",
    "/v1/models",
    "/v1/completions",
    "/v1/responses",
    "/v1/embeddings",
)
_FIELD = re.compile(r"([a-z_]+(?:\[\d+\]|\.[a-z_]+)*): ")


def is_theirs(request: Request[Any, Any, Any]) -> bool:
    """Whether a request is to one of the API's paths."""
    path = request.scope["path"]
    return any(path == each or path.startswith(f"{each}/") for each in PATHS)


def answer_in_their_shape(request: Request[Any, Any, Any], error: Exception) -> Response[Failed]:
    """Return the response for anything that was raised."""
    problem = explain_and_log(request, error)
    return Response(
        failed(problem),
        status_code=problem.kind.status,
        media_type="application/json",
        headers=dict(problem.headers),
    )


def failed(problem: ProblemError) -> Failed:
    """Return a problem in their shape."""
    field = _FIELD.match(problem.detail)
    return Failed(
        error=Fault(
            message=problem.detail,
            type=_type(problem.kind.status),
            param=field[1] if field else None,
            code=problem.kind.slug.replace("-", "_"),
        )
    )


def refusals(*kinds: Kind) -> dict[int, ResponseSpec]:
    """Return the documented errors of a call, one response a status."""
    by_status: dict[int, list[Kind]] = {}
    for kind in kinds:
        by_status.setdefault(kind.status, []).append(kind)
    return {status: _response(together) for status, together in by_status.items()}


def _response(kinds: list[Kind]) -> ResponseSpec:
    return ResponseSpec(
        Failed,
        generate_examples=False,
        description=" · ".join(f"{kind.title}." for kind in kinds),
        examples=[
            Example(
                id=kind.slug,
                summary=kind.title,
                value=msgspec.to_builtins(failed(ProblemError(kind, kind.example))),
            )
            for kind in kinds
        ],
    )


def _type(status: int) -> str:
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        return "rate_limit_error"
    return "server_error" if status >= HTTPStatus.INTERNAL_SERVER_ERROR else "invalid_request_error"
