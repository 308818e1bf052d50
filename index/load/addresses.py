"""Which addresses belong to the open internet; the others are for their owners only."""

import ipaddress
import socket
from collections.abc import Callable
from typing import TypeAlias

from index.errors import UnreadableError

IPAddress: TypeAlias = ipaddress.IPv4Address | ipaddress.IPv6Address
LookUp: TypeAlias = Callable[[str, int], list[str]]
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")  # RFC 6052: an IPv4 address in its last bits
_PROTOCOLS = ipaddress.IPv4Network("192.0.0.0/24")  # RFC 6890; Python 3.11 knows a part of it


def is_public(address: IPAddress) -> bool:
    """Return whether the address belongs to the open internet, whatever it is wrapped in."""
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped:
            return is_public(address.ipv4_mapped)
        if address in _NAT64 or address.sixtofour or address.teredo or address.is_site_local:
            return False
    elif address in _PROTOCOLS:
        return False
    return address.is_global and not (address.is_multicast or address.is_reserved)


def refuse_private(host: str, address: str) -> None:
    """Raise UnreadableError for an address of ``host`` that is not public."""
    if not is_public(ipaddress.ip_address(address.partition("%")[0])):
        raise UnreadableError(
            f"{host} is the address of a private network ({address}).",
            remedy="Save what is there to a file and add that.",
        )


def look_up(host: str, port: int) -> list[str]:
    """Return the addresses of a host. Raises OSError or UnicodeError if it has none."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(place[4][0]) for place in found]
