"""Server-sent events: sent as they are made, and described in the OpenAPI document."""

from collections.abc import AsyncGenerator, Callable, Collection, Iterable, Mapping
from contextlib import aclosing
from typing import Any, TypeVar

import msgspec
from litestar.openapi.spec import Example, OpenAPIMediaType, Operation, Schema
from litestar.response import ServerSentEvent
from litestar.response.sse import ServerSentEventMessage

from api.negotiation import EVENT_STREAM

T = TypeVar("T")
_REFERENCE = "#/components/schemas/{name}"


async def stream(
    items: AsyncGenerator[T, None],
    *,
    written: Callable[[T], ServerSentEventMessage],
    failed: Callable[[Exception], ServerSentEventMessage],
    last: Iterable[ServerSentEventMessage] = (),
) -> ServerSentEvent:
    """Return the response that sends each item when it is there.

    What goes wrong before the first is raised, and so becomes an ordinary error; what goes wrong
    after it ends the stream with ``failed``.
    """
    first = await anext(items)

    async def messages() -> AsyncGenerator[ServerSentEventMessage, None]:
        async with aclosing(items):
            yield written(first)
            try:
                async for item in items:
                    yield written(item)
            except Exception as error:  # noqa: BLE001  (the status is sent: only an event can tell)
                yield failed(error)
                return
        for message in last:
            yield message

    # Litestar prefers the media type of the handler, which is JSON, to that of the response.
    headers = {"Content-Type": f"{EVENT_STREAM}; charset=utf-8", "Cache-Control": "no-store"}
    return ServerSentEvent(messages(), headers=headers)


def document(operation: Operation, schema: Schema, sent: Iterable[ServerSentEventMessage]) -> None:
    """Add the second media type of a call's 200, which the framework has no place for."""
    example = "".join(each.encode().decode() for each in sent).replace("\r\n", "\n")
    content = operation.responses["200"].content  # type: ignore[index, union-attr]
    content[EVENT_STREAM] = OpenAPIMediaType(  # type: ignore[index]
        schema=schema, examples={"stream": Example(value=example)}
    )


def schema_of(of_type: type, *, with_parts: Collection[str] = ()) -> Any:
    """Return the JSON Schema of a type that the document does not have otherwise.

    ``with_parts`` are the types that it does not have either; the others are referred to.
    """
    known = msgspec.json.schema(of_type, ref_template=_REFERENCE)["$defs"]
    inside = {_REFERENCE.format(name=name): known[name] for name in with_parts}
    return _with(known[of_type.__name__], inside)


def _with(part: Any, inside: Mapping[str, Any]) -> Any:
    if isinstance(part, dict):
        if part.get("$ref") in inside:
            return _with(inside[part["$ref"]], inside)
        return {name: _with(each, inside) for name, each in part.items()}
    return [_with(each, inside) for each in part] if isinstance(part, list) else part
