"""``POST /v1/chat/completions`` and ``GET /v1/models``: the doors that chat programs know."""

from collections.abc import AsyncGenerator
from dataclasses import dataclass
from typing import Annotated, Any

import msgspec
from litestar import Request, get, post
from litestar.di import NamedDependency
from litestar.openapi.spec import Example, Operation, Schema
from litestar.params import BodyKwarg, PathParameter
from litestar.response import ServerSentEvent
from litestar.response.sse import ServerSentEventMessage

from api.documentation import success
from api.errors import explain_and_log
from api.gates import Gates
from api.json_schema import schema_of
from api.metrics import Meters
from api.openai import examples
from api.openai.completion import complete, completing
from api.openai.errors import failed, refusals
from api.openai.replies import Chunk, Completion, Model, Models
from api.openai.requests import MODEL, ChatRequest
from api.problems import (
    BUSY,
    INVALID,
    KEYED,
    MALFORMED,
    MEDIA_TYPE,
    NO_MODEL,
    TOO_LARGE,
    UNAVAILABLE,
    UNUSABLE,
    ProblemError,
)
from api.stream import document, stream
from qa.answer import Answer
from qa.engine import Engine

_DONE = ServerSentEventMessage(data="[DONE]")


def _message(chunk: object) -> ServerSentEventMessage:
    return ServerSentEventMessage(data=msgspec.json.encode(chunk))


@dataclass
class _ChatOperation(Operation):
    def __post_init__(self) -> None:
        own = schema_of(Chunk, with_parts=("ChunkChoice", "Delta"))
        data = Schema(content_media_type="application/json", content_schema=own)
        schema = Schema(type="object", properties={"data": data})  # type: ignore[arg-type]
        chunks = (
            examples.CHUNK_OF_ROLE,
            examples.CHUNK_OF_TEXT,
            examples.CHUNK_OF_END,
            examples.CHUNK_OF_USAGE,
        )
        document(self, schema, (*map(_message, chunks), _DONE))


@post(
    "/chat/completions",
    status_code=200,
    tags=["Chat"],
    operation_id="createChatCompletion",
    operation_class=_ChatOperation,
    summary="Ask as chat programs do",
    description=(
        "The OpenAI API's call: the last user turn is the question, the earlier ones are its "
        "history. The text is Markdown with footnotes; the whole answer is in `pullquote`, in a "
        "stream with the last choice. `pullquote` of the request takes `limit` and `filters` as "
        "`POST /v1/ask` does. What steers a language model is passed over, as are system messages: "
        "no language model answers."
    ),
    responses=success(Completion, examples.COMPLETION)
    | refusals(MALFORMED, INVALID, UNUSABLE, TOO_LARGE, MEDIA_TYPE, BUSY, UNAVAILABLE, *KEYED),
)
async def create(
    request: Request[Any, Any, Any],
    data: Annotated[
        ChatRequest, BodyKwarg(examples=[Example(value=msgspec.to_builtins(examples.CHAT))])
    ],
    engine: NamedDependency[Engine],
    gates: NamedDependency[Gates],
    meters: NamedDependency[Meters],
) -> Completion | ServerSentEvent:
    """Answer the last turn of a conversation."""
    if data.stream:
        chunks = gates.questions.each(completing, engine, data)
        return await _stream(request, meters, chunks)
    completion = await gates.questions.run(complete, engine, data)
    meters.count_answer(completion.pullquote)
    return completion


async def _stream(
    request: Request[Any, Any, Any], meters: Meters, chunks: AsyncGenerator[Chunk, None]
) -> ServerSentEvent:
    def written(chunk: Chunk) -> ServerSentEventMessage:
        if isinstance(chunk.pullquote, Answer):
            meters.count_answer(chunk.pullquote)
        return _message(chunk)

    def broken(error: Exception) -> ServerSentEventMessage:
        return _message(failed(explain_and_log(request, error)))

    return await stream(chunks, written=written, failed=broken, last=(_DONE,))


@get(
    "/models",
    tags=["Chat"],
    operation_id="listModels",
    summary="List the models",
    description="There is one. Chat programs ask for it.",
    responses=success(Models, examples.MODELS) | refusals(*KEYED),
    sync_to_thread=False,
)
def list_models() -> Models:
    """Return the one model."""
    return Models(data=(Model(),))


@get(
    "/models/{model:path}",
    tags=["Chat"],
    operation_id="getModel",
    summary="Read one model",
    responses=success(Model, examples.MODEL) | refusals(NO_MODEL, *KEYED),
    sync_to_thread=False,
)
def show_model(
    model: Annotated[str, PathParameter(description="Its id: `pullquote`")],
) -> Model:
    """Return the model of this id."""
    if model.removeprefix("/") != MODEL:
        raise ProblemError(NO_MODEL, f"There is no model {model[1:200]!r}. There is {MODEL!r}.")
    return Model()
