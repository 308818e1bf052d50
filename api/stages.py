"""The stages of an answer as events: how they are sent, and how they are described."""

from collections.abc import AsyncGenerator
from dataclasses import dataclass
from typing import Any

import msgspec
from litestar import Request
from litestar.openapi.spec import Operation, Schema
from litestar.response import ServerSentEvent
from litestar.response.sse import ServerSentEventMessage

from api import examples
from api.errors import problem_of
from api.events import TYPES, Event, name_of
from api.metrics import Meters
from api.stream import document, schema_of, stream
from qa.answer import Answer
from qa.stages import Stage


async def stream_stages(
    request: Request[Any, Any, Any], meters: Meters, stages: AsyncGenerator[Stage, None]
) -> ServerSentEvent:
    """Return the response that sends each stage when it is there."""

    def written(stage: Stage) -> ServerSentEventMessage:
        if isinstance(stage, Answer):
            meters.count_answer(stage)
        return message(stage)

    def failed(error: Exception) -> ServerSentEventMessage:
        return message(problem_of(request, error))

    return await stream(stages, written=written, failed=failed)


def message(event: Event) -> ServerSentEventMessage:
    """Return an event as it is sent: its name, and its JSON on one line."""
    return ServerSentEventMessage(event=name_of(event), data=msgspec.json.encode(event))


@dataclass
class StagesOperation(Operation):
    """A call whose 200 may also be the events of ``TYPES``; described as OpenAPI 3.2 does it."""

    def __post_init__(self) -> None:
        """Describe the events."""
        sent: tuple[Event, ...] = (examples.RETRIEVED, examples.QUOTED, examples.ANSWER)
        document(self, Schema(one_of=[_schema(name) for name in TYPES]), map(message, sent))


def _schema(name: str) -> Schema:
    data = Schema(content_media_type="application/json", content_schema=schema_of(TYPES[name]))
    return Schema(
        title=name,
        type="object",  # type: ignore[arg-type]
        properties={"event": Schema(const=name), "data": data},
        required=["event", "data"],
    )
