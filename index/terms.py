"""The lexical index: which passages hold the words of a question, ranked by BM25.

One tantivy index of one document a passage. The words are analysed here, by language, and stored
with their language in front ("fr:refus"), all in one field: so the length of a passage is compared
with the mean of all passages, and a word that is spelt alike in two languages is two words. How
rare a word is counts within its language: among a million French passages every German word would
be rare, "und" and "der" first.

The only module that imports tantivy.
"""

import math
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Self

import numpy as np
import numpy.typing as npt

from index.errors import WriterBusyError
from index.files import corrupt, disk_full
from index.words import words

if TYPE_CHECKING:
    import tantivy

STEMMERS = {
    "ar": "arabic", "da": "danish", "de": "german", "el": "greek", "en": "english", "es": "spanish",
    "fi": "finnish", "fr": "french", "hu": "hungarian", "it": "italian", "nb": "norwegian",
    "nl": "dutch", "nn": "norwegian", "no": "norwegian", "pt": "portuguese", "ro": "romanian",
    "ru": "russian", "sv": "swedish", "ta": "tamil", "tr": "turkish",
}  # fmt: skip
LONGEST_WORD = 40  # characters; longer runs are addresses and noise
HEAP_BYTES = 32_000_000
TERM_SET_UP_TO = 20_000  # allowed passages

Ids = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class TermsDocument:
    """What the lexical index needs of one passage."""

    passage_id: int
    article_id: str
    language: str  # ISO 639-1, or "und"
    text: str


def analyze(text: str, language: str) -> list[str]:
    """Return the terms of a text, in order, as the index holds them for this language."""
    found = [word for word in words(text, language) if len(word) <= LONGEST_WORD]
    return _stemmer(language).analyze(" ".join(found)) if language in STEMMERS else found


