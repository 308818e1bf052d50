"""The lexical index follows the catalog: it is never ahead, and what it lacks is added again.

The catalog commits first, the words right after. A process that dies in between leaves the words
one generation behind; whoever opens or writes next brings them up, from the texts of the catalog.
"""

import logging
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from index.catalog import State
from index.errors import CorruptError, StoreError
from index.rows import unpacked
from index.terms import Terms, TermsDocument, TermsSearcher

log = logging.getLogger(__name__)


class Lexicon:
    """The words of one data folder. All but ``searcher`` needs the writer's lock."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._terms: Terms | None = None

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

    def stage(self, connection: sqlite3.Connection, before: State) -> None:
        """Add and delete what the transaction of the connection changes; ``commit`` follows.

        When the files cannot be written the words stay behind, and ``catch_up`` mends them.
        """
        searcher = self.searcher()
        if self._terms is None or searcher is None:
            return
        try:
            _follow(self._terms, searcher.generation, connection, before)
        except CorruptError as error:
            log.warning("The lexical index stays behind: %s", error.message)
            self._terms = None

    def commit(self, generation: int) -> None:
        """Make durable what was staged. The catalog has it already: a failure is only reported."""
        if self._terms is None:
            return
        try:
            self._terms.commit(generation)
        except StoreError as error:
            log.warning("The lexical index stays behind: %s", error.message)
            self._terms = None

    def rollback(self) -> None:
        """Forget what was staged."""
        terms, self._terms = self._terms, None
        if terms is not None:
            try:
                terms.rollback()
            except StoreError as error:
                log.warning("%s", error.message)

    def catch_up(self, connection: sqlite3.Connection, state: State) -> None:
        """Bring the words to the generation of the catalog, from nothing if they are unreadable.

        Raises DiskFullError when there is no room.
        """
        searcher = self.searcher()
        if searcher is not None and searcher.generation == state.generation:
            return
        if searcher is None:
            self.clear()
        terms = self._terms = self._terms or Terms.open(self._folder)
        if state.generation == 0:
            terms.reset()
        else:
            _follow(terms, searcher.generation if searcher else 0, connection, state)
            terms.commit(state.generation)

    def clear(self) -> None:
        """Delete everything; ``catch_up`` fills the words in again."""
        self._terms = None
        shutil.rmtree(self._folder, ignore_errors=True)

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
            theirs.commit(generation)
            source.replace(self._folder)


def _follow(terms: Terms, since: int, connection: sqlite3.Connection, state: State) -> None:
    """Add and delete what changed after the generation ``since`` of the words."""
    if since > state.generation or since < state.removals_from:
        terms.reset()
        since = 0
    if since > 0:
        rows = connection.execute(
            "SELECT passage FROM removals WHERE generation > ?1 AND passage IS NOT NULL"
            " UNION ALL SELECT p.id FROM passages p JOIN articles a ON a.number = p.article"
            " WHERE a.generation > ?1",  # the same words, in what is now another language
            (since,),
        )
        if gone := [passage for (passage,) in rows]:
            terms.delete(gone)
    terms.add(_documents(connection, since))


def _documents(connection: sqlite3.Connection, since: int) -> Iterator[TermsDocument]:
    cursor = connection.execute(
        "SELECT p.id, a.id, a.language, p.sentences, t.text FROM articles a"
        " JOIN texts t ON t.article = a.number JOIN passages p ON p.article = a.number"
        " WHERE a.generation > ? ORDER BY a.number, p.id",
        (since,),
    )
    for passage_id, article_id, language, sentences, text in cursor:
        yield TermsDocument(
            passage_id=passage_id,
            article_id=article_id,
            language=language,
            text=unpacked(sentences).span.of(text),
        )
