"""What a chat program gets: the shapes of the OpenAI API, and the whole answer beside them."""

from msgspec import UNSET, Struct, UnsetType

from api.openai.requests import MODEL
from qa.answer import Answer

CREATED = 1_767_225_600  # 1 January 2026: the API wants a time, and the model is not one


class Said(Struct, frozen=True, kw_only=True):
    """The answer as Markdown."""

    content: str
    role: str = "assistant"
    refusal: str | None = None  # a model's refusal to speak; that nothing answers is an answer


class Choice(Struct, frozen=True, kw_only=True):
    """The one there is."""

    message: Said
    index: int = 0
    finish_reason: str = "stop"
    logprobs: None = None


class Usage(Struct, frozen=True, kw_only=True):
    """Tokens of the embedder: of the question, and of the answer's text."""

    prompt_tokens: int
    completion_tokens: int
    total_tokens: int


class Completion(Struct, frozen=True, kw_only=True):
    """A whole answer."""

    id: str
    created: int
    system_fingerprint: str
    choices: tuple[Choice, ...]
    usage: Usage
    pullquote: Answer
    object: str = "chat.completion"
    model: str = MODEL


class Delta(Struct, frozen=True, kw_only=True):
    """What is added to the message."""

    role: str | UnsetType = UNSET
    content: str | UnsetType = UNSET


class ChunkChoice(Struct, frozen=True, kw_only=True):
    """The one there is, in part."""

    delta: Delta
    index: int = 0
    finish_reason: str | None = None
    logprobs: None = None


class Chunk(Struct, frozen=True, kw_only=True):
    """A part of an answer; ``pullquote``, the whole answer, comes with the last choice."""

    id: str
    created: int
    system_fingerprint: str
    choices: tuple[ChunkChoice, ...]
    usage: Usage | UnsetType = UNSET
    pullquote: Answer | UnsetType = UNSET
    object: str = "chat.completion.chunk"
    model: str = MODEL


class Model(Struct, frozen=True, kw_only=True):
    """The model there is."""

    id: str = MODEL
    object: str = "model"
    created: int = CREATED
    owned_by: str = "pullquote"


class Models(Struct, frozen=True, kw_only=True):
    """All of them."""

    data: tuple[Model, ...]
    object: str = "list"


class Fault(Struct, frozen=True, kw_only=True):
    """What is wrong, and what to do about it."""

    message: str
    type: str
    param: str | None
    code: str


class Failed(Struct, frozen=True, kw_only=True):
    """The body of every error."""

    error: Fault
