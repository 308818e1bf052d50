"""The lexical index follows the catalog: it is never ahead, and what it lacks is added again.

The catalog commits first, the words right after. A process that dies in between leaves the words
one generation behind; whoever opens or writes next brings them up, from the texts of the catalog.
"""

import logging
import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path

from index.errors import CorruptError, StoreError
from index.folder import remove_folder
from index.rows import as_json, unpacked
from index.state import State
from index.terms import Terms, TermsDocument, TermsSearcher
from index.terms_leftovers import remove_leftovers

# Deleting in a larger index leaves the words of the deleted in the files, found by nobody, until
# tantivy merges them: writing the files anew takes 0.3 ms a passage.
PURGED_PASSAGES = 4_000

log = logging.getLogger(__name__)


class Lexicon:
    """The words of one data folder. All but ``searcher`` needs the writer's lock."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._terms: Terms | None = None
        self._staged: Terms | None = None

    def searcher(self) -> TermsSearcher | None:
        """Return a searcher of the newest commit, None while the files cannot be read."""
        if self._terms is None and not (self._folder / "meta.json").is_file():
            return None  # opening would make an empty index, and only a writer may do that
        try:
            terms = self._terms or Terms.open(self._folder)
            searcher = terms.searcher()
        except CorruptError as error:
            log.warning("%s", error.message)
            self._terms = None
            return None
        self._terms = terms
        return searcher

    def stage(self, connection: sqlite3.Connection, before: State, *, purge: bool = False) -> None:
        """Add and delete what the transaction of the connection changes; ``commit`` follows.

        With ``purge`` deleted words leave the disk too, if the index is small. When the files
        cannot be written the words stay behind, and ``catch_up`` mends them.
        """
        self._staged = None
        searcher, terms = self.searcher(), self._terms
        if terms is None or searcher is None:
            return
        try:
            _follow(terms, searcher, connection, before, purge=purge)
            self._staged = terms
        except CorruptError as error:
            log.warning("The lexical index stays behind: %s", error.message)
            self._terms = None

    def commit(self, generation: int) -> None:
        """Make durable what was staged. The catalog has it already: a failure is only reported."""
        terms, self._staged = self._staged, None
        if terms is None:
            return
        try:
            terms.commit(generation)
        except StoreError as error:
            log.warning("The lexical index stays behind: %s", error.message)
            self._terms = None

    def rollback(self) -> None:
        """Forget what was staged."""
        terms, self._staged, self._terms = self._staged or self._terms, None, None
        if terms is not None:
            try:
                terms.rollback()
            except StoreError as error:
                log.warning("%s", error.message)

    def complaint(self) -> str | None:
        """Read all files through; return what is wrong with them, None if nothing is."""
        try:
            if (self._folder / "meta.json").is_file():
                (self._terms or Terms.open(self._folder)).verify()
        except CorruptError as error:
            return error.message
        return None

    def _miscount(self, connection: sqlite3.Connection, state: State) -> str | None:
        searcher = self.searcher()
        if searcher is None or searcher.generation != state.generation:
            return None  # ``catch_up`` sees to it
        (count,) = connection.execute("SELECT count(*) FROM passages").fetchone()
        if searcher.count == count:
            return None
        return f"{self._folder} holds {searcher.count} passages, not {count}."

    def check(self, connection: sqlite3.Connection, state: State) -> None:
        """Delete the words if a file of theirs is damaged, or if they are of other passages.

        ``catch_up`` fills them in again.
        """
        if self._folder.is_dir():
            remove_leftovers(self._folder)  # half a file that no commit names is no damage
        complaint = self.complaint() or self._miscount(connection, state)
        if complaint is not None:
            log.warning("%s The words are written again.", complaint)
            self.clear()

    def catch_up(self, connection: sqlite3.Connection, state: State) -> None:
        """Bring the words to the generation of the catalog, from nothing if they are unreadable.

        Raises DiskFullError when there is no room.
        """
        searcher = self.searcher()
        if searcher is not None and searcher.generation == state.generation:
            return
        try:
            if searcher is not None:
                remove_leftovers(self._folder)
                self._bring_up(connection, state)
                return
        except CorruptError as error:
            log.warning("%s The words are written again.", error.message)
        self.clear()
        self._bring_up(connection, state)

    def _bring_up(self, connection: sqlite3.Connection, state: State) -> None:
        terms = self._terms = self._terms or Terms.open(self._folder)
        if state.generation == 0:
            terms.reset()
        else:
            _follow(terms, terms.searcher(), connection, state)
            terms.commit(state.generation)

    def clear(self) -> None:
        """Delete everything, at once; ``catch_up`` fills the words in again."""
        self._terms = None
        remove_folder(self._folder)

    def replace_by(self, source: Path | None, shown: int, generation: int) -> None:
        """Take over the words in another folder as those of ``generation``; without one, none.

        Only if they are those of generation ``shown`` over there. The catalog is about to become
        that of ``generation``. Should it not, then the words are ahead of it, and ``catch_up``
        fills them in again.
        """
        theirs = Lexicon(source) if source else None
        searcher = theirs.searcher() if theirs else None
        self.clear()
        if source and theirs and searcher and searcher.generation == shown:
            Terms.open(source).commit(generation)
            source.replace(self._folder)


def _follow(
    terms: Terms,
    searcher: TermsSearcher,
    connection: sqlite3.Connection,
    state: State,
    *,
    purge: bool = False,
) -> None:
    """Add and delete what changed after the generation of the words."""
    terms.rollback()  # what an interrupted commit staged would be there twice
    since = searcher.generation
    unknown = since == 0 and searcher.count > 0
    if unknown or not state.removals_from <= since <= state.generation:
        terms.reset()
        since = 0
    gone = _changed(connection, since) if since > 0 else []
    if gone and purge and searcher.count <= PURGED_PASSAGES:
        gone = [*gone, *searcher.beside(gone).tolist()]  # those still there are added again
    if gone:
        terms.delete(gone)
    terms.add(_documents(connection, since, gone))


def _changed(connection: sqlite3.Connection, since: int) -> list[int]:
    """Return the passages that are gone or, with the same words, in another language now."""
    rows = connection.execute(
        "SELECT passage FROM removals WHERE generation > ?1 AND passage IS NOT NULL"
        " UNION ALL SELECT p.id FROM passages p JOIN articles a ON a.number = p.article"
        " WHERE a.generation > ?1",
        (since,),
    )
    return [passage for (passage,) in rows]


def _documents(
    connection: sqlite3.Connection, since: int, again: Sequence[int]
) -> Iterator[TermsDocument]:
    cursor = connection.execute(
        "SELECT p.id, a.id, a.language, p.sentences, t.text FROM passages p"
        " JOIN articles a ON a.number = p.article JOIN texts t ON t.article = a.number"
        " WHERE p.article IN (SELECT number FROM articles WHERE generation > ?)"
        " OR p.id IN (SELECT value FROM json_each(?)) ORDER BY p.id",
        (since, as_json(again)),
    )
    for passage_id, article_id, language, sentences, text in cursor:
        yield TermsDocument(
            passage_id=passage_id,
            article_id=article_id,
            language=language,
            text=unpacked(sentences).span.of(text),
        )
