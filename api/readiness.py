"""Whether the service can answer, from how much, and what needs care."""

from api.housekeeping import Housekeeper
from api.replies import DEGRADED, READY, Readiness
from qa.engine import Engine


def examine(engine: Engine, housekeeper: Housekeeper) -> Readiness:
    """Return how the index is. Raises StoreError when it cannot be read at all."""
    status, complaint = engine.store.status(), housekeeper.complaint
    reasons = status.degraded if complaint is None else (*status.degraded, complaint)
    return Readiness(
        status=DEGRADED if reasons else READY,
        reasons=reasons,
        generation=status.generation,
        articles=status.articles,
        passages=status.passages,
        model=status.model,
    )
