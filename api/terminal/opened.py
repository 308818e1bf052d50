"""A quote in its article: the text around it, with the quote marked where it stands."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from rich.text import Text

from api.terminal.citation import byline
from api.terminal.paragraph import broken
from api.terminal.screen import harmless, inert
from index.article import Article, Span

MARKED = "bold black on yellow"
OTHER = "underline"  # further quotes of the same article
FRAME = 8  # lines of a terminal that are not for the article's text


def opened_lines(
    article: Article, quote: Span, others: Sequence[Span], *, width: int, height: int | None
) -> Iterator[Text]:
    """Return an article with a quote marked; around the quote only where it is too high.

    ``height`` counts the lines that there are room for; None for any number of them.
    """
    if article.title:
        yield from broken(Text(inert(article.title), "bold"), width)
    known = " · ".join(byline(article.source, article.published, None))
    for each in filter(None, (known, inert(article.url or ""), inert(article.id))):
        yield Text(each, "dim")
    yield Text("")
    lines = list(_lines(article.text, quote, others, width))
    first, last = _window(lines, height)
    if first:
        yield Text(f"⋮ {first:,} lines above", "dim")
    yield from (line for line, _ in lines[first:last])
    if last < len(lines):
        yield Text(f"⋮ {len(lines) - last:,} lines below", "dim")


def with_signs(article: Article, quote: Span) -> tuple[Article, Span]:
    """Return the article with signs around the quote, for where there are no colours."""
    before, after = article.text[: quote.start], article.text[quote.end :]
    words = f">>> {quote.of(article.text)} <<<"
    marked = replace(article, text=f"{before}{words}{after}")
    return marked, Span(quote.start, quote.start + len(words))


def _lines(
    text: str, quote: Span, others: Sequence[Span], width: int
) -> Iterator[tuple[Text, bool]]:
    """Yield the lines of a text, each with whether the quote stands in it."""
    start = 0
    for raw in text.splitlines(keepends=True):
        line = Text(harmless(raw.rstrip()))
        for span in others:
            line.stylize(OTHER, max(0, span.start - start), max(0, span.end - start))
        line.stylize(MARKED, max(0, quote.start - start), max(0, quote.end - start))
        place = start
        for piece in broken(line, width):
            here = place < quote.end and quote.start < place + len(piece)
            yield piece, here
            place = start + line.plain.find(piece.plain, place - start) + len(piece)
        start += len(raw)


def _window(lines: Sequence[tuple[Text, bool]], height: int | None) -> tuple[int, int]:
    """Return which lines to show: those of the quote, and as many around it as there is room."""
    if height is None or len(lines) <= height:
        return 0, len(lines)
    quoted = [number for number, (_, here) in enumerate(lines) if here] or [0]
    room = max(height - FRAME, len(quoted) + 4)
    first = max(0, quoted[0] - (room - len(quoted)) // 2)
    last = min(len(lines), first + room)
    return max(0, last - room), last
