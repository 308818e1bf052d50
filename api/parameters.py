"""What comes in by address: the filters of a query string, and the id in a path."""

from collections import Counter
from datetime import date
from typing import Annotated, Any
from urllib.parse import unquote_to_bytes

import msgspec
from litestar import Request
from litestar.params import PathParameter, QueryParameter

from api.bodies import describe
from api.messages import FilterFields
from api.problems import INVALID, MALFORMED, ProblemError
from index.protocols import Filters

_ARTICLES = b"/v1/articles/"
_REPEATABLE = {each.name for each in msgspec.structs.fields(FilterFields) if each.default == ()}


def filters_of_query(
    source: Annotated[list[str] | None, QueryParameter(description="Outlet; repeatable")] = None,
    language: Annotated[
        list[str] | None, QueryParameter(description="ISO 639 code, such as fr; repeatable")
    ] = None,
    article_ids: Annotated[
        list[str] | None, QueryParameter(description="Only these articles; repeatable")
    ] = None,
    published_from: Annotated[
        date | None, QueryParameter(description="First day, such as 2026-01-01")
    ] = None,
    published_to: Annotated[
        date | None, QueryParameter(description="Last day, such as 2026-01-31")
    ] = None,
) -> Filters:
    """Return the filters of a query string, checked as those of a body are."""
    given = {
        "source": source or [],
        "language": language or [],
        "article_ids": article_ids or [],
        "published_from": published_from,
        "published_to": published_to,
    }
    try:
        return msgspec.convert(given, FilterFields).filters()
    except msgspec.ValidationError as error:
        raise ProblemError(INVALID, describe(str(error), FilterFields)) from error


def exact_id(
    request: Request[Any, Any, Any],
    article_id: Annotated[str, PathParameter(description="Percent-encoded: a slash is %2F")],
) -> str:
    """Return the id as it was sent: routing has merged its slashes, and cut off the last."""
    raw = request.scope["raw_path"].partition(b"?")[0].partition(_ARTICLES)[2]
    try:
        return unquote_to_bytes(raw).decode()
    except UnicodeDecodeError as error:
        raise ProblemError(MALFORMED, "The id is not UTF-8. Percent-encode its UTF-8.") from error


async def check_query(request: Request[Any, Any, Any]) -> None:
    """Raise ProblemError for a query string that would answer another question than the one asked.

    That is: for a parameter that the call does not document (a misspelt filter), for one that is
    given twice where only one counts, and for bytes that are no characters.
    """
    try:
        unquote_to_bytes(request.scope["query_string"]).decode()
    except UnicodeDecodeError as error:
        detail = "The query is not UTF-8. Percent-encode its UTF-8."
        raise ProblemError(MALFORMED, detail) from error
    known = documented_parameters(request)
    counts = Counter(name for name, _ in request.query_params.multi_items())
    if unknown := sorted(set(counts) - known):
        there_are = f"there are {', '.join(sorted(known))}" if known else "this call takes none"
        raise ProblemError(INVALID, f"{unknown[0]}: not a parameter; {there_are}.")
    for name, count in counts.items():
        if count > 1 and name not in _REPEATABLE:
            raise ProblemError(INVALID, f"{name}: given {count} times; give it once.")


def documented_parameters(request: Request[Any, Any, Any]) -> set[str]:
    """Return the names of the query parameters in the OpenAPI document of the call."""
    paths = request.app.openapi_schema.paths or {}
    item = paths.get(request.scope["path_template"].replace(":path", ""))
    operation = getattr(item, request.method.lower(), None)
    parameters = operation.parameters or [] if operation is not None else []
    return {each.name for each in parameters if getattr(each, "param_in", None) == "query"}
