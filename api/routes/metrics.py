"""``GET /metrics``: numbers for Prometheus."""

from litestar import Response, get
from litestar.di import NamedDependency
from prometheus_client import CONTENT_TYPE_LATEST

from api.metrics import Meters


@get(
    "/metrics",
    tags=["Service"],
    operation_id="metrics",
    summary="Numbers for Prometheus",
    media_type=CONTENT_TYPE_LATEST,
    sync_to_thread=True,  # it reads the size of the index
)
def metrics(meters: NamedDependency[Meters]) -> Response[bytes]:
    """Return everything that was counted, in Prometheus' text format."""
    return Response(meters.exposition(), media_type=CONTENT_TYPE_LATEST)
