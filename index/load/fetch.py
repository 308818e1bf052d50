"""Pages from the web: public addresses only, at every redirect, within limits of size and time."""

import ssl
import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from typing import TypeAlias
from urllib.parse import urlsplit

import httpcore
import httpx

from index.errors import UnreadableError
from index.load.addresses import LookUp, look_up
from index.load.connection import CheckedNetwork, CheckedTransport, Deadline

_MOST_REDIRECTS = 5
_PLAIN = {"", "identity"}
_ZIPPED = {"gzip", "x-gzip", "deflate"}
_EITHER_HEADER = 47  # zlib: 15 bits of window, the header of gzip or of zlib told by itself
_BY_HAND = "Save the article to a file and add that."
_CHECK = "Check the address."
_LATER = "Try again later, or save the article to a file and add that."
_REMEDIES = {404: _CHECK, 410: _CHECK, 429: _LATER, **dict.fromkeys(range(500, 600), _LATER)}


@dataclass(frozen=True, slots=True)
class Page:
    """What an address answered with, and the address it was found at in the end."""

    url: str
    content: bytes
    media_type: str = ""  # "text/html", lower case, without parameters
    charset: str | None = None


Fetch: TypeAlias = Callable[[str], Page]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetcher:
    """Gets a page. Raises UnreadableError for all that is not a page in time.

    ``own`` are places in the user's own network, as ``host:port``, that may be reached although
    their addresses are private; no other private address is, whoever redirects there.
    """

    own: frozenset[str] = frozenset()
    most_bytes: int = 20_000_000  # unpacked
    seconds: float = 30.0  # for one page with all its redirects
    look_up: LookUp = look_up

    def __call__(self, url: str) -> Page:
        """Return the page at ``url``, or where it redirects to."""
        network = CheckedNetwork(self.look_up, self.own, Deadline.after(self.seconds))
        try:
            # Proxies of the environment would connect to addresses that were never checked.
            with httpx.Client(
                transport=CheckedTransport(network), headers=_headers(), trust_env=False
            ) as client:
                return self._followed(client, url)
        except (httpcore.TimeoutException, httpx.TimeoutException) as error:
            raise UnreadableError(
                f"{url} took over {self.seconds:g} seconds.", remedy=_LATER
            ) from error
        except (httpx.InvalidURL, httpx.UnsupportedProtocol, UnicodeError) as error:
            raise _no_address(url) from error
        except (httpcore.NetworkError, httpcore.ProtocolError, httpx.HTTPError) as error:
            raise _broken(url, error) from error

    def _followed(self, client: httpx.Client, url: str) -> Page:
        request = client.build_request("GET", url)
        for _ in range(_MOST_REDIRECTS + 1):
            hop = request.url
            if hop.scheme not in {"http", "https"} or not hop.host or hop.userinfo:
                raise _no_address(str(hop))
            answer = client.send(request, stream=True)
            try:
                if answer.next_request is None:
                    return self._page(answer)
                request = answer.next_request
            finally:
                answer.close()
        raise UnreadableError(f"{url} redirects too often.", remedy=_BY_HAND)

    def _page(self, answer: httpx.Response) -> Page:
        url = str(answer.url.copy_with(fragment=None))
        if answer.status_code != httpx.codes.OK:
            raise UnreadableError(
                f"{url} answers {answer.status_code} {answer.reason_phrase}.",
                remedy=_REMEDIES.get(answer.status_code, _BY_HAND),
            )
        kind = answer.headers.get("content-type", "").partition(";")[0].strip().lower()
        return Page(url, self._body(answer), kind, answer.charset_encoding)

    def _body(self, answer: httpx.Response) -> bytes:
        """Return the body, unpacked no further than allowed: a bomb has no room to go off."""
        coding = answer.headers.get("content-encoding", "").strip().lower()
        if coding in _PLAIN:
            return _limited(answer.iter_raw(), self.most_bytes)
        if coding not in _ZIPPED:
            raise UnreadableError(f"{answer.url} is packed as {coding!a}.", remedy=_BY_HAND)
        return _limited(_unzipped(answer.iter_raw(), self.most_bytes), self.most_bytes)


def _limited(chunks: Iterable[bytes], most_bytes: int) -> bytes:
    body = bytearray()
    for chunk in chunks:
        body += chunk
        if len(body) > most_bytes:
            raise UnreadableError(f"It has over {most_bytes:,} bytes.", remedy=_BY_HAND)
    return bytes(body)


def _unzipped(chunks: Iterable[bytes], most_bytes: int) -> Iterable[bytes]:
    """Yield what each chunk unpacks to, at most one byte too many."""
    unpacker = zlib.decompressobj(_EITHER_HEADER)
    try:
        for chunk in chunks:
            yield unpacker.decompress(chunk, most_bytes + 1)
    except zlib.error as error:
        raise UnreadableError("It is packed wrongly.", remedy=_LATER) from error
    if not unpacker.eof:
        raise UnreadableError("It is cut off.", remedy=_LATER)


def _headers() -> dict[str, str]:
    try:
        name = f"pullquote/{version('pullquote')}"
    except PackageNotFoundError:  # run from a folder, not installed
        name = "pullquote"
    return {"User-Agent": name, "Accept": "*/*", "Accept-Encoding": "gzip"}


def _broken(url: str, error: Exception) -> UnreadableError:
    if isinstance(error.__context__, ssl.SSLError):
        return UnreadableError(
            f"{url} has no secure connection to be trusted: {error}.", remedy=_BY_HAND
        )
    return UnreadableError(
        f"{url} cannot be fetched: {error or type(error).__name__}.",
        remedy="Check the address, or try again later.",
    )


def _no_address(url: str) -> UnreadableError:
    return UnreadableError(
        f"{url} is no address of a page.", remedy="Give one like https://example.org/a."
    )


def is_address(target: str) -> bool:
    """Return whether a target is an address of the web, not a path."""
    try:
        return urlsplit(target).scheme in {"http", "https"} and "://" in target
    except ValueError:
        return False
