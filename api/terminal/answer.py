"""An answer as a person wants to read it: what was said, by whom, when, and where it stands."""

from collections.abc import Callable, Iterator

from rich.style import Style
from rich.text import Text

from api.terminal.citation import byline, counted, percent, position
from api.terminal.paragraph import INDENT, barred, broken, packed
from api.terminal.screen import Screen, inert
from qa.answer import Answer, Citation, Point, Status

TextOf = Callable[[str], str | None]  # an article's id → its text, None when it is not there

_STYLES = {Status.ANSWERED: "bold green", Status.WEAK: "bold yellow", Status.NO_ANSWER: "bold red"}


def show_answer(screen: Screen, answer: Answer, text_of: TextOf) -> None:
    """Print an answer; ``text_of`` lets it say in which paragraph a quote stands."""
    screen.show(*answer_lines(answer, text_of, screen.width))


def answer_lines(answer: Answer, text_of: TextOf, width: int) -> Iterator[Text]:
    """Return the lines of an answer, broken at ``width`` columns."""
    if answer.understood_as is not None:
        yield from broken(Text(f"Understood as: {inert(answer.understood_as)}", "dim"), width)
    for line in _outcome(answer):
        yield from broken(line, width)
    for number, point in enumerate(answer.points, 1):
        yield from _point(answer, number, point, text_of, width)
    if answer.nearest:
        yield Text("")
        heading = Text("Nearest passages – they do not answer the question:", "bold")
        yield from broken(heading, width)
        for citation in answer.nearest:
            yield Text("")
            yield from citation_lines(citation, text_of, width, style="dim")
    yield Text("")
    yield from broken(Text(_coverage(answer), "dim"), width)


def citation_lines(
    citation: Citation, text_of: TextOf, width: int, *, short: str | None = None, style: str = ""
) -> Iterator[Text]:
    """Return a quote and, under it, whose it is and where it stands."""
    quote = Text(inert(citation.text), style)
    if short:
        quote.highlight_words([inert(short)], "bold")
    if citation.number:
        quote.append(f"\N{NO-BREAK SPACE}[{citation.number}]", "cyan")
    yield from barred(quote, width)
    yield from packed(byline(citation.source, citation.published, citation.title), width)
    where = (*_where(citation, text_of), inert(citation.article_id))
    yield from packed(where, width, "dim")
    if citation.url:
        yield Text(INDENT + inert(citation.url), Style(dim=True, link=_target(citation)))


def _outcome(answer: Answer) -> Iterator[Text]:
    confidence = percent(answer.confidence)
    style = _STYLES[answer.status]
    if answer.status is Status.ANSWERED:
        yield Text.assemble(("Answered", style), f" · confidence {confidence}")
    elif answer.status is Status.WEAK:
        yield Text.assemble(("Weak evidence", style), f" · confidence {confidence}")
        yield Text("Something here may answer that. Judge by the quotes in their articles.", "dim")
    elif answer.coverage.articles_in_scope == 0:
        yield Text("There is no article to ask.", style)
        yield Text("Add some with `pullquote add PATH`, or ask with fewer filters.", "dim")
    else:
        yield Text.assemble(("Nothing here answers that.", style))
        yield Text(f"Chance that the nearest passage does: {confidence}", "dim")


def _point(
    answer: Answer, number: int, point: Point, text_of: TextOf, width: int
) -> Iterator[Text]:
    heading = Text.assemble((f"{number}.", "bold cyan"), " ")
    if point.short:
        heading.append(f"{inert(point.short)} ", "bold")
    sources = counted(point.independent_sources, "independent source")
    heading.append(f"({sources})", "dim")
    yield Text("")
    yield from broken(heading, width)
    citations = {citation.number: citation for citation in answer.citations}
    for place, quote in enumerate(point.quotes):
        if place:
            yield Text("")
        yield from citation_lines(citations[quote.citation], text_of, width, short=point.short)


def _where(citation: Citation, text_of: TextOf) -> list[str]:
    text = text_of(citation.article_id)
    # The article may have been changed since: then its paragraphs are not the citation's.
    same = text is not None and text[citation.start : citation.end] == citation.text
    return position(citation.start, citation.end, text if same else None)


def _target(citation: Citation) -> str:
    # Rich writes the address into an escape sequence: whatever could end that must not be in it.
    return "".join(inert(citation.link or citation.url or "").split())


def _coverage(answer: Answer) -> str:
    coverage = answer.coverage
    return (
        f"Read {counted(coverage.passages_read, 'passage')} of "
        f"{counted(coverage.articles_matched, 'article')}, "
        f"{coverage.articles_in_scope:,} in scope · "
        f"{answer.timing_ms.total:.0f} ms · generation {answer.generation}"
    )
