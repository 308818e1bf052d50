"""What every response tells a browser not to do with it."""

from litestar.types import Message, Scope

SECURITY_HEADERS = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
    (b"cache-control", b"no-store"),
)


async def add_security_headers(message: Message, scope: Scope) -> None:
    """Add what a response does not say itself; a hook of Litestar's ``before_send``."""
    if message["type"] == "http.response.start":
        there = [(name.lower(), value) for name, value in message["headers"]]
        said = {name for name, _ in there}
        message["headers"] = there + [each for each in SECURITY_HEADERS if each[0] not in said]
