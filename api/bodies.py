"""Request bodies: JSON only, strict, and refused with the name of the field that is wrong."""

import re
from functools import lru_cache
from typing import Any, get_args

import msgspec
from litestar import Request
from litestar.exceptions import InternalServerException
from msgspec.json import Decoder

from api.problems import INVALID, MALFORMED, MEDIA_TYPE, ProblemError

JSON = "application/json"
OCTETS = "application/octet-stream"
_FAULT = re.compile(r"(?P<what>.*?)(?: - at `\$\.?(?P<where>.*)`)?", re.DOTALL)
_UNKNOWN_FIELD = re.compile(r"Object contains unknown field `.*`", re.DOTALL)
_REWORDED = {
    "Invalid RFC3339 encoded date": "not a date; write it as 2026-01-31",
    "Expected `str` matching regex '^[a-z]{2,3}$'": "not a code of a language; write it as fr",
}
# An escape of half a UTF-16 pair without the other half.
_HALF_A_CHARACTER = re.compile(
    rb"(?i)\\ud[89ab][0-9a-f]{2}(?!\\ud[c-f][0-9a-f]{2})|(?<!\\ud[89ab][0-9a-f]{2})\\ud[c-f][0-9a-f]{2}"
)
_STEP = re.compile(r"\[[^]]*\]|[^.\[]+")


class StrictRequest(Request[Any, Any, Any]):
    """A request whose body is decoded once, straight into the type that its handler asks for.

    The framework would coerce ("5" for 5), take any media type, and answer a byte that is not UTF-8
    with 500.
    """

    async def body(self) -> bytes:
        """Return the body. Raises ProblemError unless it is said to be JSON and comes whole."""
        return await self._whole(JSON, "JSON", "a JSON object")

    async def octets(self) -> bytes:
        """Return a body that is a file. Raises ProblemError unless it is said to be one."""
        return await self._whole(OCTETS, "the file as it is", "the bytes of a file")

    async def _whole(self, wanted: str, what: str, instead: str) -> bytes:
        media_type, _ = self.content_type
        if media_type != wanted:  # a page of another site cannot send this without being asked
            given = repr(media_type) if media_type else "nothing"
            detail = f"The Content-Type says {given}. Send {what}, with Content-Type: {wanted}."
            raise ProblemError(MEDIA_TYPE, detail)
        packed = self.headers.get("content-encoding", "identity").strip().lower()
        if packed != "identity":
            detail = f"The Content-Encoding says {packed!r}. Send the body as it is, not packed."
            raise ProblemError(MEDIA_TYPE, detail)
        try:
            content = await super().body()
        except InternalServerException as error:  # Litestar's name for a client that hung up
            raise ProblemError(MALFORMED, "The connection closed before the body's end.") from error
        if not content:
            raise ProblemError(MALFORMED, f"The body is empty. Send {instead}.")
        return content

    async def json(self) -> Any:
        """Return the body as the handler's type. Raises ProblemError if it is not that."""
        data_field = self.route_handler.parsed_data_field
        return decode(await self.body(), Any if data_field is None else data_field.annotation)


def decode(body: bytes, wanted: Any) -> Any:
    """Decode JSON into ``wanted``. Raises ProblemError, naming the field that is wrong."""
    try:
        return _decoder(wanted).decode(body)
    except msgspec.ValidationError as error:
        raise ProblemError(INVALID, describe(str(error), wanted)) from error
    except UnicodeDecodeError as error:
        raise ProblemError(MALFORMED, "The body is not UTF-8. Send JSON in UTF-8.") from error
    except (msgspec.DecodeError, RecursionError) as error:
        if _HALF_A_CHARACTER.search(body):  # its name for this would be "truncated"
            detail = "The body holds half a character (an unpaired surrogate). Send JSON in UTF-8."
            raise ProblemError(MALFORMED, detail) from error
        raise ProblemError(
            MALFORMED, f"The body is not JSON ({error}). Send a JSON object."
        ) from error


def describe(fault: str, wanted: Any) -> str:
    """Turn msgspec's words into ours: the field first, then what is wrong, then what there is."""
    match = _FAULT.fullmatch(fault)
    what, where = (match["what"], match["where"]) if match else (fault, None)
    if _UNKNOWN_FIELD.fullmatch(what):
        what = f"{what}; there are {', '.join(known_fields(wanted, where or ''))}"
    return f"{where}: {reworded(what)}." if where else f"{reworded(what)}."


def reworded(fault: str) -> str:
    """Say what to send where msgspec names a standard or a pattern."""
    return _REWORDED.get(fault, fault)


def known_fields(wanted: Any, where: str) -> tuple[str, ...]:
    """Return the names of the fields at a place such as ``articles[3]`` or ``filters``."""
    for step in _STEP.findall(where):
        if step.startswith("["):
            wanted = _inner(wanted)
        else:
            struct = _struct(wanted)
            wanted = next(each.type for each in msgspec.structs.fields(struct) if each.name == step)
    return _struct(wanted).__struct_fields__


def _inner(wanted: Any) -> Any:
    """Return the type of the elements of a tuple, however it is annotated."""
    while (of_type := getattr(wanted, "__origin__", None)) not in (tuple, None):
        wanted = of_type
    return get_args(wanted)[0]


def _struct(wanted: Any) -> type[msgspec.Struct]:
    """Return the struct inside an annotation such as ``Fields | None``."""
    inside = (wanted, *get_args(wanted))
    return next(
        each for each in inside if isinstance(each, type) and issubclass(each, msgspec.Struct)
    )


@lru_cache
def _decoder(wanted: Any) -> Decoder[Any]:
    return Decoder(wanted)
