"""``GET /``: the chat page, from files that lie beside the code, and from nowhere else."""

import gzip
import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Self

from litestar import Request, Response, Router, get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from api.access import OPEN

FOLDER = Path(__file__).parents[1] / "chat"
CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_MEDIA_TYPES = {
    ".html": "text/html",
    ".js": "text/javascript",
    ".css": "text/css",
    ".svg": "image/svg+xml",
}
_HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cache-Control": "no-cache",  # kept, and asked for again: an update is seen at once
    "Vary": "Accept-Encoding",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PageFile:
    """A file of the page, as it is and packed."""

    content: bytes
    packed: bytes
    media_type: str
    tag: str  # of the content; the packed form has another one

    @classmethod
    def read(cls, path: Path) -> Self:
        """Read and pack a file. Raises KeyError for one of a kind that the page does not use."""
        content = path.read_bytes()
        return cls(
            content=content,
            packed=gzip.compress(content, mtime=0),
            media_type=_MEDIA_TYPES[path.suffix],
            tag=hashlib.sha256(content).hexdigest()[:24],
        )


@cache
def page_files() -> dict[str, PageFile]:
    """Return the files of the page by name; nothing else can be asked for."""
    return {path.name: PageFile.read(path) for path in sorted(FOLDER.iterdir())}


@get("/", sync_to_thread=False)
def index(request: Request[Any, Any, Any]) -> Response[bytes]:
    """Return the page."""
    return answer(page_files()["index.html"], request)


@get("/chat/{name:str}", sync_to_thread=False)
def file(request: Request[Any, Any, Any], name: FromPath[str]) -> Response[bytes]:
    """Return one of the page's files."""
    found = page_files().get(name)
    if found is None:
        raise NotFoundException
    return answer(found, request)


def page_router() -> Router:
    """Return the routes of the page. They are no part of the contract."""
    return Router("/", route_handlers=[index, file], include_in_schema=False, opt=OPEN)


def answer(found: PageFile, request: Request[Any, Any, Any]) -> Response[bytes]:
    """Return a file in the form that the browser takes, or that it has it already (RFC 9110)."""
    packs = "gzip" in request.headers.get("accept-encoding", "")
    tag = f'"{found.tag}{"-gzip" if packs else ""}"'
    headers = _HEADERS | {"ETag": tag}
    if tag in request.headers.get("if-none-match", ""):
        return Response(b"", status_code=304, headers=headers, media_type=found.media_type)
    if packs:
        headers |= {"Content-Encoding": "gzip"}
    body = found.packed if packs else found.content
    return Response(body, headers=headers, media_type=found.media_type)
