"""The index of a collection, built once for each content and each setting that matters for it.

Indexes lie under ``eval`` of the setting ``cache``, one folder each. A folder whose note is missing
was interrupted: building goes on there. What another index of the same articles and the same model
has embedded already is taken from it, so that a change of the passage size, or of the code that
cuts passages, embeds only what is new.
"""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

import msgspec
from msgspec import Struct, structs

from api.cli.session import Session
from api.terminal.progress import progress_bar
from eval.question import Collection
from eval.run.header import SHORT, fingerprint, index_version
from index.errors import EmbedderChangedError, StoreError
from index.files import write_durably
from index.folder import remove_folder
from index.store import LocalStore
from qa.engine import Engine
from qa.settings import Settings

NOTE = "made-of.json"  # beside the index; written when it is whole


class MadeOf(Struct, frozen=True, kw_only=True):
    """What decides the content of an index."""

    articles: str  # SHA-256
    model: str
    backend: str
    passage_tokens: int
    code: str  # checksum of the code of ``index``

    @property
    def folder(self) -> str:
        """Name of its folder in the cache."""
        return f"{self.articles[:SHORT]}-{fingerprint(self)[:SHORT]}"


def made_of(collection: Collection, settings: Settings) -> MadeOf:
    """Return what the index of a collection is made of under these settings."""
    return MadeOf(
        articles=fingerprint(collection.articles),
        model=settings.model,
        backend=settings.backend,
        passage_tokens=settings.passage_tokens,
        code=index_version(),
    )


@contextmanager
def engine_over(session: Session, collection: Collection, settings: Settings) -> Iterator[Engine]:
    """Open an engine over the collection's articles, and over nothing else."""
    wanted = made_of(collection, settings)
    folder = settings.cache.expanduser() / "eval" / wanted.folder
    settings = structs.replace(settings, data=folder / "index")
    with ExitStack() as stack:
        try:
            engine = stack.enter_context(session.engine(create=True, settings=settings))
        except EmbedderChangedError:  # the model of this name is another one by now
            (folder / NOTE).unlink(missing_ok=True)
            remove_folder(settings.data)
            engine = stack.enter_context(session.engine(create=True, settings=settings))
        if not (folder / NOTE).is_file():
            build(session, engine, collection, lenders(stack, engine, folder))
            write_durably(folder / NOTE, msgspec.json.encode(wanted))
        yield engine


def build(
    session: Session, engine: Engine, collection: Collection, known: list[LocalStore]
) -> None:
    """Add all articles; what an interrupted call had added already costs nothing."""
    with session.screen.busy("Loading the model"):
        _ = engine.embedder
    articles = collection.articles
    with progress_bar(session.screen, "Indexing", len(articles)) as on_progress:
        for _ in engine.add(articles, on_progress=on_progress, known=known):
            pass


def lenders(stack: ExitStack, engine: Engine, folder: Path) -> list[LocalStore]:
    """Open the whole indexes of the same articles and model beside this one."""
    found: list[LocalStore] = []
    same_articles = folder.name.split("-", 1)[0]
    for note in sorted(folder.parent.glob(f"{same_articles}-*/{NOTE}")):
        with suppress(StoreError):  # a cache that is damaged or of an older version lends nothing
            store = stack.enter_context(LocalStore.open_existing(note.parent / "index"))
            if store.fingerprint == engine.store.fingerprint:
                found.append(store)
    return found
