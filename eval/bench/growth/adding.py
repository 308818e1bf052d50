"""Adding articles until the time is over, while memory is watched."""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from eval.bench.resident import Sample, Watch
from index.article import Article
from index.errors import InputError
from index.ingest import Progress
from index.load import Unread, load
from qa.engine import Engine

OnSample = Callable[[Sample, Progress], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """What was added in this run, and what it took."""

    articles: int  # read, those that were there already included
    unchanged: int  # there already
    unread: int  # what was no article
    passages: int  # new
    embedded: int  # of them, passages that needed the model
    seconds: float
    interrupted: bool
    exhausted: bool  # all articles are in: the time was not used up
    samples: list[Sample]  # ``done`` counts passages


@dataclass(slots=True)
class _Tally:
    progress: Progress = field(default_factory=Progress)
    unchanged: int = 0
    unread: list[Unread] = field(default_factory=list)
    exhausted: bool = False

    def follow(self, progress: Progress) -> None:
        """Note how far it is."""
        self.progress = progress


def add(
    engine: Engine,
    files: Sequence[Path],
    *,
    seconds: float,
    interval_s: float,
    on_sample: OnSample,
) -> Added:
    """Add articles for so many seconds, and until the batch at hand is stored; Ctrl-C ends it too.

    Raises InputError when the files hold no article.
    """
    tally, interrupted = _Tally(), False
    _ = engine.embedder  # loading it is no part of the growth
    began = time.monotonic()
    watch = Watch(
        lambda: tally.progress.passages,
        interval_s=interval_s,
        on_sample=lambda sample: on_sample(sample, tally.progress),
    )
    with watch:
        try:
            articles = _until(began + seconds, files, tally)
            for stored in engine.add(articles, on_progress=tally.follow):
                tally.unchanged += stored.status == "unchanged"
        except KeyboardInterrupt:
            interrupted = True
    if not tally.progress.articles and not interrupted:
        raise _nothing(files, tally.unread)
    return Added(
        articles=tally.progress.articles,
        unchanged=tally.unchanged,
        unread=len(tally.unread),
        passages=tally.progress.passages,
        embedded=tally.progress.embedded,
        seconds=round(time.monotonic() - began, 1),
        interrupted=interrupted,
        exhausted=tally.exhausted,
        samples=watch.samples,
    )


def _until(deadline: float, files: Sequence[Path], tally: _Tally) -> Iterator[Article]:
    for file in files:
        for each in load(file):
            if time.monotonic() > deadline:
                return
            if isinstance(each, Unread):
                tally.unread.append(each)
            else:
                yield each
    tally.exhausted = True


def _nothing(files: Sequence[Path], unread: Sequence[Unread]) -> InputError:
    reason = f" {unread[0].origin}: {unread[0].error}" if unread else ""
    return InputError(
        f"No article could be read in {', '.join(map(str, files))}.{reason}",
        remedy="Give what `pullquote add` reads: JSON Lines (.jsonl, .jsonl.gz), say.",
    )
