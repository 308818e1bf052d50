"""The index that is put under load: a passing copy, as articles are added to it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import qa
from eval.bench.corpus import SAMPLES, articles
from index.article import Article
from index.backup import backup, restore
from index.status import Status
from index.store import LocalStore
from qa.settings import Settings

MOST_KNOWN = 1_000  # articles whose sentences new ones are made of


@contextmanager
def passing_index(folder: Path | None) -> Iterator[Path]:
    """Give the folder of a copy of an index, or of one of the sample articles."""
    with TemporaryDirectory() as passing:
        place = Path(passing) / "index"
        if folder is None:
            with qa.open(Settings(data=place)) as engine:
                for _ in engine.add(articles(SAMPLES)):
                    pass
        else:
            backup(folder, Path(passing) / "copy")
            restore(Path(passing) / "copy", place)
        yield place


def contents(place: Path) -> tuple[Status, list[Article]]:
    """Return how an index is, and some of its articles."""
    with LocalStore.open_existing(place) as store:
        return store.status(), next(store.articles(MOST_KNOWN), [])
