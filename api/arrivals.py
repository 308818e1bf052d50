"""How both clients read a streamed answer: what opens it, what each event is, and how it ends."""

import httpx
import msgspec
from httpx_sse import ServerSentEvent

from api.events import TYPES
from api.failures import ConnectionFailed, ServerError, refusal_of
from api.replies import Problem
from qa.stages import Stage

EVENT_STREAM = "text/event-stream"


def check_opened(response: httpx.Response) -> None:
    """Raise ServerError for a response that is no stream of events."""
    if not response.headers.get("Content-Type", "").startswith(EVENT_STREAM):
        raise ServerError(
            "The answer is not a stream of Pullquote's. Is this the right address?",
            response.status_code,
        )


def read(event: ServerSentEvent) -> Stage | None:
    """Return the stage that an event tells of, None for an event that is not known here.

    Raises the ApiError that an ``error`` event tells of, ServerError for one that cannot be read.
    """
    if event.event not in TYPES:
        return None  # a newer service may tell more
    try:
        stage = msgspec.json.decode(event.data, type=TYPES[event.event])
    except msgspec.DecodeError as error:
        raise ServerError(f"An event of the stream cannot be read ({error}).", 200) from error
    if isinstance(stage, Problem):
        raise refusal_of(stage)
    return stage


def broken_off(address: str) -> ConnectionFailed:
    """Return the error of a stream that ends before its answer."""
    return ConnectionFailed(
        f"The stream from {address} ended before the answer. Ask again.", arrived=True
    )
