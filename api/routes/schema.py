"""``GET /schema``: the OpenAPI document, as JSON for programs and as a page for people."""

from typing import Any

from litestar import MediaType, Request, Response, Router
from litestar.exceptions import NotFoundException
from litestar.openapi.plugins import JsonRenderPlugin, YamlRenderPlugin

from api.reference import CONTENT_SECURITY_POLICY, render

PATH = "/schema"
PLUGINS = (
    JsonRenderPlugin(path=["/", "/openapi.json"], media_type=MediaType.JSON),
    YamlRenderPlugin(),
)


def schema_router() -> Router:
    """Return the router that Litestar adds its handlers for the document to."""
    return Router(
        PATH,
        route_handlers=[],
        include_in_schema=False,
        before_request=show_page_to_browsers,
        after_request=refuse_other_addresses,
    )


async def show_page_to_browsers(request: Request[Any, Any, Any]) -> Response[str] | None:
    """Answer a browser at /schema with the page; let everything else pass."""
    if request.scope["path"].rstrip("/") != PATH or "text/html" not in request.headers.get(
        "accept", ""
    ):
        return None
    return Response(
        render(request.app.openapi_schema.to_schema()),
        media_type=MediaType.HTML,
        headers={"Content-Security-Policy": CONTENT_SECURITY_POLICY, "Vary": "Accept"},
    )


async def refuse_other_addresses(response: Response[Any]) -> Response[Any]:
    """Turn Litestar's own page for an unknown address into our problem."""
    if response.status_code == NotFoundException.status_code:
        raise NotFoundException
    return response
