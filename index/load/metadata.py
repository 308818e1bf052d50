"""What is known of an article besides its text: given by its sender, or found in the source."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from math import isfinite
from typing import Self, TypeVar
from urllib.parse import urlsplit

from index.article import UNDETERMINED
from index.errors import ArticleError
from index.load.dates import day

LONGEST_ID = 512  # characters
LONGEST_LABEL = 1_000
LONGEST_URL = 4_096
_LANGUAGE = re.compile(r"([a-z]{2,3})(?:[-_][a-z0-9-_]+)?", re.IGNORECASE | re.ASCII)
_SAME_LANGUAGE = {"no": "nb"}  # as language detection names it
_NOT_IN_A_URL = re.compile(r"[\s\x00-\x20\x7f<>\"]")
_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """The fields of an article that are not its text; None where nothing is known."""

    id: str | None = None
    title: str | None = None
    source: str | None = None
    url: str | None = None
    published: date | None = None
    language: str | None = None

    @classmethod
    def given(
        cls,
        *,
        id: object = None,  # noqa: A002 - the name of the field
        title: object = None,
        source: object = None,
        url: object = None,
        published: object = None,
        language: object = None,
    ) -> Self:
        """Check what a sender says. Raises ArticleError for the first value that is none."""
        return cls(
            id=_id(id),
            title=_title(title),
            source=_source(source),
            url=_url(url),
            published=day(published),
            language=_language(language),
        )

    @classmethod
    def found(
        cls,
        *,
        title: object = None,
        source: object = None,
        url: object = None,
        published: object = None,
        language: object = None,
    ) -> Self:
        """Keep what makes sense of a page's own claims, and drop the rest."""
        return cls(
            title=_if_sound(_title, title),
            source=_if_sound(_source, source),
            url=_if_sound(_url, url),
            published=_if_sound(day, published),
            language=_if_sound(_language, language),
        )

    def over(self, other: "Metadata") -> "Metadata":
        """Return these values, with those of ``other`` where there is none."""
        return Metadata(
            id=self.id or other.id,
            title=self.title or other.title,
            source=self.source or other.source,
            url=self.url or other.url,
            published=self.published or other.published,
            language=self.language or other.language,
        )


NOTHING_KNOWN = Metadata()


def _if_sound(check: Callable[[object], _Value | None], value: object) -> _Value | None:
    try:
        return check(value)
    except ArticleError:
        return None


def _id(value: object) -> str | None:
    text = _text("id", value)
    if text is None:
        return None
    if not text.strip():
        raise ArticleError("id is empty.", remedy="Leave it out, and the article gets one.")
    if len(text) > LONGEST_ID:
        raise ArticleError(
            f"id has {len(text)} characters.", remedy=f"Give one of at most {LONGEST_ID}."
        )
    if not text.isprintable() or text in {".", ".."}:  # both would be lost on the way in a URL
        raise ArticleError(
            f"{text!a} cannot be an id.",
            remedy="Use letters, digits and punctuation, no line breaks or control characters.",
        )
    return text


def _title(value: object) -> str | None:
    return _label("title", value)


def _source(value: object) -> str | None:
    return _label("source", value)


def _label(field: str, value: object) -> str | None:
    """Return one line: a title is shown in lists and on terminals, where controls do harm."""
    text = _text(field, value)
    if text is None:
        return None
    shown = "".join(sign if sign.isprintable() else " " for sign in text)
    line = " ".join(shown.split())
    if len(line) > LONGEST_LABEL:
        raise ArticleError(
            f"{field} has {len(line)} characters.", remedy=f"Give at most {LONGEST_LABEL}."
        )
    return line or None


def _url(value: object) -> str | None:
    text = _text("url", value)
    if text is None or not text.strip():
        return None
    url = text.strip()
    try:
        parts = urlsplit(url)
        sound = parts.scheme in {"http", "https"} and parts.hostname and parts.port != 0
        sound = sound and parts.username is None and not _NOT_IN_A_URL.search(url)
    except ValueError:  # a port that is none, half a bracket
        sound = False
    if not sound or len(url) > LONGEST_URL:
        raise ArticleError(
            f"url is {url[:80]!a}, which is no address of an article.",
            remedy="url must be a full address like https://example.org/a, without a password.",
        )
    return url


def _language(value: object) -> str | None:
    text = _text("language", value)
    if text is None or not text.strip():
        return None
    match = _LANGUAGE.fullmatch(text.strip())
    if match is None:
        raise ArticleError(
            f"language is {text[:40]!a}, which is no language code.",
            remedy="language must be a code like fr, en or pt-BR.",
        )
    code = _SAME_LANGUAGE.get(match[1].lower(), match[1].lower())
    return None if code == UNDETERMINED else code


def _text(field: str, value: object) -> str | None:
    if value is None:
        return None
    if isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value):
        return str(value)  # {"id": 17}
    if not isinstance(value, str):
        raise ArticleError(f"{field} is a {type(value).__name__}.", remedy=f"Give {field} as text.")
    if not value.isprintable() and any("\ud800" <= sign <= "\udfff" for sign in value):
        raise ArticleError(
            f"{field} holds half a character (an unpaired surrogate).",
            remedy="Decode the text correctly before it is sent.",
        )
    return value
