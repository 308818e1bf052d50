"""``POST /v1/ask``: a question in, the articles' own words out."""

from typing import Annotated

from litestar import post
from litestar.di import NamedDependency
from litestar.openapi.spec import Example
from litestar.params import BodyKwarg
from msgspec import to_builtins

from api import examples
from api.documentation import responses
from api.gates import Gates
from api.messages import Ask
from api.metrics import Meters
from api.problems import (
    BUSY,
    INVALID,
    MALFORMED,
    MEDIA_TYPE,
    TOO_LARGE,
    UNAVAILABLE,
    UNUSABLE,
)
from qa.answer import Answer
from qa.engine import Engine


@post(
    "/ask",
    status_code=200,
    tags=["Questions"],
    operation_id="ask",
    summary="Ask the articles a question",
    description=(
        "Answers with sentences of the articles, word for word, each cited by article, version and "
        "place. `status` is `answered`, `weak` (some evidence, below the line) or `no_answer`; the "
        'last two come with the `nearest` passages. A follow-up ("and Sweden?") is completed from '
        "the `history`; `understood_as` says how. It is null for a question taken as it stands."
    ),
    responses=responses(
        Answer,
        examples.ANSWER,
        *(MALFORMED, INVALID, UNUSABLE, TOO_LARGE, MEDIA_TYPE),
        *(BUSY, UNAVAILABLE),
    ),
)
async def ask(
    data: Annotated[Ask, BodyKwarg(examples=[Example(value=to_builtins(examples.ASK))])],
    engine: NamedDependency[Engine],
    gates: NamedDependency[Gates],
    meters: NamedDependency[Meters],
) -> Answer:
    """Answer a question."""
    answer = await gates.questions.run(
        engine.ask, data.question, limit=data.limit, filters=data.scope(), history=data.turns()
    )
    meters.count_answer(answer)
    return answer
