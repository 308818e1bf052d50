"""How an index is: counts, sizes, and what is not as it should be."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from index.folder import DAMAGED, DataFolder
from index.generation import Generation
from index.protocols import NO_FILTERS
from index.scope import Scope


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """What there is to know of an index without looking at each article."""

    generation: int
    articles: int
    passages: int
    sentences: int  # in passages; one that two passages share counts twice
    languages: Mapping[str, int]  # passages of each, most first
    sources: int  # outlets
    segments: int
    tombstones: int  # rows of deleted passages that no merge has dropped yet
    bytes_on_disk: Mapping[str, int]  # by part: catalog, vectors, terms
    model: str
    fingerprint: str
    dimension: int
    degraded: tuple[str, ...]  # what is not as it should be, a sentence each; empty when all is


def status_of(folder: DataFolder, generation: Generation) -> Status:
    """Return how the index is in this generation."""
    columns, built = generation.columns, generation.state.built
    everything = Scope(columns, NO_FILTERS, None)
    alive = [(opened, columns.owner[opened.ids] > 0) for opened in generation.segments]
    return Status(
        generation=generation.state.generation,
        articles=everything.count_articles,
        passages=int(np.count_nonzero(columns.owner)),
        sentences=sum(int(opened.segment.sentence_counts[mask].sum()) for opened, mask in alive),
        languages=everything.languages(),
        sources=len(everything.sources()),
        segments=len(alive),
        tombstones=sum(int(np.count_nonzero(~mask)) for _, mask in alive),
        bytes_on_disk=sizes(folder),
        model=built.model,
        fingerprint=built.fingerprint,
        dimension=built.dimension,
        degraded=tuple(complaints(folder, generation)),
    )


def complaints(folder: DataFolder, generation: Generation) -> list[str]:
    """Return what is not as it should be, a sentence each with what to do."""
    found = [
        f"{damaged.complaint} Its passages are found by their words only;"
        f" embed them again: pullquote --data {folder.path} rebuild"
        for damaged in generation.damaged
    ]
    if not generation.damaged and (lost := len(generation.lost())):
        found.append(
            f"{lost} passages have lost their vectors and are found by their words only;"
            f" embed them again: pullquote --data {folder.path} rebuild"
        )
    if not generation.is_in_step:
        found.append(
            "The lexical index is behind the catalog: the newest passages are found by their"
            f" meaning only; mend it: pullquote --data {folder.path} doctor --repair"
        )
    return found


def sizes(folder: DataFolder) -> dict[str, int]:
    """Return the bytes on disk of each part."""
    catalog = [p for p in folder.path.glob(f"{folder.catalog.name}*") if p.is_file()]
    return {
        "catalog": sum(map(_size, catalog)),
        "vectors": sum(map(_size, folder.vectors.glob("*"))),
        "terms": sum(map(_size, folder.terms.glob("*"))),
    }


def set_aside(folder: DataFolder) -> list[Path]:
    """Return the damaged files that were set aside."""
    return sorted(folder.vectors.glob(f"*{DAMAGED}"))


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except FileNotFoundError:  # merged away in this very moment
        return 0
