"""What both clients share: how a call is written, and how its answer is read."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar
from urllib.parse import quote, urlsplit

import httpx
import msgspec

from api.failures import ConnectionFailed, ServerError, Unauthorized, refusal
from api.messages import ArticleFields
from api.parts import File
from api.replies import Added, Listed, Readiness, Shown, Taken, Verdicts
from index.article import UNDETERMINED, Article
from index.protocols import Filters
from qa.answer import Answer, Citation, Claim, Found, Turn

DEFAULT_ADDRESS = "http://127.0.0.1:8017"
TIMEOUT_S = 60.0  # a question takes a fraction of a second; a thousand articles, minutes
ADD_TIMEOUT_S = 1_800.0
CONNECT_TIMEOUT_S = 5.0

PAGE = 200  # articles of a page

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Call(Generic[T]):
    """One request, and the type of its answer. All calls may be repeated without harm."""

    method: str
    path: str  # percent-encoded
    answer: type[T]
    query: tuple[tuple[str, str], ...] = ()
    body: Any = None
    file: File | None = None  # goes instead of a body
    timeout_s: float = TIMEOUT_S


def add(articles: Iterable[Article | ArticleFields]) -> Call[Added]:
    """Write the call that stores articles."""
    body = {"articles": [article_body(each) for each in articles]}
    return Call(
        method="POST", path="/v1/articles", answer=Added, body=body, timeout_s=ADD_TIMEOUT_S
    )


def upload(name: str, content: bytes, on_sent: Callable[[int], None]) -> Call[Taken]:
    """Write the call that stores the articles in a file."""
    file = File(content=content, on_sent=on_sent)
    query = (("name", name),)
    return Call(
        method="POST",
        path="/v1/uploads",
        answer=Taken,
        query=query,
        file=file,
        timeout_s=ADD_TIMEOUT_S,
    )


def fetch(url: str) -> Call[Taken]:
    """Write the call that has the service fetch an address."""
    body = {"url": url}
    return Call(method="POST", path="/v1/fetch", answer=Taken, body=body, timeout_s=ADD_TIMEOUT_S)


def add_samples() -> Call[Taken]:
    """Write the call that stores the samples."""
    return Call(method="POST", path="/v1/samples", answer=Taken, body={}, timeout_s=ADD_TIMEOUT_S)


def page(filters: Filters, cursor: str | None) -> Call[Listed]:
    """Write the call that lists a page of articles."""
    query = (("limit", str(PAGE)), *(() if cursor is None else (("cursor", cursor),)))
    return Call(
        method="GET", path="/v1/articles", answer=Listed, query=query + filter_query(filters)
    )


def show(article_id: str) -> Call[Shown]:
    """Write the call that reads one article."""
    return Call(method="GET", path=article_path(article_id), answer=Shown)


def remove(article_id: str) -> Call[None]:
    """Write the call that removes an article."""
    return Call(method="DELETE", path=article_path(article_id), answer=type(None))


def ask(
    question: str, limit: int | None, filters: Filters, history: Sequence[Turn]
) -> Call[Answer]:
    """Write the call that asks a question."""
    body = {
        "question": question,
        "limit": limit,
        "history": [{"question": turn.question, "answer": turn.answer} for turn in history],
        "filters": filters,
    }
    return Call(method="POST", path="/v1/ask", answer=Answer, body=body)


def search(question: str, limit: int, filters: Filters) -> Call[Found]:
    """Write the call that searches passages."""
    query = (("q", question), ("limit", str(limit)), *filter_query(filters))
    return Call(method="GET", path="/v1/search", answer=Found, query=query)


def verify(claims: Iterable[Claim | Citation]) -> Call[Verdicts]:
    """Write the call that checks citations."""
    body = {"citations": list(claims)}
    return Call(method="POST", path="/v1/citations/verify", answer=Verdicts, body=body)


def ready() -> Call[Readiness]:
    """Write the call that asks whether questions can be answered."""
    return Call(method="GET", path="/health/ready", answer=Readiness)


def article_body(article: Article | ArticleFields) -> dict[str, Any]:
    """Return what is known of an article, and nothing else: the service refuses empty fields."""
    fields: dict[str, Any] = msgspec.to_builtins(article)
    unknown = (None, UNDETERMINED)
    return {name: value for name, value in fields.items() if value not in unknown}


def filter_query(filters: Filters) -> tuple[tuple[str, str], ...]:
    """Return filters as query parameters."""
    many = (("source", filters.source), ("language", filters.language))
    ids = (("article_ids", filters.article_ids),)
    days = (("published_from", filters.published_from), ("published_to", filters.published_to))
    return (
        *((name, each) for name, values in (*many, *ids) for each in values),
        *((name, day.isoformat()) for name, day in days if day is not None),
    )


def article_path(article_id: str) -> str:
    """Return the address of an article, whatever characters its id is made of."""
    encoded = quote(article_id, safe="")
    if not encoded.strip("."):  # "." and ".." mean something in a path
        encoded = encoded.replace(".", "%2E")
    return f"/v1/articles/{encoded}"


def is_local(address: str) -> bool:
    """Whether the service is on this machine, where no proxy of the environment leads."""
    try:
        return urlsplit(address).hostname in {"localhost", "127.0.0.1", "::1"}
    except ValueError:  # the first request will say so
        return False


def request(
    call: Call[T],
    address: str,
    timeout_s: float | None,
    *,
    key: str | None = None,
    accept: str = "application/json",
) -> httpx.Request:
    """Return the request that makes a call.

    Raises ConnectionFailed for an impossible address, Unauthorized for an impossible key.
    """
    timeout = httpx.Timeout(timeout_s or call.timeout_s, connect=CONNECT_TIMEOUT_S)
    media_type, content = payload(call)
    try:
        written = httpx.Request(
            call.method,
            f"{address}{call.path}",
            params=call.query or None,
            headers={"Accept": accept, "Content-Type": media_type} | shown(key),
            content=content,
            extensions={"timeout": timeout.as_dict()},
        )
    except httpx.InvalidURL as error:
        message = f"{address} is not an address ({error}). Write it as {DEFAULT_ADDRESS}."
        raise ConnectionFailed(message, arrived=False) from error
    if call.file is not None:
        written.stream = call.file  # the same bytes, followed
    return written


def payload(call: Call[T]) -> tuple[str, bytes | None]:
    """Return the media type and the bytes of a call's body, if it has one."""
    if call.file is not None:
        return "application/octet-stream", call.file.content
    body = None if call.body is None else msgspec.json.encode(call.body)
    return "application/json", body


def shown(key: str | None) -> dict[str, str]:
    """Return the header that shows a key. Raises Unauthorized for what cannot be one."""
    if key is None:
        return {}
    if not (key and key.isascii() and key.isprintable()) or " " in key:
        raise Unauthorized("The key is none: `pullquote keys add` prints them as pq_….", 401)
    return {"Authorization": f"Bearer {key}"}


def read(call: Call[T], response: httpx.Response) -> T:
    """Return the answer of a call. Raises ApiError if it is an error or no answer of ours."""
    if not response.is_success:
        raise refusal(response)
    if call.answer is type(None):
        return None
    try:
        return msgspec.json.decode(response.content, type=call.answer)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise ServerError(
            f"The answer is not one of Pullquote's ({error}). Is this the right address?",
            response.status_code,
        ) from error
