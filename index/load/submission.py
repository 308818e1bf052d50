"""Articles that are handed over as text or HTML, with what their sender knows of them."""

from datetime import date

from index.article import Article
from index.errors import ArticleError
from index.load import identity, page
from index.load.admission import Reading, admit
from index.load.encoding import decode
from index.load.metadata import Metadata


def article_from_text(
    text: str,
    *,
    id: str | None = None,  # noqa: A002 - the name of the field
    title: str | None = None,
    source: str | None = None,
    url: str | None = None,
    published: date | str | None = None,
    language: str | None = None,
) -> Article:
    """Return an article whose text is ``text``, to the letter.

    Raises ArticleError for a text or a field that cannot be stored.
    """
    if not isinstance(text, str):
        raise ArticleError(f"text is a {type(text).__name__}.", remedy="Send text as a string.")
    about = Metadata.given(
        id=id, title=title, source=source, url=url, published=published, language=language
    )
    return admit(Reading(text, about), identity.of_url(about.url) or identity.of_text(text))


def article_from_html(
    html: str | bytes,
    *,
    id: str | None = None,  # noqa: A002 - the name of the field
    title: str | None = None,
    source: str | None = None,
    url: str | None = None,
    published: date | str | None = None,
    language: str | None = None,
) -> Article:
    """Return the article that a page holds; what is given wins over what the page says.

    Raises ArticleError for a field that cannot be stored, UnreadableError for a page without text.
    """
    given = Metadata.given(
        id=id, title=title, source=source, url=url, published=published, language=language
    )
    if isinstance(html, bytes):
        html = decode(html, declared=page.charset(html), mend=True)
    reading = page.read(html, url=given.url)
    about = given.over(reading.about)
    known = identity.of_url(about.url) or identity.of_text(reading.text)
    return admit(Reading(reading.text, about), known)
