"""The application: the engine goes in, every door comes out."""

from typing import Any

from litestar import Litestar, Router
from litestar.di import Provide
from litestar.middleware import DefineMiddleware
from litestar.openapi import OpenAPIConfig
from litestar.openapi.spec import Components, License, SecurityScheme, Tag

from api.acceptance import Acceptance
from api.access import Access, KeyAuthentication
from api.answering import Answering
from api.bodies import StrictRequest
from api.cross_origin import cors
from api.gates import Gates, Limits
from api.housekeeping import Housekeeper
from api.intake import Intake
from api.keyring import Keyring
from api.mcp.http import McpDoor
from api.metrics import Meters, Stopwatch
from api.parameters import check_query, exact_id, filters_of_query
from api.rates import Rates
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
from api.security_headers import add_security_headers
from api.version import installed_version
from index.load import Fetch, Fetcher
from qa.engine import Engine

_MEGABYTE = 1_000_000


def create_app(
    engine: Engine,
    *,
    gates: Gates | None = None,
    fetch: Fetch | None = None,
    keys_required: bool = False,
) -> Litestar:
    """Return the application over an open engine. Whoever opened the engine closes it.

    ``fetch`` gets the pages that are asked for by address; without it they come from the open web.
    With ``keys_required``, nobody is let in without a key even if there is none.
    """
    gates = gates or Gates.open(Limits())
    settings = engine.settings
    rates = Rates(settings.requests_per_minute)
    access = Access(Keyring(settings.data), rates, required=keys_required)
    housekeeper = Housekeeper(engine, gates.stopping)
    intake = Intake(engine, gates.stopping)
    meters = Meters(lambda: examine(engine, housekeeper, access))
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
            "access": _part(access),
            "filters": Provide(filters_of_query, sync_to_thread=False),
            "exact_id": Provide(exact_id, sync_to_thread=False),
        },
        request_class=StrictRequest,
        request_max_body_size=settings.max_body_mb * _MEGABYTE,
        exception_handlers={Exception: Answering(access)},
        middleware=[Stopwatch(), DefineMiddleware(KeyAuthentication, access=access)],
        cors_config=cors(settings.cors_origins),
        before_send=[meters.watch, add_security_headers],
        lifespan=[mcp.lifespan],
        on_startup=[housekeeper.start],
        on_shutdown=[gates.close],
        openapi_config=_openapi(),
        logging_config=None,  # whoever runs the application decides
    )
    app.openapi_schema  # noqa: B018  (a call that cannot be described fails the start)
    return app


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
        components=Components(
            security_schemes={
                "key": SecurityScheme(
                    type="http",
                    scheme="bearer",
                    description="Of `pullquote keys add`. Wanted by every call but those of health "
                    "as soon as the service has a key.",
                )
            }
        ),
        security=[{"key": []}, {}],  # {}: a service without keys asks for none
        openapi_router=schema.schema_router(),
        render_plugins=schema.PLUGINS,
    )
