"""Which questions a figure is of: all, or those of one language, kind, or pair of languages."""

from collections.abc import Iterator
from dataclasses import dataclass

from eval.record import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Slice:
    """Some of the questions of a run.

    ``by`` is ``all``, ``language`` (of the question), ``kind`` or ``pair``. The value of a pair is
    the question's language, then that of the articles that answer it: ``en-de``, or ``en-several``
    where articles in several languages do. So a question is in one slice of each sort, and one
    without an answer in no pair.
    """

    by: str
    value: str = ""

    def __str__(self) -> str:
        return f"{self.by}={self.value}" if self.value else self.by


ALL = Slice(by="all")
SEVERAL = "several"


def slices_of(record: Record) -> Iterator[Slice]:
    """Yield the slices that a question is in."""
    yield ALL
    yield Slice(by="language", value=record.question.language)
    yield Slice(by="kind", value=record.question.kind)
    if record.languages:
        answering = record.languages[0] if len(record.languages) == 1 else SEVERAL
        yield Slice(by="pair", value=f"{record.question.language}-{answering}")
