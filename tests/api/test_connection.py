"""What is no request, or one with too much before its body, is refused in words; nothing breaks."""

import json
import socket
from collections.abc import Callable
from urllib.parse import urlsplit

import httpx
import pytest

from api.connection import MOST_HEADER_BYTES

WAIT_S = 60
START = b"GET /v1/articles HTTP/1.1\r\nHost: x\r\n"


@pytest.fixture
def send(address: str) -> Callable[[bytes], httpx.Response]:
    """Sends bytes as they are and reads what comes back until the service hangs up."""
    where = urlsplit(address)

    def send(request: bytes) -> httpx.Response:
        with socket.create_connection((where.hostname, where.port or 0), timeout=WAIT_S) as line:
            line.sendall(request)
            received = b""
            while block := line.recv(65_536):
                received += block
        head, _, body = received.partition(b"\r\n\r\n")
        first, *rest = head.decode().split("\r\n")
        headers = [tuple(each.split(": ", 1)) for each in rest]
        return httpx.Response(int(first.split()[1]), headers=headers, content=body)  # type: ignore[arg-type]

    return send


def alive(address: str) -> bool:
    return httpx.get(f"{address}/health/ready", timeout=WAIT_S).status_code == 200


@pytest.mark.parametrize(
    "request_",
    [
        START + b"X: " + b"x" * 1_000_000 + b"\r\n\r\n",
        START + b"Authorization: Bearer " + b"x" * 1_000_000 + b"\r\n\r\n",
        START + b"X: y\r\n" * 100_000 + b"\r\n",
        START + b"X: " + b"x" * (MOST_HEADER_BYTES + 8_192) + b"\r\n\r\n",
        b"GET /" + b"x" * 1_000_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n",
    ],
)
def test_headers_that_are_too_large_are_refused_and_the_service_lives_on(
    address: str, send: Callable[[bytes], httpx.Response], request_: bytes
) -> None:
    refused = send(request_)
    assert refused.status_code == 431
    assert refused.json()["title"] == "The headers are too large"
    assert f"{MOST_HEADER_BYTES:,} bytes" in refused.json()["detail"]
    assert alive(address)


def test_headers_just_below_the_limit_are_taken(address: str) -> None:
    headers = {"X": "x" * (MOST_HEADER_BYTES - 1_000)}
    assert httpx.get(f"{address}/v1/articles", headers=headers).status_code == 200


@pytest.mark.parametrize(
    "request_",
    [
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",  # somebody speaks TLS
        b"hello\r\n\r\n",
        START + b"Authorization: Bearer \x00\r\n\r\n",
        START + b"Authorization : Bearer x\r\n\r\n",
        b"GET /v1/articles HTTP/1.1\r\n\r\n",
        START + b"Content-Length: 5\r\nContent-Length: 6\r\n\r\n",
        START + b"Transfer-Encoding: chunked\r\n\r\nnonsense\r\n",
    ],
)
def test_what_is_no_request_is_refused_as_a_problem_with_every_header_of_ours(
    address: str, send: Callable[[bytes], httpx.Response], request_: bytes
) -> None:
    refused = send(request_)
    assert refused.status_code == 400
    assert refused.headers["Content-Type"] == "application/problem+json"
    assert json.loads(refused.content)["title"] == "The request cannot be read"
    assert refused.headers["X-Content-Type-Options"] == "nosniff"
    assert "frame-ancestors 'none'" in refused.headers["Content-Security-Policy"]
    assert alive(address)


def test_spaces_after_a_scheme_are_no_key(
    address: str, send: Callable[[bytes], httpx.Response]
) -> None:
    for header in (b"Bearer ", b"Bearer\t", b"Bearer \t "):
        answered = send(START + b"Connection: close\r\nAuthorization: " + header + b"\r\n\r\n")
        assert answered.status_code == 200  # there is no key: nobody looks
