"""The YAML block at the head of a Markdown file: what its author says of the article."""

import re

import yaml

from index.errors import UnreadableError
from index.load.metadata import NOTHING_KNOWN, Metadata

_BLOCK = re.compile(
    r"(?sm)---[ \t]*\r?\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE
)
_LONGEST = 65_536  # characters
# The names under which each field is found, the first that holds something wins.
_NAMES = {
    "id": ("id",),
    "title": ("title", "headline"),
    "source": ("source", "outlet", "publisher", "site", "author"),
    "url": ("url", "link", "canonical"),
    "published": ("published", "date", "publish_date", "pubdate"),
    "language": ("language", "lang", "locale"),
}


def split(text: str) -> tuple[Metadata, str]:
    """Return what the front matter says and the text after it; all of the text if there is none.

    Raises UnreadableError, naming the line, for front matter that is no YAML, and ArticleError
    for a value that its field cannot take.
    """
    match = _BLOCK.match(text[:_LONGEST])
    if match is None:
        return NOTHING_KNOWN, text
    fields = _parse(match[1])
    if fields is None:  # two rules with prose between them
        return NOTHING_KNOWN, text
    return _metadata(fields), text[match.end() :]


def _parse(block: str) -> dict[str, str] | None:
    """Return the scalars of a YAML mapping, None for YAML that is none."""
    try:
        # BaseLoader is safe_load without guesses: 007 stays "007", and "no" is Norwegian.
        loaded = yaml.load(block, Loader=yaml.BaseLoader)  # noqa: S506
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        where = f" in line {mark.line + 2}" if mark else ""
        raise _broken(f"{where}: {error.problem or 'not YAML'}") from error
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise _broken(".") from error
    if not isinstance(loaded, dict):
        return None
    return {
        str(key).lower(): value
        for key, value in loaded.items()
        if isinstance(value, str) and value.strip() not in {"", "~", "null"}
    }


def _metadata(fields: dict[str, str]) -> Metadata:
    known = {
        field: next((fields[name] for name in names if name in fields), None)
        for field, names in _NAMES.items()
    }
    return Metadata.given(**known)


def _broken(detail: str) -> UnreadableError:
    return UnreadableError(
        f"Its front matter is broken{detail}",
        remedy="Quote values that hold a colon, or remove the block between the --- lines.",
    )
