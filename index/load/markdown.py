"""Markdown: the prose without its markup, so that a quote reads as it would on the page."""

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.token import Token

from index.errors import UnreadableError
from index.load import front_matter
from index.load.admission import Reading
from index.load.metadata import Metadata

_TAG = re.compile(r"<!--.*?-->|<[^>]*>", re.DOTALL)


@dataclass(frozen=True, slots=True)
class _Block:
    text: str
    close: bool  # a line of a list or of a table, not a paragraph


def read(text: str) -> Reading:
    """Return the rendered text, with what front matter and the first heading say of it.

    Raises UnreadableError for broken front matter and for nesting beyond all reading.
    """
    about, body = front_matter.split(text)
    try:
        tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(body)
    except RecursionError as error:
        raise UnreadableError(
            "Its Markdown is nested too deeply.", remedy="Save it as plain text."
        ) from error
    return Reading(_joined(_blocks(tokens)), about.over(Metadata.found(title=_heading(tokens))))


def _heading(tokens: Sequence[Token]) -> str | None:
    """Return the text of the first ``# heading``."""
    for opening, inline in itertools.pairwise(tokens):
        if opening.type == "heading_open" and opening.tag == "h1":
            return _inline(inline.children or ())
    return None


def _blocks(tokens: Sequence[Token]) -> Iterator[_Block]:
    depth = 0  # of lists and tables
    cells: list[str] = []
    in_table = False
    for token in tokens:
        if token.type in {"bullet_list_open", "ordered_list_open"}:
            depth += 1
        elif token.type in {"bullet_list_close", "ordered_list_close"}:
            depth -= 1
        elif token.type in {"table_open", "table_close"}:
            in_table = token.type == "table_open"
        elif token.type == "tr_close":
            yield _Block(" | ".join(cells), close=True)
            cells = []
        elif token.type == "inline" and in_table:
            cells.append(_inline(token.children or ()))
        else:
            yield _Block(_leaf(token), close=depth > 0)


def _leaf(token: Token) -> str:
    if token.type == "inline":
        return _inline(token.children or ())
    if token.type in {"fence", "code_block"}:
        return token.content
    if token.type == "html_block":
        return _TAG.sub("", token.content)
    return ""


def _inline(tokens: Iterable[Token]) -> str:
    """Return the words of a paragraph: the text of links, no emphasis marks, no images."""
    return "".join(_words(token) for token in tokens)


def _words(token: Token) -> str:
    if token.type in {"text", "code_inline"}:
        return token.content
    # A line that was wrapped in the editor goes on; one that was broken on purpose ends.
    return {"softbreak": " ", "hardbreak": "\n"}.get(token.type, "")


def _joined(blocks: Iterable[_Block]) -> str:
    parts: list[str] = []
    before: _Block | None = None
    for block in blocks:
        text = block.text.strip()
        if not text:
            continue
        if before is not None:
            parts.append("\n" if before.close and block.close else "\n\n")
        parts.append(text)
        before = block
    return "".join(parts)
