"""``/health``: is the process alive, and can it answer?"""

from litestar import get
from litestar.di import NamedDependency

from api import examples
from api.access import OPEN, Access
from api.documentation import responses
from api.housekeeping import Housekeeper
from api.problems import NO_KEYS, UNAVAILABLE
from api.readiness import examine
from api.replies import Liveness, Readiness
from qa.engine import Engine


@get(
    "/live",
    tags=["Service"],
    operation_id="live",
    summary="Is the process alive?",
    responses=responses(Liveness, examples.LIVENESS),
    sync_to_thread=False,
    opt=OPEN,
    security=[{}],
)
def live() -> Liveness:
    """Say that the process is alive; nothing else is looked at."""
    return Liveness()


@get(
    "/ready",
    tags=["Service"],
    operation_id="ready",
    summary="Can questions be answered?",
    description="`ready`, or `degraded` with the reasons: it answers, but something needs care. "
    "503 when it cannot answer.",
    responses=responses(Readiness, examples.READINESS, UNAVAILABLE, NO_KEYS),
    sync_to_thread=True,  # not through a gate: a busy service is not a broken one
    opt=OPEN,
    security=[{}],
)
def ready(
    engine: NamedDependency[Engine],
    housekeeper: NamedDependency[Housekeeper],
    access: NamedDependency[Access],
) -> Readiness:
    """Say whether questions can be answered."""
    return examine(engine, housekeeper, access)
