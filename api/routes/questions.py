"""``POST /v1/ask``: a question in, the articles' own words out, at once or as they are found."""

from typing import Annotated, Any

from litestar import Request, post
from litestar.di import NamedDependency
from litestar.openapi.spec import Example
from litestar.params import BodyKwarg
from litestar.response import ServerSentEvent
from msgspec import to_builtins

from api import examples
from api.documentation import responses
from api.gates import Gates
from api.messages import Ask
from api.metrics import Meters
from api.negotiation import EVENT_STREAM, JSON, wanted
from api.problems import (
    BUSY,
    INVALID,
    KEYED,
    MALFORMED,
    MEDIA_TYPE,
    NOT_ACCEPTABLE,
    TOO_LARGE,
    UNAVAILABLE,
    UNUSABLE,
)
from api.stages import StagesOperation, stream_stages
from qa.answer import Answer
from qa.engine import Engine


@post(
    "/ask",
    status_code=200,
    tags=["Questions"],
    operation_id="ask",
    operation_class=StagesOperation,
    summary="Ask the articles a question",
    description=(
        "Answers with sentences of the articles, word for word, each cited by article, version and "
        "place. `status` is `answered`, `weak` (some evidence, below the line) or `no_answer`; the "
        'last two come with the `nearest` passages. A follow-up ("and Sweden?") is completed from '
        "the `history`; `understood_as` says how: null for a question taken as it stands. "
        "With `Accept: text/event-stream` it comes in stages: `retrieved` once the passages are "
        "found, `quote` for each quote, and `answer`, which is what the plain call gives; `error`, "
        "a problem, if it fails on the way."
    ),
    responses=responses(
        Answer,
        examples.ANSWER,
        *(MALFORMED, INVALID, UNUSABLE, NOT_ACCEPTABLE, TOO_LARGE, MEDIA_TYPE),
        *(BUSY, UNAVAILABLE, *KEYED),
    ),
)
async def ask(
    request: Request[Any, Any, Any],
    data: Annotated[Ask, BodyKwarg(examples=[Example(value=to_builtins(examples.ASK))])],
    engine: NamedDependency[Engine],
    gates: NamedDependency[Gates],
    meters: NamedDependency[Meters],
) -> Answer | ServerSentEvent:
    """Answer a question."""
    question, limit, filters, history = data.question, data.limit, data.scope(), data.turns()
    if wanted(request, (JSON, EVENT_STREAM)) == EVENT_STREAM:
        stages = gates.questions.each(
            engine.answering, question, limit=limit, filters=filters, history=history
        )
        return await stream_stages(request, meters, stages)
    answer = await gates.questions.run(
        engine.ask, question, limit=limit, filters=filters, history=history
    )
    meters.count_answer(answer)
    return answer
