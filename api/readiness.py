"""Whether the service can answer, from how much, and what needs care."""

from api.replies import DEGRADED, READY, Readiness
from qa.engine import Engine


def examine(engine: Engine) -> Readiness:
    """Return how the index is. Raises StoreError when it cannot be read at all."""
    status = engine.store.status()
    return Readiness(
        status=DEGRADED if status.degraded else READY,
        reasons=status.degraded,
        generation=status.generation,
        articles=status.articles,
        passages=status.passages,
        model=status.model,
    )
