"""What comes out of loading: an article, or the reason why there is none."""

from dataclasses import dataclass
from typing import TypeAlias

from index.article import Article
from index.errors import ArticleError


@dataclass(frozen=True, slots=True)
class Unread:
    """Something that did not become an article: a file, a line of one, a page, an entry."""

    origin: str  # "notes/a.docx", "dump.jsonl:17", "https://phare.example/a"
    error: ArticleError

    def __post_init__(self) -> None:
        # Both would keep in memory what was being read: a line of 32 MB, say, for each that is bad.
        self.error.__cause__ = self.error.__context__ = None
        self.error.__traceback__ = None


Loaded: TypeAlias = Article | Unread
