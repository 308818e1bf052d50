"""Answers as server-sent events, and how the OpenAPI document describes them."""

from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass
from typing import Any

import msgspec
from litestar import Request
from litestar.openapi.spec import Example, OpenAPIMediaType, Operation, Schema
from litestar.response import ServerSentEvent
from litestar.response.sse import ServerSentEventMessage

from api import examples
from api.errors import report
from api.events import TYPES, Event, name_of
from api.metrics import Meters
from api.negotiation import EVENT_STREAM
from qa.answer import Answer
from qa.stages import Stage

_REFERENCE = "#/components/schemas/{name}"


async def stream(
    request: Request[Any, Any, Any], meters: Meters, stages: AsyncGenerator[Stage, None]
) -> ServerSentEvent:
    """Return the response that sends each stage when it is there.

    What goes wrong before the first is raised, and so becomes an ordinary problem; what goes wrong
    after it ends the stream with an ``error`` event.
    """
    first = await anext(stages)
    # Litestar prefers the media type of the handler, which is JSON, to that of the response.
    headers = {"Content-Type": f"{EVENT_STREAM}; charset=utf-8", "Cache-Control": "no-store"}
    return ServerSentEvent(_events(request, meters, first, stages), headers=headers)


async def _events(
    request: Request[Any, Any, Any],
    meters: Meters,
    first: Stage,
    stages: AsyncGenerator[Stage, None],
) -> AsyncGenerator[ServerSentEventMessage, None]:
    async with aclosing(stages):
        yield message(first)
        try:
            async for stage in stages:
                if isinstance(stage, Answer):
                    meters.count_answer(stage)
                yield message(stage)
        except Exception as error:  # noqa: BLE001  (the status is sent: only an event can tell)
            yield message(report(request, error))


def message(event: Event) -> ServerSentEventMessage:
    """Return an event as it is sent: its name, and its JSON on one line."""
    return ServerSentEventMessage(event=name_of(event), data=msgspec.json.encode(event))


@dataclass
class StreamingOperation(Operation):
    """A call whose 200 may also be the events of ``TYPES``; documented as OpenAPI 3.2 does it."""

    def __post_init__(self) -> None:
        """Add the second media type, which the framework has no place for."""
        content = self.responses["200"].content  # type: ignore[index, union-attr]
        content[EVENT_STREAM] = OpenAPIMediaType(  # type: ignore[index]
            schema=Schema(one_of=[_schema(name) for name in TYPES]),
            examples={"stream": Example(value=_example())},
        )


def _schema(name: str) -> Schema:
    payload = msgspec.json.schema(TYPES[name], ref_template=_REFERENCE)
    own = payload.get("$defs", {}).get(TYPES[name].__name__)
    data = Schema(content_media_type="application/json", content_schema=own)
    return Schema(
        title=name,
        type="object",  # type: ignore[arg-type]
        properties={"event": Schema(const=name), "data": data},
        required=["event", "data"],
    )


def _example() -> str:
    events: tuple[Event, ...] = (examples.RETRIEVED, examples.QUOTED, examples.ANSWER)
    return "".join(message(event).encode().decode() for event in events).replace("\r\n", "\n")
