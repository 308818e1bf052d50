"""What a question's filters let through, worked out once for a generation and kept."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from index.columns import Codes, Columns, Labels
from index.protocols import NO_FILTERS, Filters

Mask = npt.NDArray[np.bool_]
PassageIds = npt.NDArray[np.int64]


class Scope:
    """The articles and passages of one generation that a set of filters lets through."""

    def __init__(self, columns: Columns, filters: Filters, numbers: Sequence[int] | None) -> None:
        self._columns = columns
        # Words are looked up by language, so that a language alone needs no list of passages.
        self._by_language = replace(filters, language=()) == NO_FILTERS
        self._articles = columns.in_scope(filters, numbers)
        self._rows: dict[str, Mask | None] = {}
        self._ids: PassageIds | None = None

    @property
    def count_articles(self) -> int:
        """How many articles are in scope."""
        return int(np.count_nonzero(self._articles))

    def languages(self) -> dict[str, int]:
        """Return how many passages in scope each language has, most first, then by name."""
        columns = self._columns
        return _counted(
            columns.languages, columns.language[self._articles], columns.passages[self._articles]
        )

    def sources(self) -> dict[str, int]:
        """Return how many articles in scope each outlet has, most first, then by name."""
        return _counted(self._columns.sources, self._columns.source[self._articles], None)

    def rows(self, segment: str, ids: PassageIds) -> Mask | None:
        """Return which rows of a segment are in scope; None for all of them."""
        if segment not in self._rows:
            mask = self._articles[self._columns.owner[ids]]
            self._rows[segment] = None if mask.all() else mask
        return self._rows[segment]

    def passage_ids(self) -> PassageIds | None:
        """Return the ids in scope, ascending; None when it is all of ``languages()``."""
        if self._by_language:
            return None
        if self._ids is None:
            self._ids = np.flatnonzero(self._articles[self._columns.owner])
        return self._ids


def _counted(labels: Labels, codes: Codes, weights: Codes | None) -> dict[str, int]:
    counts = np.bincount(codes, weights=weights, minlength=1).tolist()
    named = zip(labels.names, counts, strict=False)
    found = [(name, int(count)) for name, count in named if name is not None and count]
    return dict(sorted(found, key=lambda pair: (-pair[1], pair[0])))
