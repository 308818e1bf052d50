"""The events of a streamed answer: ``retrieved``, ``quote``, at last ``answer`` or ``error``."""

from collections.abc import Mapping

from api.replies import Problem
from qa.answer import Answer
from qa.stages import Quoted, Retrieved

Event = Retrieved | Quoted | Answer | Problem

TYPES: Mapping[str, type[Event]] = {
    "retrieved": Retrieved,
    "quote": Quoted,
    "answer": Answer,
    "error": Problem,
}


def name_of(event: Event) -> str:
    """Return the name under which an event is sent."""
    return next(name for name, of_type in TYPES.items() if isinstance(event, of_type))
