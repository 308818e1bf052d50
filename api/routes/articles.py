"""``/v1/articles``: what is in the index, and the way in and out of it."""

from typing import Annotated

from litestar import delete, get, post
from litestar.di import NamedDependency
from litestar.openapi.spec import Example
from litestar.params import BodyKwarg, QueryParameter
from msgspec import to_builtins

from api import examples
from api.access import writers_only
from api.documentation import problems, responses
from api.gates import Gates
from api.intake import Intake
from api.listing import list_articles, show_article
from api.messages import AddArticles
from api.metrics import Meters
from api.problems import (
    BUSY,
    DISK_FULL,
    INVALID,
    KEYED,
    MALFORMED,
    MEDIA_TYPE,
    NO_ARTICLE,
    STOPPING,
    TOO_LARGE,
    UNAVAILABLE,
    UNUSABLE,
    WRITING,
)
from api.replies import Added, Listed, Shown
from index.errors import UnknownArticleError
from index.protocols import Filters
from qa.engine import Engine

MOST_LISTED = 500


@post(
    "/articles",
    status_code=200,
    tags=["Articles"],
    operation_id="addArticles",
    summary="Add or replace articles",
    description=(
        "Each article is a `text` or a page in `html`. All are checked before any is stored. When "
        "the call returns, they are durable and searchable. The same `id` with another text "
        "replaces the article; sent again unchanged, it costs nothing."
    ),
    responses=responses(
        Added,
        examples.ADDED,
        *(MALFORMED, INVALID, UNUSABLE, TOO_LARGE, MEDIA_TYPE),
        *(BUSY, STOPPING, UNAVAILABLE, DISK_FULL, *WRITING),
    ),
    guards=[writers_only],
)
async def add_articles(
    data: Annotated[AddArticles, BodyKwarg(examples=[Example(value=to_builtins(examples.ADD))])],
    intake: NamedDependency[Intake],
    gates: NamedDependency[Gates],
    meters: NamedDependency[Meters],
) -> Added:
    """Store articles."""
    intake.check_count(len(data.articles))
    added = await gates.ingests.run(intake.take, data.articles)
    meters.count_articles(added.articles)
    return added


@get(
    "/articles",
    tags=["Articles"],
    operation_id="listArticles",
    summary="List the articles",
    description="By ascending id, a page at a time; `next_cursor` leads to the next page.",
    responses=responses(Listed, examples.LISTED, INVALID, BUSY, UNAVAILABLE, *KEYED),
)
async def list_page(
    filters: NamedDependency[Filters],
    engine: NamedDependency[Engine],
    gates: NamedDependency[Gates],
    limit: Annotated[
        int, QueryParameter(ge=1, le=MOST_LISTED, description="Articles of a page at most")
    ] = 50,
    cursor: Annotated[
        str | None, QueryParameter(max_length=4_000, description="From the page before")
    ] = None,
) -> Listed:
    """Return a page of articles."""
    return await gates.reads.run(list_articles, engine, limit=limit, cursor=cursor, filters=filters)


@get(
    "/articles/{article_id:path}",
    tags=["Articles"],
    operation_id="getArticle",
    summary="Read one article",
    description="With its text, its version and where its passages stand in the text.",
    responses=responses(Shown, examples.SHOWN, MALFORMED, NO_ARTICLE, BUSY, UNAVAILABLE, *KEYED),
)
async def show(
    exact_id: NamedDependency[str],
    engine: NamedDependency[Engine],
    gates: NamedDependency[Gates],
) -> Shown:
    """Return an article."""
    return await gates.reads.run(show_article, engine, exact_id)


@delete(
    "/articles/{article_id:path}",
    tags=["Articles"],
    operation_id="removeArticle",
    summary="Remove an article",
    description="From text, vectors and postings. It is never cited again.",
    response_description="It is gone.",
    responses=problems(MALFORMED, NO_ARTICLE, BUSY, UNAVAILABLE, *WRITING),
    guards=[writers_only],
)
async def remove(
    exact_id: NamedDependency[str],
    engine: NamedDependency[Engine],
    gates: NamedDependency[Gates],
) -> None:
    """Remove an article."""
    if not await gates.removals.run(engine.remove, [exact_id]):
        raise UnknownArticleError(exact_id)
