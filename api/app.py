"""The application: the engine goes in, every door comes out."""

from typing import Any

from litestar import Litestar, Request, Response, Router
from litestar.di import Provide
from litestar.openapi import OpenAPIConfig
from litestar.openapi.spec import License, Tag
from litestar.types import Message, Scope

from api.acceptance import Acceptance
from api.bodies import StrictRequest
from api.errors import answer_with_problem
from api.gates import Gates, Limits
from api.housekeeping import Housekeeper
from api.intake import Intake
from api.mcp.http import McpDoor
from api.metrics import Meters, Stopwatch
from api.openai.errors import answer_in_their_shape, is_theirs
from api.parameters import check_query, exact_id, filters_of_query
from api.readiness import examine
from api.routes import (
    articles,
    chat,
    citations,
    health,
    metrics,
    page,
    questions,
    schema,
    search,
    submissions,
)
from api.version import installed_version
from index.load import Fetch, Fetcher
from qa.engine import Engine

_MEGABYTE = 1_000_000
_SECURITY_HEADERS = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
    (b"cache-control", b"no-store"),
)


def create_app(
    engine: Engine, *, gates: Gates | None = None, fetch: Fetch | None = None
) -> Litestar:
    """Return the application over an open engine. Whoever opened the engine closes it.

    ``fetch`` gets the pages that are asked for by address; without it they come from the open web.
    """
    gates = gates or Gates.open(Limits())
    housekeeper = Housekeeper(engine, gates.stopping)
    intake = Intake(engine, gates.stopping)
    meters = Meters(lambda: examine(engine, housekeeper))
    mcp = McpDoor(engine, gates)
    app = Litestar(
        route_handlers=[
            *(_version_one(), _chat(), _health(), metrics.metrics, mcp.handler()),
            page.page_router(),
        ],
        dependencies={
            "engine": _part(engine),
            "gates": _part(gates),
            "housekeeper": _part(housekeeper),
            "intake": _part(intake),
            "acceptance": _part(Acceptance(intake, gates, fetch or Fetcher())),
            "meters": _part(meters),
            "filters": Provide(filters_of_query, sync_to_thread=False),
            "exact_id": Provide(exact_id, sync_to_thread=False),
        },
        request_class=StrictRequest,
        request_max_body_size=engine.settings.max_body_mb * _MEGABYTE,
        exception_handlers={Exception: answer_with_error},
        middleware=[Stopwatch()],
        before_send=[meters.watch, add_security_headers],
        lifespan=[mcp.lifespan],
        on_startup=[housekeeper.start],
        on_shutdown=[gates.close],
        openapi_config=_openapi(),
        logging_config=None,  # whoever runs the application decides
    )
    app.openapi_schema  # noqa: B018  (a call that cannot be described fails the start)
    return app


def answer_with_error(request: Request[Any, Any, Any], error: Exception) -> Response[Any]:
    """Return the response for anything that was raised, in the shape that the path promises."""
    answer = answer_in_their_shape if is_theirs(request) else answer_with_problem
    return answer(request, error)


async def add_security_headers(message: Message, scope: Scope) -> None:
    """Add what a response does not say itself; a hook of Litestar's ``before_send``."""
    if message["type"] == "http.response.start":
        there = [(name.lower(), value) for name, value in message["headers"]]
        said = {name for name, _ in there}
        message["headers"] = there + [each for each in _SECURITY_HEADERS if each[0] not in said]


def _version_one() -> Router:
    return Router(
        "/v1",
        route_handlers=[
            questions.ask,
            search.search,
            citations.verify,
            articles.add_articles,
            articles.list_page,
            articles.show,
            articles.remove,
            submissions.upload,
            submissions.fetch,
            submissions.add_samples,
        ],
        before_request=check_query,
    )


def _chat() -> Router:
    """Return the calls of another API, whose clients may send parameters of their own."""
    return Router("/v1", route_handlers=[chat.create, chat.list_models, chat.show_model])


def _health() -> Router:
    return Router("/health", route_handlers=[health.live, health.ready])


def _part(value: Any) -> Provide:
    return Provide(lambda: value, sync_to_thread=False)


def _openapi() -> OpenAPIConfig:
    return OpenAPIConfig(
        title="Pullquote",
        version=installed_version(),
        summary="Ask a pile of news articles a question, in any language.",
        description=(
            "Ask a pile of news articles a question, in any language. Get the articles' own words "
            "back, each with a citation you can check. Offsets count Unicode code points of the "
            "article's text and are half-open."
        ),
        license=License(name="Apache-2.0", identifier="Apache-2.0"),
        tags=[
            Tag("Questions", "From a question to quotes, or to the passages behind them."),
            Tag("Chat", "The same for programs that speak the OpenAI API."),
            Tag("Citations", "Whether a quote still stands where it stood."),
            Tag("Articles", "What is in the index."),
            Tag("Service", "How the service is."),
        ],
        openapi_router=schema.schema_router(),
        render_plugins=schema.PLUGINS,
    )
