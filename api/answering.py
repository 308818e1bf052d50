"""The response for anything that was raised, in the shape that the path promises."""

from typing import Any

from litestar import Request, Response
from litestar.handlers import BaseRouteHandler

from api.access import Access
from api.errors import answer_with_problem
from api.keys import KeysError
from api.mcp.errors import answer_in_json_rpc
from api.mcp.http import PATH as MCP
from api.openai.errors import answer_in_their_shape, is_theirs
from api.problems import ProblemError


class Answering:
    """Answers for a handler that raised, and for an address or a method that there is not."""

    def __init__(self, access: Access) -> None:
        self._access = access

    def __call__(self, request: Request[Any, Any, Any], error: Exception) -> Response[Any]:
        """Return the response."""
        error = self._without_key(request) or error
        if is_theirs(request):
            return answer_in_their_shape(request, error)
        if request.scope["path"].rstrip("/") == MCP:
            return answer_in_json_rpc(request, error)
        return answer_with_problem(request, error)

    def _without_key(self, request: Request[Any, Any, Any]) -> Exception | None:
        """Return why a call is not let in that no handler takes, and so no middleware has seen."""
        if isinstance(request.scope.get("route_handler"), BaseRouteHandler):
            return None
        try:
            self._access.admit(request)
        except (ProblemError, KeysError) as error:
            return error
        return None
