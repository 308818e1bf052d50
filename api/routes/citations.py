"""``POST /v1/citations/verify``: does a citation still hold?"""

from typing import Annotated

from litestar import post
from litestar.di import NamedDependency
from litestar.openapi.spec import Example
from litestar.params import BodyKwarg
from msgspec import to_builtins

from api import examples
from api.documentation import responses
from api.gates import Gates
from api.messages import Verify
from api.problems import BUSY, INVALID, KEYED, MALFORMED, MEDIA_TYPE, TOO_LARGE, UNAVAILABLE
from api.replies import Verdicts
from qa.engine import Engine


@post(
    "/citations/verify",
    status_code=200,
    tags=["Citations"],
    operation_id="verify",
    summary="Check citations against what is stored now",
    description=(
        "`exact`: the words stand where they stood. `moved`: they stand elsewhere in the article. "
        "`changed`: the article is there, the words are not. `gone`: the article is not there."
    ),
    responses=responses(
        Verdicts,
        examples.VERDICTS,
        *(MALFORMED, INVALID, TOO_LARGE, MEDIA_TYPE, BUSY, UNAVAILABLE, *KEYED),
    ),
)
async def verify(
    data: Annotated[Verify, BodyKwarg(examples=[Example(value=to_builtins(examples.VERIFY))])],
    engine: NamedDependency[Engine],
    gates: NamedDependency[Gates],
) -> Verdicts:
    """Return a verdict on each citation."""
    claims = [fields.claim() for fields in data.citations]
    return Verdicts(citations=tuple(await gates.reads.run(engine.verify, claims)))
