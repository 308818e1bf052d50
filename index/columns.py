"""What filters ask of articles and passages, as arrays in memory: a few bytes each, no objects.

Articles are indexed by their number and passages by their id, which are never used again, so that
a new generation is the old arrays with a little more behind. Number 0 is nobody: it stands for a
passage that is gone. Articles and passages that are gone keep their place until the next opening.
"""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
import numpy.typing as npt

from index.article import UNDETERMINED
from index.protocols import Filters

Codes = npt.NDArray[np.int32]
Mask = npt.NDArray[np.bool_]
GONE = -1
_ROWS_AT_ONCE = 65_536


class Labels:
    """Names as small numbers, in the order in which they came up; None is one too."""

    def __init__(self) -> None:
        self.names: list[str | None] = []
        self._codes: dict[str | None, int] = {}

    def code(self, name: str | None) -> int:
        """Return the number of a name, a new one for a new name."""
        code = self._codes.setdefault(name, len(self._codes))
        if code == len(self.names):
            self.names.append(name)
        return code

    def known(self, names: Sequence[str]) -> list[int]:
        """Return the numbers of those names that have one."""
        return [self._codes[name] for name in names if name in self._codes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """One generation; ``source``, ``language``, ``published`` and ``passages`` by article number.

    Treat the arrays as frozen: several generations share them.
    """

    sources: Labels
    languages: Labels
    source: Codes
    language: Codes  # GONE where there is no article of this number
    published: Codes  # ordinal of the day, 0 where it is not known
    passages: Codes  # how many passages the article has
    owner: Codes  # by passage id: the article's number, 0 where there is no passage

    @classmethod
    def empty(cls) -> Self:
        """Return the columns of an index without articles."""
        nothing = np.zeros(1, np.int32)
        return cls(
            sources=Labels(),
            languages=Labels(),
            source=nothing,
            language=np.full(1, GONE, np.int32),
            published=nothing,
            passages=nothing,
            owner=nothing,
        )

    @classmethod
    def follow(cls, known: Self, connection: sqlite3.Connection, since: int) -> Self:
        """Return the columns that the connection sees, given those of generation ``since``."""
        articles, passages = _sizes(connection)
        source, language, published = (
            _grown(column, articles, fill)
            for column, fill in ((known.source, 0), (known.language, GONE), (known.published, 0))
        )
        owner = _grown(known.owner, passages, 0)
        for article, passage in connection.execute(
            "SELECT article, passage FROM removals WHERE generation > ?", (since,)
        ):
            if article is not None:
                language[article] = GONE
            if passage is not None and passage < len(owner):
                owner[passage] = 0
        for number, outlet, tongue, day in connection.execute(
            "SELECT number, source, language, published FROM articles WHERE generation > ?",
            (since,),
        ):
            source[number] = known.sources.code(outlet)
            language[number] = known.languages.code(tongue)
            published[number] = day or 0
        _fill(owner, connection, len(known.owner))
        counts = np.bincount(owner, minlength=len(language)).astype(np.int32)
        counts[0] = 0
        return cls(
            sources=known.sources,
            languages=known.languages,
            source=source,
            language=language,
            published=published,
            passages=counts,
            owner=owner,
        )

    def has_passage(self, passage_id: int) -> bool:
        """Tell whether there is a passage of this id."""
        return 0 < passage_id < len(self.owner) and self.owner[passage_id] > 0

    def language_of(self, passage_id: int) -> str:
        """Return the language of a passage that there is."""
        return self.languages.names[self.language[self.owner[passage_id]]] or UNDETERMINED

    def in_scope(self, filters: Filters, numbers: Sequence[int] | None) -> Mask:
        """Return which articles the filters let through, by number.

        ``numbers`` are those of ``filters.article_ids``, which only the catalog knows.
        """
        mask: Mask = self.language != GONE
        if filters.source:
            mask &= np.isin(self.source, self.sources.known(filters.source))
        if filters.language:
            mask &= np.isin(self.language, self.languages.known(filters.language))
        if filters.published_from is not None:
            mask &= self.published >= filters.published_from.toordinal()
        if filters.published_to is not None:
            mask &= (self.published > 0) & (self.published <= filters.published_to.toordinal())
        if numbers is not None:
            named = np.zeros_like(mask)
            named[list(numbers)] = True
            mask &= named
        return mask


def _sizes(connection: sqlite3.Connection) -> tuple[int, int]:
    """Return one more than the highest article number and passage id ever given."""
    highest = dict(connection.execute("SELECT name, seq FROM sqlite_sequence"))
    return highest.get("articles", 0) + 1, highest.get("passages", 0) + 1


def _grown(column: Codes, size: int, fill: int) -> Codes:
    grown = np.full(size, fill, np.int32)
    grown[: len(column)] = column
    return grown


def _fill(owner: Codes, connection: sqlite3.Connection, first: int) -> None:
    # Without a known generation, the index on the article is read: it is smaller than the table.
    if first <= 1:
        cursor = connection.execute("SELECT id, article FROM passages ORDER BY article")
    else:
        cursor = connection.execute("SELECT id, article FROM passages WHERE id >= ?", (first,))
    while rows := cursor.fetchmany(_ROWS_AT_ONCE):
        pairs = np.array(rows, np.int32)
        owner[pairs[:, 0]] = pairs[:, 1]
