"""What a setting may be, in words, out of the type that ``qa.settings`` gives it."""

from pathlib import Path
from typing import Any, get_args, get_origin

import msgspec


def in_words(kind: Any) -> str:
    """Return in words what a setting may be: "a whole number from 1 to 50".

    Raises KeyError for a type that no setting has had so far: give it words here.
    """
    of_type, meta = get_args(kind)[0], meta_of(kind)
    if is_list(kind):
        return f"a list of {meta_of(get_args(of_type)[0]).title}"
    if meta.pattern is not None:
        choices = meta.pattern.strip("^$()").split("|")
        return f"one of {', '.join(choices)}"
    words = {int: "a whole number", float: "a number", Path: "a folder", str: "a text"}[of_type]
    low = f" from {meta.ge:,}" if meta.ge is not None else ""
    high = f" to {meta.le:,}" if meta.le is not None else ""
    return f"{words}{low}{high}"


def meta_of(kind: Any) -> msgspec.Meta:
    """Return what is said of a setting: its bounds and its description."""
    meta: msgspec.Meta = get_args(kind)[1]
    return meta


def is_list(kind: Any) -> bool:
    """Whether a setting holds any number of values."""
    return get_origin(get_args(kind)[0]) is tuple


def is_path(kind: Any) -> bool:
    """Whether a setting is a folder."""
    return get_args(kind)[0] is Path
