"""What must be true of the index after a kill; each thing that is not is a sentence."""

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import numpy as np

from eval.crash.world import DIMENSION, Operation, Versions, article, marker, prepare
from eval.crash.writer import open_store
from index.catalog import Catalog
from index.doctor import examine
from index.folder import DataFolder
from index.lexicon import Lexicon
from index.protocols import Filters, Hit, PassageRecord
from index.snapshot import LocalSnapshot
from index.state import read_state


def judge(
    folder: Path, acknowledged: Versions, in_flight: Operation | None, ever: set[tuple[str, int]]
) -> tuple[Versions, int, list[str]]:
    """Open the index and return what it holds, its generation, and all that is wrong with it.

    ``ever`` are all articles and versions that were ever begun to be written.
    """
    wrong_before = _words_untouched(folder)
    with open_store(folder) as store:
        with store.snapshot() as snapshot:
            stored, wrong = _which(snapshot, acknowledged, in_flight)
            for article_id, version in stored.items():
                wrong += _whole(snapshot, article_id, version)
            wrong += _nothing_else(snapshot, stored, ever)
            generation = snapshot.generation
        wrong += store.status().degraded
    wrong += wrong_before
    wrong += [f"doctor: {f.check}: {f.detail}" for f in examine(folder) if not f.ok]
    return stored, generation, wrong


def _words_untouched(folder: Path) -> list[str]:
    """Look at the words before opening mends them: of the same generation, they must agree."""
    place = DataFolder(folder)
    if not place.catalog.exists():
        return []
    with closing(Catalog(place.catalog)) as catalog:
        if catalog.is_blank:
            return []
        with catalog.reading() as connection:
            generation = read_state(connection).generation
            passages = [row[0] for row in connection.execute("SELECT id FROM passages ORDER BY id")]
    words = Lexicon(place.terms).searcher()
    if words is None or words.generation != generation or words.passage_ids().tolist() == passages:
        return []
    return [f"the words of generation {generation} are {words.passage_ids()}, not {passages}"]


def _which(
    snapshot: LocalSnapshot, acknowledged: Versions, in_flight: Operation | None
) -> tuple[Versions, list[str]]:
    """Return the acknowledged state or, if all of it is there, the one after the last operation."""
    found = {
        summary.id: int((summary.title or "").removeprefix("Version "))
        for summary in snapshot.summaries(1_000)
    }
    allowed = [acknowledged] + ([in_flight.after(acknowledged)] if in_flight else [])
    if found in allowed:
        return found, []
    return found, [f"stored is {found}, not one of {allowed}"]


def _whole(snapshot: LocalSnapshot, article_id: str, version: int) -> list[str]:
    expected = prepare(article(article_id, version))
    name = f"{article_id} in version {version}"
    if snapshot.article(article_id) != expected.article:
        return [f"{name} is not what was written"]
    passages = tuple(embedded.passage for embedded in expected.passages)
    if snapshot.passages_of(article_id) != passages:
        return [f"{name} has other passages"]
    only = Filters(article_ids=(article_id,))
    wrong = []
    for embedded in expected.passages:
        hits = snapshot.dense(embedded.vector, len(passages) + 1, only)
        records = _records(snapshot, hits)
        if len(hits) != len(passages) or records[0].passage != embedded.passage:
            wrong.append(f"{name} is not found by its vectors")
        elif not np.allclose(records[0].sentence_vectors, embedded.sentence_vectors, atol=1e-3):
            wrong.append(f"{name} has other sentence vectors")
    hits = snapshot.lexical(marker(article_id, version), 10)
    if {record.article.id for record in _records(snapshot, hits)} != {article_id}:
        wrong.append(f"{name} is not found by its words")
    return wrong


def _nothing_else(
    snapshot: LocalSnapshot, stored: Versions, ever: set[tuple[str, int]]
) -> list[str]:
    alive = {marker(article_id, version) for article_id, version in stored.items()}
    gone = {marker(article_id, version) for article_id, version in ever} - alive
    wrong = [f"{word} is gone, but found" for word in sorted(gone) if snapshot.lexical(word, 1)]
    passages = sum(len(prepare(article(*one)).passages) for one in stored.items())
    everything = snapshot.dense(np.ones(DIMENSION, np.float32), 10_000)
    if len(everything) != passages:
        wrong.append(f"{len(everything)} passages have vectors, not {passages}")
    return wrong


def _records(snapshot: LocalSnapshot, hits: Sequence[Hit]) -> list[PassageRecord]:
    return snapshot.passages([hit.passage_id for hit in hits])
