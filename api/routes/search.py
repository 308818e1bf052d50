"""``GET /v1/search``: the passages a question would be answered from, with their scores."""

from typing import Annotated

from litestar import get
from litestar.di import NamedDependency
from litestar.params import QueryParameter

from api import examples
from api.documentation import responses
from api.gates import Gates
from api.messages import MOST_PASSAGES
from api.problems import BUSY, INVALID, KEYED, UNAVAILABLE, UNUSABLE
from index.protocols import Filters
from qa.answer import LONGEST_QUESTION, Found
from qa.engine import Engine


@get(
    "/search",
    tags=["Questions"],
    operation_id="search",
    summary="See which passages match, and why",
    description="The passages that a question would be answered from, best first, with the scores "
    "that ranked them.",
    responses=responses(Found, examples.FOUND, INVALID, UNUSABLE, BUSY, UNAVAILABLE, *KEYED),
)
async def search(
    q: Annotated[
        str,
        QueryParameter(min_length=1, max_length=LONGEST_QUESTION, description="The question"),
    ],
    filters: NamedDependency[Filters],
    engine: NamedDependency[Engine],
    gates: NamedDependency[Gates],
    limit: Annotated[
        int, QueryParameter(ge=1, le=MOST_PASSAGES, description="Passages at most")
    ] = 10,
) -> Found:
    """Return the best passages."""
    return await gates.questions.run(engine.search, q, limit=limit, filters=filters)
