"""What a language model gets besides ``qa.answer.Answer``, and all of it in words."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from api.markdown import markdown
from qa.answer import Answer, Citation


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A passage that was found: ``text`` is characters ``start`` to ``end`` of the article."""

    article_id: str
    title: str | None
    source: str | None
    url: str | None
    published: date | None
    start: int
    end: int
    text: str
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Hits:
    """Passages, best first."""

    passages: tuple[Hit, ...]
    generation: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Excerpt:
    """An article, or a part of it: ``text`` is its characters ``start`` to ``end``."""

    article_id: str
    title: str | None
    source: str | None
    url: str | None
    published: date | None
    language: str
    sha256: str
    characters: int  # of the whole article
    start: int
    end: int
    text: str


_NONE_IN_SCOPE = (
    "No article is in scope: either there is none at all, or none passes the filters. Ask again "
    "with fewer filters; `source` has to be written exactly as the articles have it."
)


def answer_in_words(answer: Answer) -> str:
    """Return an answer with its quotes, and where in the articles they stand."""
    coverage = answer.coverage
    outcome = (
        f"status: {answer.status} · confidence: {answer.confidence:.2f} · read "
        f"{coverage.passages_read} passages, {coverage.articles_in_scope} articles in scope"
    )
    told = markdown(answer) if coverage.articles_in_scope else _NONE_IN_SCOPE
    return "\n\n".join((outcome, told, *_places(answer.citations or answer.nearest)))


def hits_in_words(hits: Hits) -> str:
    """Return passages as a numbered list."""
    if not hits.passages:
        return f"Nothing was found. {_NONE_IN_SCOPE}"
    return "\n\n".join(
        f"{rank}. {_about(hit)}\n{hit.text}" for rank, hit in enumerate(hits.passages, 1)
    )


def excerpt_in_words(excerpt: Excerpt) -> str:
    """Return an article with what is known of it, and how to go on where it was cut."""
    more = f"\n\n[Go on with start={excerpt.end}.]" if excerpt.end < excerpt.characters else ""
    return f"{_about(excerpt)} of {excerpt.characters}\n\n{excerpt.text}{more}"


def _places(citations: tuple[Citation, ...]) -> Iterator[str]:
    for number, each in enumerate(citations, 1):
        yield f"[^{number}] article_id {each.article_id}, characters {each.start}–{each.end}"


def _about(part: Hit | Excerpt) -> str:
    day = part.published.isoformat() if part.published else None
    known = " · ".join(each for each in (part.source, day, part.title, part.url) if each)
    place = f"article_id {part.article_id}, characters {part.start}–{part.end}"
    return f"{known} · {place}" if known else place
