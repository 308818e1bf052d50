"""JSON Schemas of our types, in one piece where whoever reads them cannot follow references."""

from collections.abc import Collection, Mapping
from typing import Any

import msgspec

REFERENCE = "#/components/schemas/{name}"  # where an OpenAPI document keeps what it shares


def schema_of(of_type: type, *, with_parts: Collection[str] = ()) -> Any:
    """Return the schema of a type that an OpenAPI document does not have otherwise.

    ``with_parts`` are the types that it does not have either; the others are referred to.
    """
    known = _known(of_type)
    inside = {REFERENCE.format(name=name): known[name] for name in with_parts}
    return _with(known[of_type.__name__], inside)


def whole_schema_of(of_type: type) -> Any:
    """Return the schema of a type with all its parts in their places."""
    return schema_of(of_type, with_parts=_known(of_type))


def _known(of_type: type) -> dict[str, Any]:
    known: dict[str, Any] = msgspec.json.schema(of_type, ref_template=REFERENCE)["$defs"]
    return known


def _with(part: Any, inside: Mapping[str, Any]) -> Any:
    if isinstance(part, dict):
        if part.get("$ref") in inside:
            return _with(inside[part["$ref"]], inside)
        return {name: _with(each, inside) for name, each in part.items()}
    return [_with(each, inside) for each in part] if isinstance(part, list) else part
