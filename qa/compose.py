"""From evidence to an answer: points, quotes and numbered citations.

Sentences that say the same become one point with all their sources. Every quote is cut out of the
stored text by its offsets, and checked again, for every answer, before it leaves.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from index.article import Span
from index.protocols import PassageRecord, Snapshot
from qa.agreement import says_the_same, shown
from qa.answer import Citation, Point, Quote
from qa.context import understandable
from qa.evidence import Evidence
from qa.retrieve import Candidate

QUOTES_PER_POINT = 5  # the others are counted as sources, not printed
NEAREST = 3  # passages shown when there is no answer


class NotVerbatimError(AssertionError):
    """A quote is not what stands in the article: a fault of the program, never of its input."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Composition:
    """The parts of an answer that quote the articles."""

    answer: str
    points: tuple[Point, ...]
    citations: tuple[Citation, ...]


@dataclass(slots=True)
class Footnotes:
    """Citations in order of first use; the same slice of the same article is cited once."""

    citations: dict[tuple[str, int, int], Citation] = field(default_factory=dict)

    def cite(self, record: PassageRecord, span: Span) -> Citation:
        """Return the citation of a slice, numbered."""
        key = (record.article.id, span.start, span.end)
        if key not in self.citations:
            self.citations[key] = cut(record, span, number=len(self.citations) + 1)
        return self.citations[key]


def compose(
    evidence: Sequence[Evidence], snapshot: Snapshot, *, limit: int, within: float
) -> Composition:
    """Return at most ``limit`` points, the best evidence first; empty without evidence.

    A point may be ``within`` logits below the first.
    """
    footnotes = Footnotes()
    groups = near_the_first(same_said(evidence), within)
    points = tuple(point(group, snapshot, footnotes) for group in groups[:limit])
    return Composition(
        answer=" ".join(f"{guillemets(q.text)} [{q.citation}]" for p in points for q in p.quotes),
        points=points,
        citations=tuple(footnotes.citations.values()),
    )


def same_said(evidence: Iterable[Evidence]) -> list[list[Evidence]]:
    """Group sentences that say the same; the first of each group is its best."""
    groups: list[list[Evidence]] = []
    for one in evidence:
        for group in groups:
            if says_the_same(group[0], one):
                group.append(one)
                break
        else:
            groups.append([one])
    return groups


def near_the_first(groups: Sequence[list[Evidence]], within: float) -> list[list[Evidence]]:
    """Leave out the points that are more than ``within`` below the first.

    A sentence that is quoted anyway gives all its answers: « L'Italie et la Pologne ont refusé »
    makes two points, though Italy's own sentence elsewhere is far stronger.
    """
    near = [group for group in groups if group[0].score >= groups[0][0].score - within]
    there = {one.place for group in near for one in group}
    return [group for group in groups if any(one.place in there for one in group)]


def point(group: Sequence[Evidence], snapshot: Snapshot, footnotes: Footnotes) -> Point:
    """Return one answer with its quotes, one an article, the best first."""
    by_article: dict[str, Evidence] = {}
    for one in group:
        by_article.setdefault(one.record.article.id, one)
    quotes = [
        footnotes.cite(one.record, quoted(one, snapshot))
        for one in list(by_article.values())[:QUOTES_PER_POINT]
    ]
    return Point(
        short=shown(group[0]),
        quotes=tuple(Quote(text=q.text, citation=q.number) for q in quotes),
        independent_sources=len({one.record.group for one in by_article.values()}),
        score=group[0].score,
    )


def quoted(evidence: Evidence, snapshot: Snapshot) -> Span:
    """Return what to quote: the sentence, with the neighbours it needs to be understood."""
    article = evidence.record.article
    sentences = sorted({s for p in snapshot.passages_of(article.id) for s in p.sentences})
    return understandable(
        article.text, sentences, sentences.index(evidence.sentence), article.language
    )


def nearest(candidates: Sequence[Candidate]) -> tuple[Citation, ...]:
    """Return the closest passages, to show when they do not answer."""
    return tuple(
        cut(candidate.record, candidate.record.passage.span, number=0)
        for candidate in candidates[:NEAREST]
    )


def cut(record: PassageRecord, span: Span, *, number: int) -> Citation:
    """Cut a citation and check it. Raises NotVerbatimError."""
    citation = Citation.cut(record.article, record.sha256, span.start, span.end, number=number)
    if record.article.text[citation.start : citation.end] != citation.text:
        raise NotVerbatimError(f"{record.article.id}[{span.start}:{span.end}]")
    if record.article.sha256 != record.sha256:
        raise NotVerbatimError(f"{record.article.id} is not version {record.sha256}")
    return citation


def guillemets(text: str) -> str:
    """Return the text in guillemets; as it is where it has them around the whole of it."""
    whole = text.startswith("«") and text.endswith("»") and not set(text[1:-1]) & {"«", "»"}
    return text if whole else f"« {text} »"
