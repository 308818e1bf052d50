"""Every error as RFC 9457 ``application/problem+json``: what is wrong, and what to do about it.

The kinds are one table: it feeds the answers, the OpenAPI document and the reference page, where
the ``type`` of a problem leads.
"""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus

PROBLEM_JSON = "application/problem+json"
REFERENCE = "/schema"  # the page that explains each kind
RETRY_AFTER_S = 2  # a question takes a fraction of a second, a batch of articles a few

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of problem, the same wherever it happens."""

    slug: str
    status: HTTPStatus
    title: str
    example: str  # of a detail

    @property
    def type(self) -> str:
        """Address of its explanation, relative to the service."""
        return f"{REFERENCE}#{self.slug}"


MALFORMED = Kind(
    "malformed",
    HTTPStatus.BAD_REQUEST,
    "The request cannot be read",
    "The body is not JSON (JSON is malformed: trailing characters (byte 17)). Send a JSON object.",
)
INVALID = Kind(
    "invalid", HTTPStatus.BAD_REQUEST, "The request is not valid", "limit: Expected `int` <= 50."
)
UNUSABLE = Kind(
    "unusable",
    HTTPStatus.BAD_REQUEST,
    "What was sent cannot be used",
    "articles[3]: There is no article text in this page. Send the text itself as `text`.",
)
NO_KEY = Kind(
    "invalid-api-key",
    HTTPStatus.UNAUTHORIZED,
    "A key is needed",
    "This service answers to keys only. Send one in the header Authorization: Bearer KEY.",
)
READ_ONLY = Kind(
    "read-only-key",
    HTTPStatus.FORBIDDEN,
    "This key may only read",
    "The key 'newsroom' may only read. Use one that may write: "
    "pullquote keys add NAME --role write",
)
TOO_OFTEN = Kind(
    "rate-limit-exceeded",
    HTTPStatus.TOO_MANY_REQUESTS,
    "This key was used too often",
    "This key may send 120 requests a minute. Try again in 20 seconds.",
)
NO_KEYS = Kind(
    "keys-unavailable",
    HTTPStatus.SERVICE_UNAVAILABLE,
    "The keys cannot be read",
    "The service cannot read its keys, and answers nobody until it can. Its log says why; "
    "`pullquote doctor` too.",
)
NO_ARTICLE = Kind(
    "no-article",
    HTTPStatus.NOT_FOUND,
    "There is no such article",
    "There is no article 'fregates'. GET /v1/articles shows what there is.",
)
NO_MODEL = Kind(
    "model-not-found",
    HTTPStatus.NOT_FOUND,
    "There is no such model",
    "There is no model 'gpt-4'. There is 'pullquote'.",
)
NO_ADDRESS = Kind(
    "no-address",
    HTTPStatus.NOT_FOUND,
    "There is nothing at this address",
    "Nothing is at /v1/question. GET /schema lists all addresses.",
)
METHOD = Kind(
    "method",
    HTTPStatus.METHOD_NOT_ALLOWED,
    "This address does not take this method",
    "/v1/ask does not take GET. The Allow header names what it takes.",
)
NOT_ACCEPTABLE = Kind(
    "not-acceptable",
    HTTPStatus.NOT_ACCEPTABLE,
    "The answer cannot be had in this form",
    "The Accept header says 'text/csv'. This call answers in application/json or "
    "text/event-stream.",
)
TOO_LARGE = Kind(
    "too-large",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    "The request is too large",
    "1,200 articles are too many for one call. Send at most 1,000, in several calls.",
)
HEADERS = Kind(
    "headers-too-large",
    HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE,
    "The headers are too large",
    "The headers are larger than 16,384 bytes. Send fewer, or shorter ones.",
)
MEDIA_TYPE = Kind(
    "media-type",
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
    "The body is of another media type",
    "The Content-Type says 'text/plain'. Send JSON, with Content-Type: application/json.",
)
INTERNAL = Kind(
    "internal",
    HTTPStatus.INTERNAL_SERVER_ERROR,
    "The service failed",
    "Something went wrong here; the service's log says what. Try again.",
)
BUSY = Kind(
    "busy",
    HTTPStatus.SERVICE_UNAVAILABLE,
    "The service is busy",
    "There are too many questions in line. Try again in 2 seconds.",
)
STOPPING = Kind(
    "stopping",
    HTTPStatus.SERVICE_UNAVAILABLE,
    "The service is stopping",
    "The service is stopping. 64 of 100 articles are stored. Send them all again later.",
)
UNAVAILABLE = Kind(
    "unavailable",
    HTTPStatus.SERVICE_UNAVAILABLE,
    "The index cannot be used",
    "A segment fails its checksum. Mend it: pullquote doctor",
)
DISK_FULL = Kind(
    "disk-full",
    HTTPStatus.INSUFFICIENT_STORAGE,
    "The disk is full",
    "The disk is full. Make room, then send the articles again.",
)

KINDS = (
    MALFORMED,
    INVALID,
    UNUSABLE,
    NO_KEY,
    READ_ONLY,
    TOO_OFTEN,
    NO_KEYS,
    HEADERS,
    NO_ARTICLE,
    NO_MODEL,
    NO_ADDRESS,
    METHOD,
    NOT_ACCEPTABLE,
    TOO_LARGE,
    MEDIA_TYPE,
    INTERNAL,
    BUSY,
    STOPPING,
    UNAVAILABLE,
    DISK_FULL,
)

KEYED = (NO_KEY, TOO_OFTEN, NO_KEYS)  # of every call that wants a key
WRITING = (*KEYED, READ_ONLY)  # of every call that changes something


class ProblemError(Exception):
    """A request that is not answered, and why."""

    def __init__(self, kind: Kind, detail: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(detail)
        self.kind = kind
        self.detail = detail
        self.headers = headers or {}


def busy(detail: str, *, retry_after_s: int = RETRY_AFTER_S) -> ProblemError:
    """Return the error that sheds load."""
    return ProblemError(BUSY, detail, {"Retry-After": str(retry_after_s)})
