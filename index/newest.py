"""The newest generation in memory, followed as writers of this and of other processes commit."""

import sqlite3
import time
from collections.abc import Callable
from threading import Lock

from index.catalog import Catalog
from index.errors import EmbedderChangedError, StoreError
from index.folder import DataFolder
from index.generation import Generation
from index.lexicon import Lexicon
from index.state import Built, State, read_state
from index.terms import TermsSearcher

VERIFIED_BYTES = 256 << 20  # of segments read through at opening: under half a second
WORDS_PATIENCE_S = 5.0  # for a commit in progress to write its words
RETRY_S = 10.0  # between attempts to mend words that could not be mended
_POLL_S = 0.003


class Newest:
    """Gives the newest generation with a transaction that sees it.

    ``mend`` brings words that lag up to the catalog, or raises StoreError when it cannot now.
    """

    def __init__(
        self,
        folder: DataFolder,
        catalog: Catalog,
        lexicon: Lexicon,
        *,
        expected: Built | None,
        mend: Callable[[], None],
    ) -> None:
        self._folder = folder
        self._catalog = catalog
        self._lexicon = lexicon
        self._expected = expected
        self._mend = mend
        self._lock = Lock()
        self._generation: Generation | None = None
        self._retry_at = 0.0

    def take(self) -> tuple[Generation, sqlite3.Connection]:
        """Return the newest generation and a borrowed connection, to be given back."""
        patient_until = time.monotonic() + WORDS_PATIENCE_S
        while True:
            connection = self._catalog.borrow()
            try:
                with self._catalog.translated():
                    generation = self._see(connection, lagging=time.monotonic() > patient_until)
                if generation is not None:
                    return generation, connection
            except BaseException:
                self._catalog.give_back(connection)
                raise
            self._catalog.give_back(connection)
            if not self._mended():
                time.sleep(_POLL_S)

    def generation(self) -> Generation:
        """Return the newest generation alone: for what needs no catalog."""
        generation, connection = self.take()
        self._catalog.give_back(connection)
        return generation

    def forget(self) -> None:
        """Let go of everything in memory."""
        with self._lock:
            self._generation = None

    def _see(self, connection: sqlite3.Connection, *, lagging: bool) -> Generation | None:
        """Return what the connection sees; None to try again in a moment."""
        state = read_state(connection)
        known = self._generation
        if known is not None and known.state == state and self._is_good(known):
            return known
        with self._lock:
            known = self._generation
            if known is not None and known.state == state and self._is_good(known):
                return known
            return self._read(connection, state, known, lagging=lagging)

    def _read(
        self,
        connection: sqlite3.Connection,
        state: State,
        known: Generation | None,
        *,
        lagging: bool,
    ) -> Generation | None:
        self._check(state)
        if known is not None and known.state.is_after(state):
            return None  # another thread has read a newer one meanwhile
        words = self._words(state, known)
        in_step = words is not None and words.generation == state.generation
        if not in_step and not lagging:
            return None
        generation = Generation.read(
            connection,
            state,
            self._folder.vectors,
            words,
            known=known,
            verify_bytes=0 if known else VERIFIED_BYTES,
        )
        if generation.damaged and self._has_moved_on(state):
            return None  # merged away while we were opening it
        self._retry_at = time.monotonic() + RETRY_S
        self._generation = generation
        return generation

    def _words(self, state: State, known: Generation | None) -> TermsSearcher | None:
        # The same generation keeps the same searcher: what tantivy merges in the background drops
        # deleted words from its counts, which would give the same question other scores.
        if known is not None and known.is_in_step and known.state.shows_the_same(state):
            return known.words
        return self._lexicon.searcher()

    def _is_good(self, known: Generation) -> bool:
        return known.is_in_step or time.monotonic() < self._retry_at

    def _check(self, state: State) -> None:
        wanted = self._expected
        if wanted is not None and state.built.fingerprint != wanted.fingerprint:
            raise EmbedderChangedError(
                self._folder.path, state.built.fingerprint, wanted.fingerprint, wanted.model
            )

    def _has_moved_on(self, state: State) -> bool:
        with self._catalog.reading() as connection:
            return read_state(connection) != state

    def _mended(self) -> bool:
        try:
            self._mend()
        except StoreError:
            return False
        return True
