"""What a question comes back with. Field names and order are those of the HTTP contract."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Self
from urllib.parse import quote

from index.article import Article

LONGEST_QUESTION = 2_000  # characters; the embedder reads 512 tokens


class Status(StrEnum):
    """The three outcomes of a question."""

    ANSWERED = "answered"
    WEAK = "weak"
    NO_ANSWER = "no_answer"


class Verdict(StrEnum):
    """What has become of a citation since it was given."""

    EXACT = "exact"  # the same words stand at the same place
    MOVED = "moved"  # the same words stand at another place
    CHANGED = "changed"  # the article is there, the words are not
    GONE = "gone"  # the article is not there


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """A slice of one version of one article: ``article.text[start:end] == text``."""

    number: int  # from 1, in order of first use; 0 among the nearest passages
    article_id: str
    sha256: str
    title: str | None
    source: str | None
    url: str | None
    published: date | None
    language: str
    start: int
    end: int
    text: str
    link: str | None

    @classmethod
    def cut(cls, article: Article, sha256: str, start: int, end: int, *, number: int) -> Self:
        """Cut the slice and describe it. Raises ValueError if it is none of the article's."""
        if not 0 <= start < end <= len(article.text):
            raise ValueError(f"[{start}, {end}) is not a slice of article {article.id!r}")
        text = article.text[start:end]
        return cls(
            number=number,
            article_id=article.id,
            sha256=sha256,
            title=article.title,
            source=article.source,
            url=article.url,
            published=article.published,
            language=article.language,
            start=start,
            end=end,
            text=text,
            link=fragment_link(article.url, text),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """The words of one citation, in the place where the answer uses them."""

    text: str
    citation: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One of the answers to a question, with every source that gives it."""

    short: str | None
    quotes: tuple[Quote, ...]
    independent_sources: int  # near-duplicates count once
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """What was looked at to answer."""

    passages_read: int
    articles_matched: int
    articles_in_scope: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """Milliseconds spent in each stage of one question."""

    embed: float
    retrieve: float
    read: float
    compose: float
    total: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The articles' own words on a question, or the statement that there are none."""

    question: str
    understood_as: str | None = None  # a follow-up in full; None for one that was taken as it is
    language: str
    status: Status
    confidence: float  # probability in [0, 1] that the first quote answers the question
    answer: str
    points: tuple[Point, ...]
    citations: tuple[Citation, ...]
    nearest: tuple[Citation, ...]
    coverage: Coverage
    generation: int
    timing_ms: Timing


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundPassage:
    """A passage with the scores that ranked it."""

    article_id: str
    start: int
    end: int
    text: str
    dense: float  # cosine with the question
    lexical: float  # BM25; 0 when no word matches
    score: float  # the fusion of both: what the order follows


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The ranked passages of a search, best first."""

    passages: tuple[FoundPassage, ...]
    generation: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One earlier question of a conversation and what it was answered."""

    question: str
    answer: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A citation somebody holds and wants checked."""

    article_id: str
    sha256: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """The verdict on one claim; where the words stand now, when they do."""

    article_id: str
    verdict: Verdict
    start: int | None
    end: int | None
    sha256: str | None  # of the version that is stored now


def fragment_link(url: str | None, text: str) -> str | None:
    """Return ``url`` with a text fragment that makes a browser open the page at ``text``.

    Syntax of the WICG's "URL Fragment Text Directives": a long quote is given by its first and its
    last words. None without an http(s) address.
    """
    if url is None or not url.startswith(("http://", "https://")):
        return None
    words = text.split()
    if len(words) <= 8:
        directive = _escape(" ".join(words))
    else:
        directive = f"{_escape(' '.join(words[:4]))},{_escape(' '.join(words[-4:]))}"
    return f"{url.split('#', 1)[0]}#:~:text={directive}"


def _escape(text: str) -> str:
    # "-", "," and "&" have a meaning in the directive; quote() leaves "-" alone.
    return quote(text, safe="").replace("-", "%2D")
