"""Questions with the sentences that were read for them, as arrays that the reader learns from."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

from eval.tasks import Task
from index.protocols import Vector
from qa.engine import Engine
from qa.features import Features, features
from qa.features import Matrix as Floats
from qa.retrieve import Question

Rows = npt.NDArray[np.int32]
Flags = npt.NDArray[np.bool_]

PASSAGES = 20  # read per question, as the engine does


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """One question, the sentences read for it, and which of them hold the answer."""

    question: Vector  # (dimension,)
    scalars: Floats  # (sentences, len(qa.features.SCALARS))
    surface: Floats  # (sentences, qa.surface.COUNT)
    sentences: Rows  # (sentences,): rows of the table of vectors
    passages: Rows  # (sentences,): the same, of the passage that each stands in
    right: Flags  # (sentences,)
    document: int  # number of the paragraph, the same in all languages of a set
    found: int  # rank of the passage that answers, from 1; 0 if it was not retrieved


@dataclass(frozen=True, slots=True)
class Examples:
    """Examples and the vectors that their rows point to, each kept once."""

    examples: Sequence[Example]
    vectors: Floats  # (rows, dimension)

    def of(self, keep: Iterable[bool]) -> "Examples":
        """Return the examples to keep, with the same vectors."""
        return Examples(
            [e for e, kept in zip(self.examples, keep, strict=True) if kept], self.vectors
        )

    def save(self, path: Path) -> None:
        """Write everything to one file."""
        with path.open("wb") as file:
            np.savez(
                file,
                allow_pickle=False,
                vectors=self.vectors,
                question=np.stack([e.question for e in self.examples]),
                counts=np.array([len(e.right) for e in self.examples]),
                document=np.array([e.document for e in self.examples]),
                found=np.array([e.found for e in self.examples]),
                **{
                    name: np.concatenate([getattr(e, name) for e in self.examples]) for name in ROWS
                },
            )

    @classmethod
    def load(cls, path: Path) -> "Examples":
        """Read a file that ``save`` wrote."""
        with np.load(path) as arrays:
            data: Mapping[str, npt.NDArray[np.generic]] = dict(arrays)
        ends = np.cumsum(data["counts"])[:-1]
        columns = {name: np.split(data[name], ends) for name in ROWS}
        return cls(
            [
                Example(
                    question=question,
                    document=int(document),
                    found=int(found),
                    **{name: columns[name][row] for name in ROWS},
                )
                for row, (question, document, found) in enumerate(
                    zip(data["question"], data["document"], data["found"], strict=True)
                )
            ],
            np.asarray(data["vectors"], dtype=np.float32),
        )


ROWS = ("scalars", "surface", "sentences", "passages", "right")


def joined(parts: Sequence[Examples]) -> Examples:
    """Return all examples of the parts over one table of vectors."""
    starts = np.cumsum([0, *(len(part.vectors) for part in parts)], dtype=np.int32)
    examples = [
        replace(e, sentences=e.sentences + start, passages=e.passages + start)
        for part, start in zip(parts, starts[:-1], strict=True)
        for e in part.examples
    ]
    return Examples(examples, np.concatenate([part.vectors for part in parts]))


@dataclass(slots=True)
class Table:
    """Vectors by key, each kept once."""

    rows: dict[tuple[str, int, int, bool], int] = field(default_factory=dict)
    vectors: list[Vector] = field(default_factory=list)

    def row(self, key: tuple[str, int, int, bool], vector: Vector) -> int:
        """Return the row of a vector, a new one if the key is new."""
        if key not in self.rows:
            self.rows[key] = len(self.vectors)
            self.vectors.append(np.array(vector))
        return self.rows[key]


def gather(engine: Engine, tasks: Iterable[Task]) -> Examples:
    """Retrieve for every task and describe what was found; tasks without passages are left out."""
    table = Table()
    understood: dict[str, Question] = {}
    examples = list(read(engine, tasks, table, understood))
    return Examples(examples, np.stack(table.vectors))


def read(
    engine: Engine, tasks: Iterable[Task], table: Table, understood: dict[str, Question]
) -> Iterator[Example]:
    """Yield an example a task; vectors go to the table, each question is embedded once."""
    for task in tasks:
        if task.question not in understood:
            understood[task.question] = engine.understand(task.question)
        question = understood[task.question]
        with engine.store.snapshot() as snapshot:
            candidates = engine.candidates(question, snapshot, task.scope, PASSAGES)
            if not candidates:
                continue
            given = features(question, candidates, snapshot)
        holding = (
            rank
            for rank, candidate in enumerate(candidates, start=1)
            if task.holds(candidate.record.article.id, candidate.record.passage.span)
        )
        yield Example(
            question=question.vector,
            scalars=given.scalars,
            surface=given.surface,
            right=np.array([task.holds(s.record.article.id, s.span) for s in given.sentences]),
            document=task.document,
            found=next(holding, 0),
            **vector_rows(given, table),
        )


def vector_rows(given: Features, table: Table) -> dict[str, Rows]:
    """Return the rows of the vectors of each sentence and of its passage."""
    sentences, passages = [], []
    for sentence in given.sentences:
        article, passage = sentence.record.article.id, sentence.record.passage
        key = (article, sentence.span.start, sentence.span.end, False)
        sentences.append(table.row(key, sentence.vector))
        key = (article, passage.start, passage.end, True)
        passages.append(table.row(key, sentence.record.vector))
    return {
        "sentences": np.array(sentences, dtype=np.int32),
        "passages": np.array(passages, dtype=np.int32),
    }
