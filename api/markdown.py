"""An answer as Markdown: quotes as block quotes, their sources as numbered footnotes.

For whoever shows Markdown and knows nothing of our JSON: chat programs and language models.
Footnotes are those of GitHub's Markdown, and readable where a program does not know them.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from qa.answer import Answer, Citation, Point, Status

SHOWN = 300  # characters of a passage that does not answer
_BREAKABLE = re.compile(r"[ \t\n\r\f\v\u2028\u2029]+")  # not the no-break spaces of French
_MARKS = re.compile(r"[\\`*_\[\]<>&~|$^]")
_LINE_MARK = re.compile(r"^(?:([#+=-])|(\d{1,9})([.)]))")  # at the start of a line only
_ESCAPED = re.compile(r"\\([\\`*_\[\]<>&~|$^#+=.)-])")
_REFERENCE = re.compile(r" \[\^\d+\]$")
_OF_ADDRESS = re.compile(r"[\s()<>\\]")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Words:
    weak: str
    nothing: str
    nearest: str
    no_article: str
    sources: str
    understood: str


_ENGLISH = _Words(
    weak="Something here may answer that. Judge by the quotes in their articles.",
    nothing="Nothing in the articles answers that.",
    nearest="The nearest passages, which do not answer it:",
    no_article="There is no article to ask, or none that passes the filters.",
    sources="{} independent sources",
    understood="*Understood as: {}*",
)
_FRENCH = _Words(
    weak="Ceci répond peut-être à la question. Jugez-en par les citations, dans leurs articles.",
    nothing="Rien dans les articles ne répond à cette question.",
    nearest="Les passages les plus proches, qui n'y répondent pas :",
    no_article="Il n'y a aucun article à interroger, ou aucun qui passe les filtres.",
    sources="{} sources indépendantes",
    understood="*Question comprise ainsi : {}*",
)
_WORDS = {"fr": _FRENCH}  # by the question's language; English for the others


def blocks(answer: Answer) -> Iterator[str]:
    """Yield the blocks of an answer, to be joined by blank lines."""
    words = _WORDS.get(answer.language, _ENGLISH)
    if answer.understood_as is not None:
        yield words.understood.format(escaped(answer.understood_as))
    if answer.status is Status.NO_ANSWER:
        yield from _refusal(answer, words)
        return
    if answer.status is Status.WEAK:
        yield words.weak
    texts = {citation.number: citation for citation in answer.citations}
    for point in answer.points:
        yield from _heading(point, words)
        for quote in point.quotes:
            yield _quotation(quote.text, quote.citation)
    yield from _footnotes(tuple(texts.values()))


def markdown(answer: Answer) -> str:
    """Return an answer as Markdown."""
    return "\n\n".join(blocks(answer))


def quotes_of(text: str) -> str:
    """Return the quotes of a text that ``markdown`` made, one a line; another text as it is."""
    lines = [line[2:] for line in text.splitlines() if line.startswith("> ")]
    quotes = [_ESCAPED.sub(r"\1", _REFERENCE.sub("", line)) for line in lines]
    return "\n".join(quotes) if quotes else text


def escaped(text: str) -> str:
    """Return a text on one line, so that Markdown shows it as it is."""
    line = _MARKS.sub(r"\\\g<0>", folded(text))
    return _LINE_MARK.sub(lambda at: f"\\{at[1]}" if at[1] else f"{at[2]}\\{at[3]}", line)


def folded(text: str) -> str:
    """Return a text on one line."""
    return _BREAKABLE.sub(" ", text).strip(" ")


def _refusal(answer: Answer, words: _Words) -> Iterator[str]:
    if answer.coverage.articles_in_scope == 0:
        yield words.no_article
        return
    yield words.nothing
    if answer.nearest:
        yield words.nearest
    for number, citation in enumerate(answer.nearest, 1):
        yield _quotation(_beginning(citation.text), number)
    yield from _footnotes(answer.nearest)


def _heading(point: Point, words: _Words) -> Iterator[str]:
    short = f"**{escaped(point.short)}**" if point.short else ""
    sources = words.sources.format(point.independent_sources)
    several = f"({sources})" if point.independent_sources > 1 else ""
    if short or several:
        yield f"{short} {several}".strip()


def _quotation(text: str, number: int) -> str:
    return f"> {escaped(text)} [^{number}]"


def _footnotes(citations: Sequence[Citation]) -> Iterator[str]:
    for number, citation in enumerate(citations, 1):
        yield f"[^{number}]: {_source(citation)}"


def _source(citation: Citation) -> str:
    """Return outlet, date and title, as far as they are known, and the article's id if not.

    It is never one word alone: a program without footnotes would take that for the address of a
    link, and show nothing.
    """
    title = escaped(citation.title or "")
    if citation.link:
        title = f"[{title or 'article'}]({_address(citation.link)})"
    elif title:
        title = f"*{title}*"
    day = citation.published.isoformat() if citation.published else ""
    known = [each for each in (escaped(citation.source or ""), day, title) if each]
    return ", ".join(
        known if len(known) > 1 else (*known, f"article {escaped(citation.article_id)}")
    )


def _address(link: str) -> str:
    return _OF_ADDRESS.sub(lambda at: "".join(f"%{byte:02X}" for byte in at[0].encode()), link)


def _beginning(text: str) -> str:
    line = folded(text)
    return line if len(line) <= SHOWN else f"{line[:SHOWN].rpartition(' ')[0] or line[:SHOWN]} …"
