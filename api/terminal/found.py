"""What a search found, as a ranked list with the scores that ranked it."""

from collections.abc import Callable, Iterator

from rich.text import Text

from api.terminal.citation import byline, position
from api.terminal.paragraph import barred, broken, packed
from api.terminal.screen import Screen, inert
from index.protocols import Summary
from qa.answer import Found, FoundPassage

SummaryOf = Callable[[str], Summary | None]


def show_found(screen: Screen, found: Found, summary_of: SummaryOf) -> None:
    """Print passages, best first."""
    if not found.passages:
        screen.tell("Nothing was found.")
    for rank, passage in enumerate(found.passages, 1):
        screen.show(*_lines(rank, passage, summary_of(passage.article_id), screen.width), Text(""))
    screen.tell(f"Generation {found.generation}", style="dim")


def _lines(rank: int, passage: FoundPassage, summary: Summary | None, width: int) -> Iterator[Text]:
    heading = Text.assemble(
        (f"{rank}.", "bold cyan"),
        (f" score {passage.score:.3f}", "bold"),
        (f"  dense {passage.dense:.3f}  lexical {passage.lexical:.2f}", "dim"),
    )
    yield from broken(heading, width)
    yield from barred(Text(inert(passage.text)), width)
    if summary:
        yield from packed(byline(summary.source, summary.published, summary.title), width)
    where = (*position(passage.start, passage.end, None), inert(passage.article_id))
    yield from packed(where, width, "dim")
