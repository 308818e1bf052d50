"""The way of bytes to a request: with headers of a limited size, and refused in our own words."""

import json
import sys
from typing import Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

from api.problems import HEADERS, MALFORMED, PROBLEM_JSON, Kind
from api.security_headers import SECURITY_HEADERS

MOST_HEADER_BYTES = 16_384  # of the first line and all headers together
_PART = 4_096  # so that more than that is never taken in before it is looked at
_LINGER_S = 2.0  # for one who is still sending: hung up on at once, it would not see the answer


class Connection(H11Protocol):
    """uvicorn's connection, which answers what is no request with a problem.

    uvicorn would say 400 in plain text, without security headers, and would take in headers of
    any size that happen to arrive at once.
    """

    _refused = False

    def data_received(self, data: bytes) -> None:
        """Take in bytes: a body as it comes, headers part after part."""
        while data and not (self._refused or self.transport.is_closing()):
            taken = len(data) if self.conn.their_state is h11.SEND_BODY else _PART
            super().data_received(data[:taken])
            data = data[taken:]

    def send_400_response(self, msg: str) -> None:
        """Refuse what was received, and hang up soon; called while its error is handled."""
        self._refused = True
        if self.conn.our_state not in {h11.IDLE, h11.SEND_RESPONSE}:  # an answer has begun
            self.transport.close()
            return
        error = sys.exception()
        too_large = isinstance(error, h11.RemoteProtocolError) and error.error_status_hint == 431
        kind = HEADERS if too_large else MALFORMED
        detail = kind.example if too_large else f"{msg} Send HTTP/1.1."
        body = _problem(kind, detail)
        headers = [
            (b"content-type", PROBLEM_JSON.encode()),
            (b"content-length", str(len(body)).encode()),
            (b"connection", b"close"),
            *SECURITY_HEADERS,
        ]
        reason = kind.status.phrase.encode()
        response = h11.Response(status_code=kind.status, headers=headers, reason=reason)
        for event in (response, h11.Data(data=body), h11.EndOfMessage()):
            self.transport.write(self.conn.send(event))
        if self.transport.can_write_eof():
            self.transport.write_eof()
        self.loop.call_later(_LINGER_S, self.transport.close)


def _problem(kind: Kind, detail: str) -> bytes:
    problem: dict[str, Any] = {
        "type": kind.type,
        "title": kind.title,
        "status": kind.status.value,
        "detail": detail,
    }
    return json.dumps(problem).encode()
