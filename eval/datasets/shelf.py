"""The articles of a folder, each under the key by which a file of questions names it.

A key says where the article stands and not what its id is, because the id of a file without one
depends on where its folder lies. It is the path below the folder, ``2026/talks.md``. Of a file that
holds several articles, it is the path, a hash sign, and the id of the article or its number in the
file, from 1: ``dump.jsonl#talks`` or ``dump.jsonl#3``.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from eval.datasets.errors import CollectionError
from eval.datasets.fault import Fault
from index.article import Article
from index.load import Unread, load
from index.load.folder import shown, walk


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """Articles by key, and what of their files could not be read."""

    articles: tuple[Article, ...]
    keys: Mapping[str, Article]  # an article may have several
    unread: Mapping[str, str]  # the reason, by the path below the folder, with ":17" for a line

    def find(self, key: str) -> Article | Fault:
        """Return the article of a key."""
        if key in self.keys:
            return self.keys[key]
        path = key.partition("#")[0]
        for origin, reason in self.unread.items():
            if origin.partition(":")[0] == path:
                return Fault(f"{origin!r} could not be read: {reason}", "Mend the file.")
        inside = [each for each in self.keys if each.startswith(f"{path}#")]
        likely = inside or get_close_matches(key, self.keys, n=3)
        return Fault(
            f"There is no article {key!r}.",
            f"Name one that is there: {', '.join(likely[:3])}."
            if likely
            else "Give the path of its file, from the folder of articles on.",
        )

    def key_of(self, article_id: str) -> str:
        """Return the first key of an article."""
        return next(key for key, article in self.keys.items() if article.id == article_id)


def read_shelf(folder: Path) -> Shelf:
    """Read all articles of a folder and of the folders in it. Raises CollectionError."""
    articles: list[Article] = []
    keys: dict[str, Article] = {}
    unread: dict[str, str] = {}
    for path in walk(folder):
        if isinstance(path, Unread):
            unread[path.origin] = str(path.error)
            continue
        name = path.relative_to(folder).as_posix()
        loaded = list(load(path))
        found = [each for each in loaded if not isinstance(each, Unread)]
        articles += found
        keys |= _keys(name, found)
        for each in loaded:
            if isinstance(each, Unread):  # "/where/it/lies/dump.jsonl:17" is that line of the file
                unread[name + each.origin.removeprefix(shown(path))] = str(each.error)
    _check(folder, articles, keys, unread)
    return Shelf(articles=tuple(articles), keys=keys, unread=unread)


def _keys(name: str, found: list[Article]) -> dict[str, Article]:
    keys = {name: found[0]} if len(found) == 1 else {}
    keys |= {f"{name}#{article.id}": article for article in found}
    for number, article in enumerate(found, start=1):
        keys.setdefault(f"{name}#{number}", article)
    return keys


def _check(
    folder: Path, articles: list[Article], keys: Mapping[str, Article], unread: Mapping[str, str]
) -> None:
    """Refuse a folder without articles, and two articles that would replace each other."""
    if not articles:
        reasons = "; ".join(f"{name}: {reason}" for name, reason in unread.items())
        raise CollectionError(
            f"There are no articles in {folder}. {reasons}".strip(),
            remedy="Give a folder that `pullquote add` could read.",
        )
    twice = [each for each, count in Counter(a.id for a in articles).items() if count > 1]
    if twice:
        holders = {key.partition("#")[0] for key, article in keys.items() if article.id == twice[0]}
        raise CollectionError(
            f"Two articles have the id {twice[0]!r}: see {', '.join(sorted(holders))}.",
            remedy="Give each an id of its own, or take the older one out of the folder.",
        )
