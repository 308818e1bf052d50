"""The nouns of the index: an article, and the slices of it that everything else speaks of.

Offsets are half-open and count Unicode code points of ``Article.text``, as Python does. The text of
an article never changes once it has an identity: what is not the article's own words (share
buttons, hashtags, "read also") is left out by *span*, never cut from the text, so that an offset is
valid in the stored text and in the copy its sender holds.
"""

import hashlib
from dataclasses import dataclass
from datetime import date

UNDETERMINED = "und"  # ISO 639-2 code for "no language could be told"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """The characters ``[start, end)`` of a text; never empty."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"[{self.start}, {self.end}) is not a span")

    def of(self, text: str) -> str:
        """Return the characters of ``text`` that the span covers."""
        if self.end > len(text):
            raise ValueError(f"[{self.start}, {self.end}) ends after a text of {len(text)}")
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One article as it was received, with what is known of it."""

    id: str
    text: str
    title: str | None = None
    source: str | None = None  # the outlet: "Le Monde"
    url: str | None = None
    published: date | None = None
    language: str = UNDETERMINED  # ISO 639-1 where there is one

    def __post_init__(self) -> None:
        if not self.id:
            raise ValueError("an article needs an id")
        if not self.text:
            raise ValueError(f"article {self.id!r} has no text")

    @property
    def sha256(self) -> str:
        """The version: hexadecimal SHA-256 of the text in UTF-8."""
        return hashlib.sha256(self.text.encode()).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """Whole sentences that stand next to each other: the unit of retrieval.

    ``start`` is the start of the first sentence and ``end`` the end of the last.
    """

    sentences: tuple[Span, ...]

    def __post_init__(self) -> None:
        if not self.sentences:
            raise ValueError("a passage holds at least one sentence")

    @property
    def start(self) -> int:
        """First character of the first sentence."""
        return self.sentences[0].start

    @property
    def end(self) -> int:
        """One past the last character of the last sentence."""
        return self.sentences[-1].end

    @property
    def span(self) -> Span:
        """The whole passage as one span."""
        return Span(self.start, self.end)
