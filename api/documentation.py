"""What the OpenAPI document says of each call beyond its types: examples, and what can go wrong."""

from typing import Any

import msgspec
from litestar.openapi.datastructures import ResponseSpec
from litestar.openapi.spec import Example

from api.problems import PROBLEM_JSON, Kind
from api.replies import Problem


def responses(of_type: Any, example: Any, *kinds: Kind) -> dict[int, ResponseSpec]:
    """Return the documented responses of a call: its 200 with an example, and its problems."""
    return success(of_type, example) | problems(*kinds)


def success(of_type: Any, example: Any) -> dict[int, ResponseSpec]:
    """Return the documented 200 of a call."""
    spec = ResponseSpec(
        of_type,
        generate_examples=False,
        description="As asked.",
        examples=[Example(value=msgspec.to_builtins(example))],
    )
    return {200: spec}


def problems(*kinds: Kind) -> dict[int, ResponseSpec]:
    """Return the documented problems, one response a status."""
    by_status: dict[int, list[Kind]] = {}
    for kind in kinds:
        by_status.setdefault(kind.status, []).append(kind)
    return {status: _response(together) for status, together in by_status.items()}


def _response(kinds: list[Kind]) -> ResponseSpec:
    return ResponseSpec(
        Problem,
        generate_examples=False,
        description=" · ".join(f"{kind.title}." for kind in kinds),
        media_type=PROBLEM_JSON,
        examples=[_example(kind) for kind in kinds],
    )


def _example(kind: Kind) -> Example:
    problem = Problem(
        type=kind.type,
        title=kind.title,
        status=kind.status,
        detail=kind.example,
        instance="/v1/…",
    )
    return Example(id=kind.slug, summary=kind.title, value=msgspec.to_builtins(problem))
