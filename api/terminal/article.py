"""Articles: as a table, and one with its text."""

from collections.abc import Iterator, Sequence

from rich.text import Text

from api.terminal.citation import counted, spelled
from api.terminal.paragraph import barred, broken
from api.terminal.screen import Screen, columns, inert
from index.article import Article, Passage
from index.protocols import Summary

_HEADING = ("ID", "DATE", "OUTLET", "LANG", "PASSAGES", "TITLE")
_PASSAGES, _TITLE = 4, 5


def show_table(screen: Screen, summaries: Sequence[Summary]) -> None:
    """Print articles, one a line; the title is shortened to fit a terminal."""
    rows = [
        (
            each.id,
            str(each.published or ""),
            each.source or "",
            each.language,
            f"{each.passages:,}",
            each.title or "",
        )
        for each in summaries
    ]
    screen.show(*columns(_HEADING, rows, flexible=_TITLE, right=_PASSAGES, width=screen.full_width))


def show_article(screen: Screen, summary: Summary, article: Article) -> None:
    """Print what is known of an article, and its text."""
    screen.show(*described(summary), Text(""))
    for line in article.text.splitlines():
        screen.show(*broken(Text(inert(line)), screen.width))


def show_passages(
    screen: Screen, summary: Summary, article: Article, passages: Sequence[Passage]
) -> None:
    """Print an article as the index sees it: passages, and each sentence with its offsets."""
    screen.show(*described(summary))
    for number, passage in enumerate(passages, 1):
        heading = Text(f"Passage {number} of {len(passages)}", "bold")
        heading.append(f" · characters {passage.start}–{passage.end}", "dim")
        screen.show(Text(""), heading)
        for sentence in passage.sentences:
            screen.show(Text(f"   {sentence.start}–{sentence.end}", "cyan"))
            screen.show(*barred(Text(inert(sentence.of(article.text))), screen.width))


def described(summary: Summary) -> Iterator[Text]:
    """Return what is known of an article, one thing a line."""
    known = {
        "Title": summary.title,
        "Outlet": summary.source,
        "Date": spelled(summary.published),
        "URL": summary.url,
        "Language": summary.language,
        "Id": summary.id,
        "Version": f"sha256 {summary.sha256}",
        "Size": f"{summary.characters:,} characters, {counted(summary.passages, 'passage')}",
        "Near-copy of": summary.duplicate_of,
    }
    for label, value in known.items():
        if value:
            yield Text.assemble((f"{label + ':':<13}", "bold"), " ", inert(value))
