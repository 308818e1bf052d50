"""Whether the service can answer, from how much, and what needs care."""

from api.access import Access
from api.housekeeping import Housekeeper
from api.replies import DEGRADED, READY, Readiness
from qa.engine import Engine


def examine(engine: Engine, housekeeper: Housekeeper, access: Access) -> Readiness:
    """Return how the index is. Raises StoreError when nobody can be answered from it."""
    access.check()
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
