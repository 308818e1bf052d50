"""Building the index anew, by another model or with passages of another size, while it is in use.

The new index grows in a folder inside the data folder, as an ordinary store. When it holds the
same articles it takes the place of the old one, at once. A rebuild that was stopped goes on where
it was; one that was begun with another recipe is thrown away.
"""

from collections.abc import Iterator
from typing import Self

from index import rows
from index.article import Article
from index.catalog import Catalog
from index.copying import beside
from index.files import write_durably
from index.folder import DataFolder, remove_folder
from index.store import ARTICLES_AT_ONCE, LocalStore

RECIPE = ".recipe"  # hidden, so that the folder still counts as empty
_DIFFERENT = """
    SELECT ours.number FROM articles ours LEFT JOIN other.articles theirs
      ON theirs.id = ours.id AND theirs.sha256 = ours.sha256 AND theirs.language = ours.language
     AND theirs.title IS ours.title AND theirs.source IS ours.source AND theirs.url IS ours.url
     AND theirs.published IS ours.published
    WHERE theirs.id IS NULL AND ours.number > ? ORDER BY ours.number LIMIT ?
"""
_SURPLUS = """
    SELECT theirs.id FROM other.articles theirs
    WHERE NOT EXISTS (SELECT 1 FROM articles ours WHERE ours.id = theirs.id)
"""


class Rebuild:
    """An index in the making. Put what is ``missing`` into ``staging``, then ``finish``.

    ``reusable`` is the old index where it is of the same embedder, so that its vectors still hold.
    """

    def __init__(self, store: LocalStore, staging: LocalStore) -> None:
        self.staging = staging
        self.reusable = (store,) if store.fingerprint == staging.fingerprint else ()
        self._store = store
        self._catalog = Catalog(DataFolder(store.folder).catalog)

    @classmethod
    def begin(
        cls, store: LocalStore, *, fingerprint: str, dimension: int, model: str, recipe: str
    ) -> Self:
        """Begin, or go on with one of the same embedder and the same ``recipe``.

        The recipe says what else decides the passages: their size, say.
        """
        place = DataFolder(DataFolder(store.folder).staging)
        wanted = f"{fingerprint}\n{recipe}\n"
        note = place.path / RECIPE
        if not note.is_file() or note.read_text() != wanted:
            remove_folder(place.path)
            place.path.mkdir()
            write_durably(note, wanted.encode())
        staging = LocalStore.open(
            place.path, fingerprint=fingerprint, dimension=dimension, model=model
        )
        return cls(store, staging)

    def missing(self, limit: int = ARTICLES_AT_ONCE) -> Iterator[list[Article]]:
        """Yield what ``staging`` lacks or holds in another version, oldest first."""
        last = 0
        while numbers := self._different(after=last, limit=limit):
            last = numbers[-1]
            with self._catalog.reading() as connection:
                found = rows.stored_articles(connection, numbers)
            yield [stored.article for _, stored in sorted(found.items())]

    def finish(self) -> bool:
        """Take the place of the old index; False when articles were added meanwhile.

        Then what is ``missing`` has to be put into ``staging`` first.
        """
        done = self._store.adopt(self.staging.folder, move=True, ready=self._is_complete)
        if done:
            self.close()
            remove_folder(self.staging.folder)
        return done

    def close(self) -> None:
        """Stop; what was done is kept for the next time."""
        self.staging.close()
        self._catalog.close()

    def _is_complete(self) -> bool:
        if self._different(after=0, limit=1):
            return False
        with beside(self._catalog, DataFolder(self.staging.folder).catalog) as connection:
            surplus = [article_id for (article_id,) in connection.execute(_SURPLUS)]
        self.staging.remove(surplus)
        return True

    def _different(self, *, after: int, limit: int) -> list[int]:
        with beside(self._catalog, DataFolder(self.staging.folder).catalog) as connection:
            return [number for (number,) in connection.execute(_DIFFERENT, (after, limit))]
