"""Pages from the web: public addresses only, at every redirect, within limits of size and time."""

import ipaddress
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias
from urllib.parse import urljoin, urlsplit

import httpx

from index.errors import UnreadableError

IPAddress: TypeAlias = ipaddress.IPv4Address | ipaddress.IPv6Address
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")  # RFC 6052: an IPv4 address in its last bits
_REDIRECTS = {301, 302, 303, 307, 308}
_MOST_HOPS = 5
_HEADERS = {"User-Agent": "pullquote", "Accept-Encoding": "gzip", "Accept": "*/*"}
_BY_HAND = "Save the article to a file and add that."


@dataclass(frozen=True, slots=True)
class Page:
    """What an address answered with, and the address it was found at in the end."""

    url: str
    content: bytes
    media_type: str = ""  # "text/html", lower case, without parameters
    charset: str | None = None


Fetch: TypeAlias = Callable[[str], Page]


def is_public(address: IPAddress) -> bool:
    """Return whether the address belongs to the open internet, whatever it is wrapped in."""
    if isinstance(address, ipaddress.IPv6Address):
        if address in _NAT64 or address.sixtofour or address.teredo:
            return False
        if address.ipv4_mapped:
            return is_public(address.ipv4_mapped)
    return address.is_global and not address.is_multicast


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetcher:
    """Gets a page. Raises UnreadableError for all that is not a page in time."""

    may_reach: Callable[[IPAddress], bool] = is_public
    most_bytes: int = 20_000_000
    seconds: float = 30.0  # for one page with all its redirects

    def __call__(self, url: str) -> Page:
        """Return the page at ``url``."""
        until = time.monotonic() + self.seconds
        # Proxies of the environment would connect to addresses that were never checked.
        with httpx.Client(trust_env=False, timeout=self.seconds / 3, headers=_HEADERS) as client:
            for _ in range(_MOST_HOPS + 1):
                try:
                    found = self._hop(client, url, until)
                except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
                    raise UnreadableError(
                        f"{url} cannot be fetched: {error or type(error).__name__}.",
                        remedy="Check the address, or try again later.",
                    ) from error
                if isinstance(found, Page):
                    return found
                url = found
        raise UnreadableError(f"{url} redirects too often.", remedy=_BY_HAND)

    def _hop(self, client: httpx.Client, url: str, until: float) -> Page | str:
        """Return the page, or the address that it redirects to."""
        asked = httpx.URL(url)
        if asked.scheme not in {"http", "https"} or not asked.host or asked.userinfo:
            raise UnreadableError(
                f"{url} is no address of a page.", remedy="Give one like https://example.org/a."
            )
        # The connection goes to the address that was checked: a second look-up may say another.
        request = client.build_request(
            "GET",
            asked.copy_with(host=self._address(asked)),
            headers={"Host": asked.netloc.decode("ascii")},
            extensions={"sni_hostname": asked.raw_host.decode("ascii")},
        )
        answer = client.send(request, stream=True)
        try:
            if answer.status_code in _REDIRECTS and "location" in answer.headers:
                return urljoin(url, answer.headers["location"])
            if answer.status_code != 200:
                raise UnreadableError(f"{url} answers {answer.status_code}.", remedy=_BY_HAND)
            kind = answer.headers.get("content-type", "").partition(";")[0].strip().lower()
            return Page(url, self._body(answer, url, until), kind, answer.charset_encoding)
        finally:
            answer.close()

    def _address(self, url: httpx.URL) -> str:
        """Return an address of the host, all of which may be reached."""
        try:
            port = url.port or (443 if url.scheme == "https" else 80)
            host = url.raw_host.decode("ascii")
            known = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            raise UnreadableError(
                f"There is no host {url.host}.", remedy="Check the address."
            ) from error
        addresses = [str(place[4][0]).partition("%")[0] for place in known]
        if not all(self.may_reach(ipaddress.ip_address(address)) for address in addresses):
            raise UnreadableError(
                f"{url.host} is an address of a private network.", remedy=_BY_HAND
            )
        return addresses[0]

    def _body(self, answer: httpx.Response, url: str, until: float) -> bytes:
        body = bytearray()
        for chunk in answer.iter_bytes():
            body += chunk
            if len(body) > self.most_bytes:
                raise UnreadableError(f"{url} has over {self.most_bytes:,} bytes.", remedy=_BY_HAND)
            if time.monotonic() > until:
                raise UnreadableError(
                    f"{url} took over {self.seconds:g} seconds.", remedy="Try again later."
                )
        return bytes(body)


def is_address(target: str) -> bool:
    """Return whether a target is an address of the web, not a path."""
    try:
        return urlsplit(target).scheme in {"http", "https"} and "://" in target
    except ValueError:
        return False
