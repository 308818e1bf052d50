"""Embedding anew what lost its vectors: a damaged segment is set aside, its texts are all there."""

from functools import partial

from index.ingest import OnProgress, Progress, ignore, prepare, report
from index.protocols import Embedder
from index.store import LocalStore


def restore_lost(
    store: LocalStore, embedder: Embedder, *, passage_tokens: int, on_progress: OnProgress = ignore
) -> int:
    """Give every passage that lost its vectors new ones; return how many articles had such.

    Stopped in the middle, it has mended whole batches. Raises WriterBusyError, DiskFullError.
    """
    progress = Progress()
    for articles in store.lost_articles():
        prepared, embedded = prepare(
            (store,),
            embedder,
            articles,
            passage_tokens=passage_tokens,
            on_embedded=partial(report, on_progress, progress, len(articles)),
        )
        passages = sum(result.passages for result in store.restore_vectors(prepared))
        progress = progress.after(len(articles), passages, embedded)
        on_progress(progress)
    return progress.articles
