"""Markup that no page needs: it would keep the parser busy for minutes, and is refused.

Parsing takes time quadratic in the number of elements and of a tag's attributes.
"""

import re

from index.errors import UnreadableError

MAX_HTML = 20_000_000  # characters
MAX_TAGS = 40_000  # several times what a long live blog has
MAX_ATTRIBUTES = 1_000  # of one tag
_ATTRIBUTES_TO_COUNT = 3 * MAX_ATTRIBUTES  # characters: a shorter tag cannot hold as many
# Possessive throughout: one pass, whatever is left open. What stands in scripts and comments is
# not parsed as tags.
_PIECE = re.compile(
    r"<script\b(?:[^<]++|<(?!/script))*+"
    r"|<style\b(?:[^<]++|<(?!/style))*+"
    r"|<!--(?:[^-]++|-(?!->))*+"
    r"|(?P<tag><[a-z](?:[^\"'>]|\"[^\"]*\"|'[^']*')*+)",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_SAVE_AS_TEXT = "Save the article's text and add that."


def check_markup(html: str) -> None:
    """Raise UnreadableError for HTML that is too large or too tangled to be parsed in time."""
    if len(html) > MAX_HTML:
        raise UnreadableError(
            f"The page has {len(html):,} characters; {MAX_HTML:,} is the most.",
            remedy=_SAVE_AS_TEXT,
        )
    tags = 0
    for piece in _PIECE.finditer(html):
        tag = piece["tag"]
        if tag is None:
            continue
        tags += 1
        if tags > MAX_TAGS:
            raise UnreadableError(f"The page has over {MAX_TAGS:,} tags.", remedy=_SAVE_AS_TEXT)
        if len(tag) > _ATTRIBUTES_TO_COUNT and _attributes(tag) > MAX_ATTRIBUTES:
            raise UnreadableError(
                f"A tag of the page has over {MAX_ATTRIBUTES:,} attributes.", remedy=_SAVE_AS_TEXT
            )


def _attributes(tag: str) -> int:
    return len(_QUOTED.sub(" ", tag).replace("/", " ").split())
