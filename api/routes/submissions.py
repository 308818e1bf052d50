"""``/v1/uploads``, ``/v1/fetch``, ``/v1/samples``: articles that are not sent as JSON."""

from dataclasses import dataclass
from typing import Annotated, Any

from litestar import Request, post
from litestar.di import NamedDependency
from litestar.openapi.spec import Example, OpenAPIMediaType, Operation, RequestBody, Schema
from litestar.params import BodyKwarg, QueryParameter
from msgspec import to_builtins

from api import examples
from api.acceptance import Acceptance
from api.access import writers_only
from api.bodies import OCTETS, StrictRequest
from api.documentation import responses
from api.messages import AddSamples, FetchPage
from api.metrics import Meters
from api.problems import (
    BUSY,
    DISK_FULL,
    INVALID,
    MALFORMED,
    MEDIA_TYPE,
    STOPPING,
    TOO_LARGE,
    UNAVAILABLE,
    UNUSABLE,
    WRITING,
)
from api.replies import Taken

LONGEST_NAME = 1_000
_KINDS = (
    *(MALFORMED, INVALID, UNUSABLE, TOO_LARGE, MEDIA_TYPE),
    *(BUSY, STOPPING, UNAVAILABLE, DISK_FULL, *WRITING),
)


@dataclass
class Upload(Operation):
    """The description of a call whose body is a file."""

    def __post_init__(self) -> None:
        """Say what the body is; the framework describes only what it decodes."""
        schema = Schema(content_encoding="binary", description="The bytes of the file")
        self.request_body = RequestBody(
            content={OCTETS: OpenAPIMediaType(schema=schema)}, required=True
        )


@post(
    "/uploads",
    status_code=200,
    tags=["Articles"],
    operation_id="uploadFile",
    operation_class=Upload,
    summary="Add the articles in a file",
    description=(
        "Text, Markdown with front matter, HTML, PDF with a text layer, JSON or JSON Lines, packed "
        "with gzip or not; `name` says by its ending which. What can be read is stored, `unread` "
        "names the rest; 400 when nothing can be read. "
        "`curl --data-binary @a.pdf -H 'Content-Type: application/octet-stream' …`"
    ),
    responses=responses(Taken, examples.TAKEN, *_KINDS),
    guards=[writers_only],
)
async def upload(
    request: Request[Any, Any, Any],
    acceptance: NamedDependency[Acceptance],
    meters: NamedDependency[Meters],
    name: Annotated[
        str, QueryParameter(min_length=1, max_length=LONGEST_NAME, description="Its file name")
    ],
) -> Taken:
    """Store the articles of a file."""
    assert isinstance(request, StrictRequest)  # noqa: S101  (the application's request class)
    return _counted(meters, await acceptance.file(name, await request.octets()))


@post(
    "/fetch",
    status_code=200,
    tags=["Articles"],
    operation_id="fetchPage",
    summary="Add the article at an address, or those of a feed",
    description=(
        "The service fetches it: public addresses only, at every redirect, within limits of size "
        "and time, and of a feed at most 50 articles. `unread` names what could not be read; 400 "
        "when nothing could."
    ),
    responses=responses(Taken, examples.TAKEN, *_KINDS),
    guards=[writers_only],
)
async def fetch(
    data: Annotated[FetchPage, BodyKwarg(examples=[Example(value=to_builtins(examples.FETCH))])],
    acceptance: NamedDependency[Acceptance],
    meters: NamedDependency[Meters],
) -> Taken:
    """Store what is at an address."""
    return _counted(meters, await acceptance.page(data.url))


@post(
    "/samples",
    status_code=200,
    tags=["Articles"],
    operation_id="addSamples",
    summary="Add the sample articles",
    description="47 short invented articles to try Pullquote on; send `{}`.",
    responses=responses(Taken, examples.TAKEN, *_KINDS),
    guards=[writers_only],
)
async def add_samples(
    data: Annotated[AddSamples, BodyKwarg(examples=[Example(value=to_builtins(examples.SAMPLES))])],
    acceptance: NamedDependency[Acceptance],
    meters: NamedDependency[Meters],
) -> Taken:
    """Store the samples."""
    return _counted(meters, await acceptance.samples())


def _counted(meters: Meters, taken: Taken) -> Taken:
    meters.count_articles(taken.articles)
    return taken
