"""From a conversation to an answer in the API's shapes, whole or in chunks."""

import time
import uuid
from collections.abc import Generator
from functools import partial

from api.markdown import blocks, markdown
from api.openai.replies import (
    Choice,
    Chunk,
    ChunkChoice,
    Completion,
    Delta,
    Said,
    Usage,
)
from api.openai.requests import ChatRequest
from qa.answer import Answer
from qa.engine import Engine
from qa.stages import Retrieved


def complete(engine: Engine, request: ChatRequest) -> Completion:
    """Answer the last turn of a conversation. Raises ProblemError or QuestionError."""
    request.check()
    answer = engine.ask(
        request.question(),
        limit=request.limit,
        filters=request.scope(),
        history=request.history(),
    )
    text = markdown(answer)
    return Completion(
        id=_new_id(),
        created=int(time.time()),
        system_fingerprint=_fingerprint(answer),
        choices=(Choice(message=Said(content=text)),),
        usage=_usage(engine, answer, text),
        pullquote=answer,
    )


def completing(engine: Engine, request: ChatRequest) -> Generator[Chunk, None, None]:
    """Yield the same as it is found: the role once passages are found, then block after block."""
    request.check()
    stages = engine.answering(
        request.question(),
        limit=request.limit,
        filters=request.scope(),
        history=request.history(),
    )
    identity, created = _new_id(), int(time.time())
    for stage in stages:
        if isinstance(stage, Retrieved | Answer):
            chunk = partial(
                Chunk, id=identity, created=created, system_fingerprint=_fingerprint(stage)
            )
        if isinstance(stage, Retrieved):
            yield chunk(choices=(ChunkChoice(delta=Delta(role="assistant", content="")),))
        elif isinstance(stage, Answer):
            for piece in _pieces(stage):
                yield chunk(choices=(ChunkChoice(delta=Delta(content=piece)),))
            end = ChunkChoice(delta=Delta(), finish_reason="stop")
            yield chunk(choices=(end,), pullquote=stage)
            if request.wants_usage:
                yield chunk(choices=(), usage=_usage(engine, stage, markdown(stage)))


def _pieces(answer: Answer) -> Generator[str, None, None]:
    for number, block in enumerate(blocks(answer)):
        yield f"\n\n{block}" if number else block


def _usage(engine: Engine, answer: Answer, text: str) -> Usage:
    asked, answered = engine.embedder.count_tokens([answer.question, text])
    return Usage(prompt_tokens=asked, completion_tokens=answered, total_tokens=asked + answered)


def _new_id() -> str:
    return f"chatcmpl-{uuid.uuid4().hex}"


def _fingerprint(stage: Retrieved | Answer) -> str:
    return f"generation-{stage.generation}"