class TermsSearcher:
    """The lexical index as it was at one commit; it does not change while a writer works."""

    def __init__(self, searcher: "tantivy.Searcher", schema: "tantivy.Schema") -> None:
        self._searcher = searcher
        self._schema = schema
        # Counted as tantivy does for BM25: with what is deleted and not yet merged away.
        self._documents = sum(searcher.doc_freq("kind", kind) for kind in ("passage", "generation"))
        self.generation = self._read_generation()

    @property
    def count(self) -> int:
        """How many passages there are."""
        return int(self._searcher.num_docs) - (1 if self.generation else 0)

    def passage_ids(self) -> Ids:
        """Return the ids of all passages, ascending."""
        found = self._hits(self._term("kind", "passage"), max(1, self._searcher.num_docs))
        return np.sort(found[0])

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
        if allowed is not None and len(allowed) <= TERM_SET_UP_TO:
            return self._best(self._within(query, allowed), limit, None)
        return self._best(query, limit, allowed)

    def _best(
        self, query: "tantivy.Query", limit: int, allowed: Ids | None
    ) -> list[tuple[int, float]]:
        """Ask for more and more until ``limit`` allowed ones and all that tie with the last."""
        share = 1.0 if allowed is None else (len(allowed) + 1) / (self.count + 1)
        asked = limit + 1 + int(limit / share)
        while True:
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
        hits = self._searcher.search(query, limit, count=False).hits
        ids = self._searcher.fast_field_values("passage_id", [address for _, address in hits])
        return np.array(ids, np.int64), np.array([score for score, _ in hits], np.float64)

    def _query(self, question: str, languages: Sequence[str]) -> "tantivy.Query | None":
        from tantivy import Occur, Query

        clauses = [
            (Occur.Should, Query.boost_query(self._term("body", term, "freq"), weight))
            for language in sorted(set(languages))
            for term, weight in self._weigh(analyze(question, language), language)
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
        hits = self._searcher.search(self._term("kind", "generation"), 1, count=False).hits
        found = self._searcher.fast_field_values("generation", [address for _, address in hits])
        return int(found[0] or 0) if found else 0


class Terms:
    """The folder of the lexical index: its one writer, and searchers of what is committed."""

    def __init__(self, folder: Path, index: "tantivy.Index") -> None:
        self.folder = folder
        self._index = index
        self._index.config_reader("manual")
        self._writer: tantivy.IndexWriter | None = None

    @classmethod
    def open(cls, folder: Path) -> Self:
        """Open the index, an empty one of generation 0 if the folder holds none.

        Raises CorruptError when what is there cannot be read.
        """
        import tantivy

        folder.mkdir(parents=True, exist_ok=True)
        with _translated(folder):
            return cls(folder, tantivy.Index(_schema(), str(folder), reuse=True))

    def searcher(self) -> TermsSearcher:
        """Return a searcher of the newest commit."""
        with _translated(self.folder):
            self._index.reload()
            return TermsSearcher(self._index.searcher(), self._index.schema)

    def add(self, documents: Iterable[TermsDocument]) -> None:
        """Add passages; they are found after ``commit``. Raises WriterBusyError."""
        from tantivy import Document

        writer = self._open_writer()
        with _translated(self.folder):
            for passage in documents:
                document = Document()
                document.add_text("kind", "passage")
                document.add_unsigned("passage_id", passage.passage_id)
                document.add_text("article_id", passage.article_id)
                document.add_text("language", passage.language)
                document.add_text("body", _body(passage))
                writer.add_document(document)

    def delete(self, passage_ids: Iterable[int]) -> None:
        """Delete passages; unknown ids are ignored. Raises WriterBusyError."""
        from tantivy import Query

        writer = self._open_writer()
        with _translated(self.folder):
            writer.delete_documents_by_query(
                Query.term_set_query(self._index.schema, "passage_id", list(passage_ids))
            )

    def delete_articles(self, article_ids: Iterable[str]) -> None:
        """Delete all passages of these articles. Raises WriterBusyError."""
        writer = self._open_writer()
        with _translated(self.folder):
            for article_id in article_ids:
                writer.delete_documents_by_term("article_id", article_id)

    def commit(self, generation: int) -> None:
        """Make what was added and deleted durable, all at once, as this generation (from 1).

        Also ends the work of this writer, so that another process may write.
        """
        from tantivy import Document

        writer = self._open_writer()
        marker = Document()
        marker.add_text("kind", "generation")
        marker.add_unsigned("generation", generation)
        with _translated(self.folder):
            writer.delete_documents_by_term("kind", "generation")
            writer.add_document(marker)
            writer.commit()
            writer.wait_merging_threads()
        self._writer = None

    def rollback(self) -> None:
        """Forget what was added and deleted since the last commit, and let others write."""
        if self._writer is not None:
            with _translated(self.folder):
                self._writer.rollback()
            self._writer = None

    def reset(self) -> None:
        """Delete everything; the generation is 0 again."""
        writer = self._open_writer()
        with _translated(self.folder):
            writer.delete_all_documents()
            writer.commit()
            writer.wait_merging_threads()
        self._writer = None

    def _open_writer(self) -> "tantivy.IndexWriter":
        if self._writer is None:
            with _translated(self.folder):
                self._writer = self._index.writer(HEAP_BYTES, 1)
        return self._writer


def _body(passage: TermsDocument) -> str:
    return " ".join(f"{passage.language}:{t}" for t in analyze(passage.text, passage.language))


def _idf(frequency: int, documents: int) -> float:
    """Return the weight of a word, as tantivy and Lucene write it in BM25; always above 0."""
    return math.log(1 + (documents - frequency + 0.5) / (frequency + 0.5))


def _contains(ascending: Ids, ids: Ids) -> npt.NDArray[np.bool_]:
    places = np.minimum(np.searchsorted(ascending, ids), len(ascending) - 1)
    inside: npt.NDArray[np.bool_] = ascending[places] == ids
    return inside


@cache
def _stemmer(language: str) -> "tantivy.TextAnalyzer":
    from tantivy import Filter, TextAnalyzerBuilder, Tokenizer

    return (
        TextAnalyzerBuilder(Tokenizer.whitespace())
        .filter(Filter.stemmer(STEMMERS[language]))
        .build()
    )


def _schema() -> "tantivy.Schema":
    from tantivy import SchemaBuilder

    schema = SchemaBuilder()
    for name in ("kind", "article_id", "language"):
        schema.add_text_field(name, tokenizer_name="raw", index_option="basic")
    schema.add_unsigned_field("passage_id", indexed=True, fast=True)
    schema.add_unsigned_field("generation", fast=True)
    schema.add_text_field("body", tokenizer_name="whitespace", index_option="freq")
    return schema.build()


@contextmanager
def _translated(folder: Path) -> Iterator[None]:
    """Say in our own errors what tantivy says in ValueErrors."""
    try:
        yield
    except ValueError as error:
        if "LockBusy" in str(error):
            raise WriterBusyError(
                f"Another process is writing to {folder}.", remedy="Wait until it is done."
            ) from error
        if "os error 28" in str(error):  # ENOSPC
            raise disk_full(folder) from error
        raise corrupt(folder, f"cannot be used: {error}") from error
