"""The lexical index: one tantivy index of one document a passage, and the one who writes to it.

The words are analysed before tantivy sees them and stored with their language in front
("fr:refus"), all in one field: so the length of a passage is compared with the mean of all
passages, and a word that is spelt alike in two languages is two words.

``index.terms`` and what its name begins, with ``index.analysis``, are all that imports tantivy.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Self

from index.analysis import analyze, analyze_question
from index.terms_check import check_terms
from index.terms_errors import translated
from index.terms_searcher import TermsSearcher

if TYPE_CHECKING:
    import tantivy

__all__ = ["Terms", "TermsDocument", "TermsSearcher", "analyze", "analyze_question"]

HEAP_BYTES = 32_000_000  # of the writer; tantivy wants 15 MB at least


@dataclass(frozen=True, slots=True, kw_only=True)
class TermsDocument:
    """What the lexical index needs of one passage."""

    passage_id: int
    article_id: str
    language: str  # ISO 639-1, or "und"
    text: str


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
        with translated(folder):
            return cls(folder, tantivy.Index(_schema(), str(folder), reuse=True))

    def searcher(self) -> TermsSearcher:
        """Return a searcher of the newest commit."""
        with translated(self.folder):
            self._index.reload()
            return TermsSearcher(self._index.searcher(), self._index.schema, self.folder)

    def verify(self) -> None:
        """Read all files and compare their checksums. Raises CorruptError naming a bad one."""
        check_terms(self.folder)

    def add(self, documents: Iterable[TermsDocument]) -> None:
        """Add passages; they are found after ``commit``. Raises WriterBusyError."""
        writer = self._open_writer()
        for passage in documents:
            document = _document(passage)
            with translated(self.folder):
                writer.add_document(document)

    def delete(self, passage_ids: Iterable[int]) -> None:
        """Delete passages; unknown ids are ignored. Raises WriterBusyError."""
        from tantivy import Query

        writer = self._open_writer()
        with translated(self.folder):
            writer.delete_documents_by_query(
                Query.term_set_query(self._index.schema, "passage_id", list(passage_ids))
            )

    def delete_articles(self, article_ids: Iterable[str]) -> None:
        """Delete all passages of these articles. Raises WriterBusyError."""
        writer = self._open_writer()
        with translated(self.folder):
            for article_id in article_ids:
                writer.delete_documents_by_term("article_id", article_id)

    def commit(self, generation: int) -> None:
        """Make what was added and deleted durable, all at once, as this generation (from 1).

        Also ends the work of the writer, so that another process may write.
        """
        from tantivy import Document

        marker = Document()
        marker.add_text("kind", "generation")
        marker.add_unsigned("generation", generation)
        writer = self._open_writer()
        with translated(self.folder):
            writer.delete_documents_by_term("kind", "generation")
            writer.add_document(marker)
        self._finish()

    def reset(self) -> None:
        """Delete everything, durably; the generation is 0 again."""
        writer = self._open_writer()
        with translated(self.folder):
            writer.delete_all_documents()
        self._finish()

    def rollback(self) -> None:
        """Forget what was added and deleted since the last commit, and let others write."""
        writer, self._writer = self._writer, None
        if writer is not None:
            with translated(self.folder):
                writer.rollback()

    def _finish(self) -> None:
        # Whatever happens, the writer is let go of, and with it the lock that it holds.
        writer, self._writer = self._open_writer(), None
        with translated(self.folder):
            writer.commit()
            writer.wait_merging_threads()

    def _open_writer(self) -> "tantivy.IndexWriter":
        if self._writer is None:
            with translated(self.folder):
                self._writer = self._index.writer(HEAP_BYTES, 1)
                # Tantivy numbers the first change like the last commit, and a merge that a killed
                # process left to do, begun by the next, takes that number for done: the deletion
                # would be lost. So the first one deletes what nobody has.
                self._writer.delete_documents_by_term("kind", "none")
        return self._writer


def _document(passage: TermsDocument) -> "tantivy.Document":
    from tantivy import Document

    language = passage.language
    document = Document()
    document.add_text("kind", "passage")
    document.add_unsigned("passage_id", passage.passage_id)
    document.add_text("article_id", passage.article_id)
    document.add_text("language", language)
    document.add_text("body", " ".join(f"{language}:{t}" for t in analyze(passage.text, language)))
    return document


def _schema() -> "tantivy.Schema":
    from tantivy import SchemaBuilder

    schema = SchemaBuilder()
    for name in ("kind", "article_id", "language"):
        schema.add_text_field(name, tokenizer_name="raw", index_option="basic")
    schema.add_unsigned_field("passage_id", indexed=True, fast=True)
    schema.add_unsigned_field("generation", fast=True)
    schema.add_text_field("body", tokenizer_name="whitespace", index_option="freq")
    return schema.build()
