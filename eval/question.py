"""What is asked, and what would be right: the nouns of every question set.

A question has *facets*, one for each of its answers ("which countries refuse?": Italy, Poland); a
facet has every place that gives it. A plain question has one facet, an unanswerable one has none.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from index.article import Article
from index.protocols import NO_FILTERS, Filters
from qa.answer import Turn


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One slice of an article that gives an answer: an answering span, or a whole sentence."""

    article_id: str
    start: int
    end: int

    def overlaps(self, article_id: str, start: int, end: int) -> bool:
        """Whether a slice of an article shares a character with this one."""
        return article_id == self.article_id and self.start < end and start < self.end


@dataclass(frozen=True, slots=True, kw_only=True)
class Facet:
    """One answer: every place that gives it, and the short texts that are counted as it."""

    name: str
    places: tuple[Place, ...]
    shorts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question of a set, with what would be right."""

    id: str
    text: str
    language: str
    kind: str = "fact"  # fact, list, yes_no, number, date, place, who_said, reason, follow_up, …
    facets: tuple[Facet, ...] = ()
    relevant: Mapping[str, int] = field(default_factory=dict)  # grade by article id (BEIR)
    history: tuple[Turn, ...] = ()
    standalone: str | None = None  # a follow-up, asked in full
    close: bool = False  # unanswerable, though the articles come close to it
    written_for: str | None = None  # id of the article it was asked about, answered there or not
    scope: Filters = NO_FILTERS

    @property
    def in_full(self) -> str:
        """The question as it would be asked without what came before."""
        return self.standalone or self.text

    @property
    def answerable(self) -> bool:
        """Whether anything in the articles answers it."""
        return bool(self.facets or self.relevant)

    @property
    def places(self) -> tuple[Place, ...]:
        """All places of all facets."""
        return tuple(place for facet in self.facets for place in facet.places)

    @property
    def grades(self) -> Mapping[str, int]:
        """Relevance by article id: as judged, or 1 for every article that answers."""
        return self.relevant or {place.article_id: 1 for place in self.places}


@dataclass(frozen=True, slots=True, kw_only=True)
class Collection:
    """Articles to search, and the questions over them."""

    name: str
    articles: tuple[Article, ...]
    questions: tuple[Question, ...]
    left_out: Mapping[str, int] = field(default_factory=dict)  # what was of no use, by reason
