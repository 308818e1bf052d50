"""What a client wants to be answered in: its ``Accept`` header against what there is."""

from collections.abc import Sequence
from typing import Any

from litestar import Request
from litestar.datastructures.headers import Accept

from api.problems import NOT_ACCEPTABLE, ProblemError

JSON = "application/json"
EVENT_STREAM = "text/event-stream"


def wanted(request: Request[Any, Any, Any], offered: Sequence[str]) -> str:
    """Return which of the media types the client wants, the first if it does not mind.

    Raises ProblemError if it wants none of them.
    """
    accept = request.headers.get("Accept", "").strip()
    if not accept:
        return offered[0]
    try:
        chosen = Accept(accept).best_match(list(offered))
    except OverflowError:  # a quality of infinity
        chosen = None
    if chosen is None:
        raise ProblemError(
            NOT_ACCEPTABLE,
            f"The Accept header says {accept[:200]!r}. This call answers in "
            f"{' or '.join(offered)}.",
        )
    return chosen
