"""``pullquote add``."""

import contextlib
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import click

from api.cli.expectation import expected
from api.cli.failures import BAD_INPUT, INTERRUPTED, PARTIAL
from api.cli.options import Command, json_option
from api.cli.session import Session, pass_session
from api.terminal.citation import counted
from api.terminal.progress import progress_bar
from api.terminal.screen import Screen, inert
from index.article import Article
from index.protocols import Stored
from qa.engine import Engine

if TYPE_CHECKING:
    from index.load import Unread

MOST_UNREAD = 500  # reasons that are kept: a file of the wrong kind may hold a million lines

_EXAMPLES = """\b
Examples:
  pullquote add articles/
  pullquote add dispatch.txt page.html report.pdf export.jsonl
  pullquote add https://example.org/news/feed.xml
  pullquote add articles/ --json | jq '.unread[]'

Text, Markdown, HTML, PDF with a text layer, JSON Lines, RSS and Atom are read;
a folder is walked, a feed leads to its articles. An article sent again replaces
its older version; what has not changed is not embedded again.

\b
Exit codes:
  0  everything went in
  1  some could not be read; the rest went in
  2  nothing could be read
"""


@dataclass(slots=True, kw_only=True)
class Tally:
    """What is read and what became of it, as it goes: numbers, unless all is asked for."""

    keep: bool  # every result, for a program; a large corpus makes this large
    unread: "list[Unread]" = field(default_factory=list)  # the first of them
    unread_count: int = 0
    stored: list[Stored] = field(default_factory=list)
    statuses: Counter[str] = field(default_factory=Counter)
    copies: int = 0
    passages: int = 0
    interrupted: bool = False

    def articles(self, targets: Iterable[str]) -> Iterator[Article]:
        """Yield what can be read, and note the rest."""
        from index.load import Fetcher, Unread, load  # the web and its formats: only here

        fetch = Fetcher(own=typed_places(targets))
        for target in targets:
            for each in load(target, fetch=fetch):
                if isinstance(each, Unread):
                    self.refuse(each)
                else:
                    yield each

    def refuse(self, unread: "Unread") -> None:
        """Count what cannot be read, and keep the reason unless there are too many."""
        self.unread_count += 1
        if len(self.unread) < MOST_UNREAD:
            self.unread.append(unread)

    def note(self, stored: Stored) -> None:
        """Count what became of one article."""
        self.statuses[stored.status] += 1
        self.copies += stored.duplicate_of is not None
        self.passages += stored.passages if stored.status != "unchanged" else 0
        if self.keep:
            self.stored.append(stored)

    @property
    def exit_code(self) -> int:
        """What a script should think of it."""
        if self.interrupted:
            return INTERRUPTED
        if not self.statuses:
            return BAD_INPUT
        return PARTIAL if self.unread_count else 0


@click.command(cls=Command, epilog=_EXAMPLES)
@click.argument("targets", metavar="PATH|URL...", nargs=-1, required=True)
@json_option
@pass_session
def add(session: Session, targets: tuple[str, ...], as_json: bool) -> None:
    """Add articles: files, folders, pages, feeds.

    What is reported as added is durable and can be asked at once.
    """
    tally, started = Tally(keep=as_json), time.monotonic()
    with session.engine(create=True) as engine:
        take_in(engine, tally, targets, session.screen)
        with engine.store.snapshot() as snapshot:
            generation = snapshot.generation
    if as_json:
        unread = [{"origin": each.origin, "reason": str(each.error)} for each in tally.unread]
        session.screen.json(
            {
                "articles": tally.stored,
                "unread": unread,
                "unread_count": tally.unread_count,
                "generation": generation,
            }
        )
    else:
        session.screen.tell(summarized(tally, time.monotonic() - started, generation))
    report_unread(session.screen, tally)
    session.exit(tally.exit_code)


def take_in(engine: Engine, tally: Tally, targets: Sequence[str], screen: Screen) -> None:
    """Add what can be read; Ctrl-C ends it, and what was stored until then stays."""
    try:
        with progress_bar(screen, "Adding", expected(targets)) as on_progress:
            for stored in engine.add(tally.articles(targets), on_progress=on_progress):
                tally.note(stored)
    except KeyboardInterrupt:
        tally.interrupted = True


def typed_places(targets: Iterable[str]) -> frozenset[str]:
    """Return the places of addresses that were typed by hand, as ``host:port``.

    Who types the address of a private network means it; a page that redirects there does not.
    """
    import httpx

    from index.load.fetch import is_address

    places = set()
    for target in filter(is_address, targets):
        with contextlib.suppress(httpx.InvalidURL):  # loading says what is wrong with it
            url = httpx.URL(target)
            port = url.port or (443 if url.scheme == "https" else 80)
            places.add(f"{url.raw_host.decode('ascii')}:{port}")
    return frozenset(places)


def summarized(tally: Tally, seconds: float, generation: int) -> str:
    """Return in one line what became of the articles."""
    statuses = ", ".join(f"{number:,} {status}" for status, number in tally.statuses.items())
    near_copies = "near-copy" if tally.copies == 1 else "near-copies"
    parts = [
        counted(tally.statuses.total(), "article") + (f": {statuses}" if statuses else ""),
        f"{tally.copies:,} {near_copies} of another" if tally.copies else "",
        counted(tally.passages, "new passage") if tally.passages else "",
        f"{seconds:.1f} s",
        f"generation {generation}",
    ]
    return " · ".join(part for part in parts if part)


def report_unread(screen: Screen, tally: Tally) -> None:
    """Say on standard error what did not go in, and why."""
    if tally.interrupted:
        screen.warn(
            "Stopped. What is counted above is stored; the same command goes on from there."
        )
    if tally.unread:
        screen.warn(f"{counted(tally.unread_count, 'thing')} could not be read:", style="yellow")
    for each in tally.unread:
        screen.warn(f"  {inert(each.origin)}: {inert(str(each.error))}")
    if tally.unread_count > len(tally.unread):
        screen.warn(f"  … and {tally.unread_count - len(tally.unread):,} more.")
    if not tally.unread and not tally.statuses and not tally.interrupted:
        screen.warn("There was nothing to read.", style="yellow")
