"""What comes in over HTTP: strict, bounded, and turned into the nouns of ``index`` and ``qa``."""

from datetime import date
from typing import Annotated

from msgspec import Meta, Struct

from index.load.metadata import LONGEST_ID, LONGEST_LABEL
from index.protocols import NO_FILTERS, Filters
from qa.answer import LONGEST_QUESTION, Claim, Turn

MOST_POINTS = 50
MOST_PASSAGES = 100
MOST_CLAIMS = 1_000
MOST_TURNS = 1_000  # of which the latest few are looked at


Question = Annotated[
    str,
    Meta(
        min_length=1,
        max_length=LONGEST_QUESTION,
        description="In any language.",
        examples=["which countries refuse to send troops?"],
    ),
]
ArticleId = Annotated[str, Meta(min_length=1, max_length=LONGEST_ID)]
Name = Annotated[str, Meta(min_length=1, max_length=LONGEST_LABEL)]
Language = Annotated[
    str, Meta(pattern="^[a-z]{2,3}$", description="ISO 639 code, such as fr", examples=["fr"])
]
Day = Annotated[date, Meta(description="Such as 2026-01-31")]


class _Request(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """A body, or a part of one, in which a misspelt name is refused."""


class FilterFields(_Request, frozen=True):
    """Which articles to ask. What is left out does not restrict; dates are inclusive."""

    source: Annotated[
        tuple[Name, ...],
        Meta(max_length=100, description="Outlets, exactly as `source` of the articles has them"),
    ] = ()
    language: Annotated[
        tuple[Language, ...],
        Meta(max_length=100, description="Languages of the articles, not of the question"),
    ] = ()
    article_ids: Annotated[
        tuple[ArticleId, ...], Meta(max_length=10_000, description="Only these articles, by id")
    ] = ()
    published_from: Annotated[Day | None, Meta(description="First day of publication")] = None
    published_to: Annotated[Day | None, Meta(description="Last day of publication")] = None

    def __post_init__(self) -> None:
        first, last = self.published_from, self.published_to
        if first is not None and last is not None and first > last:
            raise ValueError(f"published_from ({first}) is after published_to ({last})")

    def filters(self) -> Filters:
        """Return the filters as the store takes them."""
        return Filters(
            source=self.source,
            language=self.language,
            article_ids=self.article_ids,
            published_from=self.published_from,
            published_to=self.published_to,
        )


class TurnFields(_Request, frozen=True):
    """An earlier question of the conversation, and what was answered."""

    question: Question
    answer: Annotated[str, Meta(max_length=100_000)]


class Ask(_Request, frozen=True):
    """A question to the articles."""

    question: Question
    limit: (
        Annotated[
            int, Meta(ge=1, le=MOST_POINTS, description="Points at most; left out: the setting")
        ]
        | None
    ) = None
    history: Annotated[
        tuple[TurnFields, ...],
        Meta(
            max_length=MOST_TURNS,
            description="The conversation so far, oldest first: it completes a follow-up question.",
        ),
    ] = ()
    filters: FilterFields | None = None

    def turns(self) -> tuple[Turn, ...]:
        """Return the history as the engine takes it."""
        return tuple(Turn(question=each.question, answer=each.answer) for each in self.history)

    def scope(self) -> Filters:
        """Return the filters, those that restrict nothing if there are none."""
        return NO_FILTERS if self.filters is None else self.filters.filters()


class ArticleFields(_Request, frozen=True):
    """An article to be stored: its text, or a page in HTML that holds it.

    Whether its fields can be used is for ``index.load`` to say.
    """

    text: Annotated[str, Meta(description="The article, as plain text")] | None = None
    html: Annotated[str, Meta(description="The web page that holds the article")] | None = None
    id: (
        Annotated[
            str,
            Meta(description="Yours, or made from the URL or the text. It names the article."),
        ]
        | None
    ) = None
    title: str | None = None
    source: Annotated[str, Meta(description="The outlet")] | None = None
    url: Annotated[str, Meta(description="https://… or http://…")] | None = None
    published: Annotated[str, Meta(description="A day or a time in ISO 8601")] | None = None
    language: Annotated[str, Meta(description="ISO 639 code; left out: detected")] | None = None

    def __post_init__(self) -> None:
        if (self.text is None) == (self.html is None):
            raise ValueError("send either text or html")
        if self.id is not None and self.id and not self.id.strip("/"):
            raise ValueError("id is nothing but slashes, which no address can name")


class AddArticles(_Request, frozen=True):
    """Articles to be stored, all or none."""

    articles: Annotated[tuple[ArticleFields, ...], Meta(min_length=1)]


class FetchPage(_Request, frozen=True):
    """An address of the open web: a page, a PDF, or a feed of articles."""

    url: Annotated[
        str,
        Meta(min_length=1, max_length=4_000, examples=["https://example.org/news/story.html"]),
    ]


class AddSamples(_Request, frozen=True):
    """Nothing: which articles the samples are is known."""


class ClaimFields(Struct, frozen=True, kw_only=True):
    """A citation. It may be sent whole, as an answer gave it: other fields are passed over."""

    article_id: ArticleId
    sha256: Annotated[str, Meta(pattern="^[0-9a-f]{64}$")]
    start: Annotated[int, Meta(ge=0, le=2**31)]
    end: Annotated[int, Meta(ge=1, le=2**31)]
    text: Annotated[str, Meta(min_length=1, max_length=100_000)]

    def claim(self) -> Claim:
        """Return the claim as the engine takes it."""
        return Claim(
            article_id=self.article_id,
            sha256=self.sha256,
            start=self.start,
            end=self.end,
            text=self.text,
        )


class Verify(_Request, frozen=True):
    """Citations that somebody holds and wants checked."""

    citations: Annotated[tuple[ClaimFields, ...], Meta(min_length=1, max_length=MOST_CLAIMS)]
