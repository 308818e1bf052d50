"""One example of each message of the OpenAI API; they tell the story of ``api.examples``."""

from functools import partial

from api.examples import ANSWER, ASK
from api.markdown import markdown
from api.openai.replies import (
    Choice,
    Chunk,
    ChunkChoice,
    Completion,
    Delta,
    Failed,
    Fault,
    Model,
    Models,
    Said,
    Usage,
)
from api.openai.requests import ChatRequest, Message, Options, StreamOptions

CHAT = ChatRequest(
    messages=(
        Message(role="user", content="what will Denmark send?"),
        Message(role="assistant", content="> Le Danemark fournira deux frégates. [^1]"),
        Message(role="user", content=ASK.question),
    ),
    stream=False,
    stream_options=StreamOptions(include_usage=True),
    pullquote=Options(limit=5, filters=ASK.filters),
)
_USAGE = Usage(prompt_tokens=8, completion_tokens=96, total_tokens=104)
COMPLETION = Completion(
    id="chatcmpl-0f3a9c",
    created=1_767_798_000,
    system_fingerprint=f"generation-{ANSWER.generation}",
    choices=(Choice(message=Said(content=markdown(ANSWER))),),
    usage=_USAGE,
    pullquote=ANSWER,
)
_chunk = partial(
    Chunk,
    id=COMPLETION.id,
    created=COMPLETION.created,
    system_fingerprint=COMPLETION.system_fingerprint,
)
CHUNK_OF_ROLE = _chunk(choices=(ChunkChoice(delta=Delta(role="assistant", content="")),))
CHUNK_OF_TEXT = _chunk(choices=(ChunkChoice(delta=Delta(content=markdown(ANSWER))),))
CHUNK_OF_END = _chunk(choices=(ChunkChoice(delta=Delta(), finish_reason="stop"),), pullquote=ANSWER)
CHUNK_OF_USAGE = _chunk(choices=(), usage=_USAGE)
MODEL = Model()
MODELS = Models(data=(MODEL,))
FAILED = Failed(
    error=Fault(
        message="n: there is one answer to a question. Leave it out.",
        type="invalid_request_error",
        param="n",
        code="invalid",
    )
)
