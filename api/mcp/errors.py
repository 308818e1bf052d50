"""Errors in the shape that clients of the protocol read, at its path only."""

from typing import Any

from litestar import Request, Response

from api.errors import explain_and_log

_SERVER_ERROR = -32000  # of JSON-RPC 2.0: the first of those that a server may define


def answer_in_json_rpc(request: Request[Any, Any, Any], error: Exception) -> Response[Any]:
    """Return the response for what was raised before the protocol's own server was asked.

    Its client shows the message to whoever uses it; of another body it says only that it failed.
    """
    problem = explain_and_log(request, error)
    told = {"code": _SERVER_ERROR, "message": problem.detail, "data": {"kind": problem.kind.slug}}
    return Response(
        {"jsonrpc": "2.0", "id": None, "error": told},
        status_code=problem.kind.status,
        media_type="application/json",
        headers=dict(problem.headers),
    )
