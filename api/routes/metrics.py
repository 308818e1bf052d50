"""``GET /metrics``: numbers for Prometheus."""

from litestar import Response, get
from litestar.di import NamedDependency
from prometheus_client import CONTENT_TYPE_LATEST

from api.documentation import problems
from api.metrics import Meters
from api.problems import KEYED


@get(
    "/metrics",
    tags=["Service"],
    operation_id="metrics",
    summary="Numbers for Prometheus",
    media_type=CONTENT_TYPE_LATEST,
    responses=problems(*KEYED),
    sync_to_thread=True,  # it reads the size of the index
)
def metrics(meters: NamedDependency[Meters]) -> Response[bytes]:
    """Return everything that was counted, in Prometheus' text format."""
    return Response(meters.exposition(), media_type=CONTENT_TYPE_LATEST)
