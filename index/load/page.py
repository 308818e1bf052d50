"""Web pages: the article without the page around it, through trafilatura."""

import logging
import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from index.errors import UnreadableError
from index.load.admission import Reading
from index.load.markup import check_markup
from index.load.metadata import Metadata

_META_CHARSET = re.compile(rb"<(?:meta|\?xml)[^>]{0,500}?(?:charset|encoding)\s*=\s*[\"']?([\w-]+)")
_LANGUAGE = re.compile(r"<html\b[^>]{0,2000}?\slang\s*=\s*[\"']?([A-Za-z][\w-]*)", re.IGNORECASE)
_HEAD = 4_096  # characters of a page in which it says what it is
_TEMPLATE_LANGUAGE = "en"  # what page templates say of themselves, whatever they are filled with
_ENOUGH = 250  # characters below which a strict extraction may have missed the article
_NO_TEXT = "Save the article's text, or print the page to a PDF, and add that."
# Dates are taken from what the page declares: one that is guessed from its text may be any other.
_DATES = {"original_date": True, "extensive_search": False, "max_date": "2100-01-01"}

# What its loggers say is said again, with a remedy, in the errors of this module.
logging.getLogger("trafilatura").addHandler(logging.NullHandler())
logging.getLogger("htmldate").addHandler(logging.NullHandler())


@dataclass(frozen=True, slots=True)
class _Extract:
    text: str
    title: str | None = None
    source: str | None = None
    url: str | None = None
    published: str | None = None


def charset(html: bytes) -> str | None:
    """Return the encoding that a page declares in its first lines, None if it declares none."""
    match = _META_CHARSET.search(html[:_HEAD].lower())
    return match[1].decode("ascii", "replace") if match else None


def read(html: str, *, url: str | None = None) -> Reading:
    """Return the main text, one paragraph a line, and what the page says of itself.

    ``url`` is where the page was found. Raises UnreadableError for a page without an article and
    for one that would take minutes to read.
    """
    check_markup(html)
    extract = _extract(_whole(html), url)
    if not extract.text.strip():
        raise UnreadableError("The page holds no article text.", remedy=_NO_TEXT)
    if "\ufffd" in extract.text and "\ufffd" in html:
        raise UnreadableError("Some characters of the page are lost.", remedy=_NO_TEXT)
    language = _LANGUAGE.search(html[:_HEAD])
    declared = language[1].lower().split("-")[0] if language else None
    about = Metadata.found(
        title=extract.title,
        source=extract.source,
        url=_address(extract.url, url),
        published=extract.published,
        language=None if declared == _TEMPLATE_LANGUAGE else declared,
    )
    return Reading(extract.text.strip(), about)


def _whole(html: str) -> str:
    """Return a page; a fragment, as an editor's field holds it, is put into one."""
    if "<html" in html[:_HEAD].lower():
        return html
    return f"<html><body><article>{html}</article></body></html>"


def _extract(html: str, url: str | None) -> _Extract:
    """Return the strict extraction, or the generous one where the strict one finds little."""
    strict = _trafilatura(html, url, precise=True)
    if len(strict.text) >= _ENOUGH:
        return strict
    generous = _trafilatura(html, url, precise=False)
    return max(strict, generous, key=lambda extract: len(extract.text))


def _trafilatura(html: str, url: str | None, *, precise: bool) -> _Extract:
    from trafilatura import bare_extraction
    from trafilatura.xml import xmltotxt

    try:
        document = bare_extraction(
            html,
            url=url,
            favor_precision=precise,
            include_comments=False,
            include_tables=False,  # rows of figures are no sentences
            with_metadata=True,
            date_extraction_params=dict(_DATES),
        )
    except Exception as error:  # broken pages break it in ways of their own
        raise UnreadableError("The page's markup is broken.", remedy=_NO_TEXT) from error
    if document is None:
        return _Extract("")
    for item in document.body.iter("item"):
        item.tag = "p"  # a line of its own without a bullet, as everywhere else
    return _Extract(
        text=xmltotxt(document.body, include_formatting=False),
        title=document.title,
        source=document.sitename,
        url=document.url,
        published=document.date,
    )


def _address(canonical: str | None, found_at: str | None) -> str | None:
    """Return the page's own address where it speaks of this page, else where it was found.

    Pages name their front page, or another site, as canonical: believing that would make many
    articles one.
    """
    if found_at is None or canonical is None:
        return canonical or found_at
    own, here = urlsplit(canonical), urlsplit(found_at)
    same_site = _site(own.hostname) == _site(here.hostname)
    return canonical if same_site and own.path.strip("/") else found_at


def _site(host: str | None) -> str:
    return (host or "").lower().removeprefix("www.")
