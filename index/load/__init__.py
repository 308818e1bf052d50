"""Loading: a file, a folder, a page, a feed or an address becomes articles.

What cannot be read comes out as ``Unread`` in its place, with the reason; the rest goes on.
"""

import os
from collections.abc import Iterator
from pathlib import Path

from index.errors import UnreadableError
from index.load import disk, web
from index.load.fetch import Fetch, Fetcher, Page, is_address
from index.load.loaded import Loaded, Unread
from index.load.submission import article_from_html, article_from_text

__all__ = [
    "Fetch",
    "Fetcher",
    "Loaded",
    "Page",
    "Unread",
    "article_from_html",
    "article_from_text",
    "load",
]


def load(target: str | os.PathLike[str], *, fetch: Fetch | None = None) -> Iterator[Loaded]:
    """Yield what a path or an address holds, one article after the other.

    ``fetch`` gets the pages of addresses and feeds; without it they come from the open web.
    """
    getter = fetch or Fetcher()
    if not os.fspath(target):  # for pathlib, an empty path is the folder one stands in
        yield Unread("", UnreadableError("The path is empty.", remedy="Give a file or a folder."))
    elif isinstance(target, str) and is_address(target):
        yield from web.read(target, getter)
    else:
        yield from disk.read(Path(target), getter)
