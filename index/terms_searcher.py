"""The search by words: which passages hold those of a question, ranked by BM25.

How rare a word is counts within its language: among a million French passages every German word
would be rare, "und" and "der" first. tantivy counts over all documents; each word of the question
is given the weight that makes up for it.
"""

import math
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from index.analysis import analyze_question
from index.files import corrupt
from index.terms_errors import translated

if TYPE_CHECKING:
    import tantivy

Ids = npt.NDArray[np.int64]


class TermsSearcher:
    """The lexical index as it was at one commit; it does not change while a writer works."""

    def __init__(
        self, searcher: "tantivy.Searcher", schema: "tantivy.Schema", folder: Path
    ) -> None:
        self._searcher = searcher
        self._schema = schema
        self._folder = folder
        # Counted as tantivy does for BM25: with what is deleted and not yet merged away.
        self._documents = sum(searcher.doc_freq("kind", kind) for kind in ("passage", "generation"))
        self.generation = self._read_generation()

    @property
    def count(self) -> int:
        """How many passages there are."""
        return int(self._searcher.num_docs) - (1 if self.generation else 0)

    def passage_ids(self) -> Ids:
        """Return the ids of all passages, ascending."""
        ids, _ = self._hits(self._term("kind", "passage"), self._searcher.num_docs + 1)
        return np.sort(ids)

    def beside(self, passage_ids: Sequence[int]) -> Ids:
        """Return all passages in the same files as these, themselves included, ascending.

        A deleted passage stays in its file until all of the file is deleted or merged.
        """
        from tantivy import Query

        some = Query.term_set_query(self._schema, "passage_id", list(passage_ids))
        every = self._term("kind", "passage")
        with translated(self._folder):
            hits = self._searcher.search(some, len(passage_ids) + 1, count=False).hits
            files = {place.segment_ord for _, place in hits}
            hits = self._searcher.search(every, self._searcher.num_docs + 1, count=False).hits
            places = [place for _, place in hits if place.segment_ord in files]
            return np.sort(
                np.array(self._searcher.fast_field_values("passage_id", places), np.int64)
            )

    def document_frequency(self, terms: Sequence[str], language: str) -> list[int]:
        """Return in how many passages of the language each analysed term occurs."""
        return [self._searcher.doc_freq("body", f"{language}:{term}") for term in terms]

    def search(
        self,
        question: str,
        limit: int,
        *,
        languages: Sequence[str],
        allowed: Ids | None = None,
    ) -> list[tuple[int, float]]:
        """Return at most ``limit`` passage ids with their BM25 scores, best first.

        Only passages of ``languages``, and of the ascending ids ``allowed`` when given. Of equal
        scores the smaller id comes first.
        """
        query = self._query(question, languages)
        if query is None or limit <= 0 or (allowed is not None and len(allowed) == 0):
            return []
        if allowed is not None and _is_small(allowed, limit, self.count):
            return self._best(self._within(query, allowed), limit, None)
        return self._best(query, limit, allowed)

    def _best(
        self, query: "tantivy.Query", limit: int, allowed: Ids | None
    ) -> list[tuple[int, float]]:
        """Ask for more and more until ``limit`` allowed ones and all that tie with the last."""
        asked = limit + 1
        if allowed is not None:
            asked += int(1.5 * limit * self.count / len(allowed))
        while True:
            asked = min(asked, self._searcher.num_docs + 1)
            ids, scores = self._hits(query, asked)
            exhausted = len(ids) < asked
            lowest = scores[-1] if len(scores) else 0.0
            if allowed is not None:
                inside = _contains(allowed, ids)
                ids, scores = ids[inside], scores[inside]
            if exhausted or (len(ids) >= limit and lowest < scores[limit - 1]):
                order = np.lexsort((ids, -scores))[:limit]
                return [(int(ids[i]), float(scores[i])) for i in order]
            asked *= 4

    def _hits(self, query: "tantivy.Query", limit: int) -> tuple[Ids, npt.NDArray[np.float64]]:
        with translated(self._folder):
            hits = self._searcher.search(query, limit, count=False).hits
            ids = self._searcher.fast_field_values("passage_id", [place for _, place in hits])
        if None in ids:
            raise corrupt(self._folder, "holds a passage without an id")
        # The last bits of a sum of float32 depend on the order of the words in a file, and would
        # put copies of one text in an order of their own.
        scores = np.round([score for score, _ in hits], 4)
        return np.array(ids, np.int64), np.asarray(scores, np.float64)

    def _query(self, question: str, languages: Sequence[str]) -> "tantivy.Query | None":
        from tantivy import Occur, Query

        clauses = [
            (Occur.Should, Query.boost_query(self._term("body", term, "freq"), weight))
            for language in sorted(set(languages))
            for term, weight in self._weigh(analyze_question(question, language), language)
        ]
        return Query.boolean_query(clauses) if clauses else None

    def _weigh(self, terms: Iterable[str], language: str) -> Iterator[tuple[str, float]]:
        """Yield each indexed term once, with what turns tantivy's idf into the language's own."""
        inside = self._searcher.doc_freq("language", language)
        for term in sorted({f"{language}:{term}" for term in terms}):
            if frequency := self._searcher.doc_freq("body", term):
                yield term, _idf(frequency, inside) / _idf(frequency, self._documents)

    def _within(self, query: "tantivy.Query", allowed: Ids) -> "tantivy.Query":
        from tantivy import Occur, Query

        scope = Query.term_set_query(self._schema, "passage_id", allowed.tolist())
        return Query.boolean_query(
            [(Occur.Must, query), (Occur.Must, Query.const_score_query(scope, 0.0))]
        )

    def _term(self, field: str, value: str, index_option: str = "basic") -> "tantivy.Query":
        from tantivy import Query

        return Query.term_query(self._schema, field, value, index_option=index_option)

    def _read_generation(self) -> int:
        with translated(self._folder):
            hits = self._searcher.search(self._term("kind", "generation"), 1, count=False).hits
            found = self._searcher.fast_field_values("generation", [place for _, place in hits])
        return int(found[0] or 0) if found else 0


def _idf(frequency: int, documents: int) -> float:
    """Return the weight of a word, as tantivy and Lucene write it in BM25; always above 0."""
    return math.log(1 + (documents - frequency + 0.5) / (frequency + 0.5))


def _contains(ascending: Ids, ids: Ids) -> npt.NDArray[np.bool_]:
    places = np.minimum(np.searchsorted(ascending, ids), len(ascending) - 1)
    inside: npt.NDArray[np.bool_] = ascending[places] == ids
    return inside


def _is_small(allowed: Ids, limit: int, count: int) -> bool:
    """Whether to look the allowed passages up rather than leave out what is not allowed.

    Looking up takes 5 µs a passage, leaving out 1 µs for each of ``limit * count / allowed``.
    """
    return 4 * len(allowed) ** 2 <= limit * count
