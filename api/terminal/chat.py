"""A conversation: a question a line, follow-ups, and the quotes of the last answer to open."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import partial

from rich.text import Text

from api.terminal.answer import show_answer
from api.terminal.citation import counted
from api.terminal.found import show_found
from api.terminal.opened import opened_lines, with_signs
from api.terminal.paragraph import broken
from api.terminal.screen import Screen, inert
from index.article import Article, Span
from index.errors import InputError
from index.protocols import Filters, Snapshot
from qa.answer import Answer, Citation, Claim, Found, Turn, Verdict
from qa.engine import Engine

COMMANDS: Mapping[str, str] = {
    "/open": "N: show quote N in its article (/open N all: the whole of it)",
    "/search": "WORDS: rank the passages behind an answer",
    "/new": "begin anew, so that what follows is no follow-up",
    "/help": "this list",
    "/quit": "end, as Ctrl-D does",
}
PASSAGES = 10  # that a search shows
KEPT = 50  # turns of a conversation: the latest few are looked at


class CommandError(InputError):
    """A line that begins with a slash and is no command."""


class Chat:
    """One conversation over an open engine."""

    def __init__(
        self, engine: Engine, screen: Screen, *, limit: int | None, filters: Filters
    ) -> None:
        self._engine = engine
        self._screen = screen
        self._limit = limit
        self._filters = filters
        self._turns: list[Turn] = []
        self._open_to: tuple[Citation, ...] = ()  # what /open N shows, from 1
        self._commands: Mapping[str, Callable[[str], None]] = {
            "/open": self._open,
            "/search": self._search,
            "/new": self._begin_anew,
            "/help": self._help,
        }

    def greet(self) -> None:
        """Say what is here to be asked."""
        with self._engine.store.snapshot() as snapshot:
            articles = snapshot.count_articles(self._filters)
        self._screen.tell(f"{counted(articles, 'article')} to ask, in any language.", style="bold")
        self._screen.tell("/help shows what else there is.", style="dim")

    def take(self, line: str) -> bool:
        """Answer a line; return whether the conversation goes on.

        Raises QuestionError or CommandError for a line that cannot be used.
        """
        if line in {"/quit", "/exit", "/q"}:
            return False
        if line.startswith("/"):
            name, _, rest = line.partition(" ")
            if name not in self._commands:
                there_are = ", ".join(COMMANDS)
                raise CommandError(
                    f"There is no command {inert(name[:40])}.", remedy=f"There are {there_are}."
                )
            self._commands[name](rest.strip())
        elif line:
            self._ask(line)
        return True

    def _ask(self, question: str) -> None:
        with self._screen.busy("Reading"):
            answer = self._engine.ask(
                question, limit=self._limit, filters=self._filters, history=tuple(self._turns)
            )
        answer = numbered(answer)
        self._turns = [*self._turns, Turn(question=question, answer=answer.answer)][-KEPT:]
        self._open_to = (*answer.citations, *answer.nearest)
        with self._engine.store.snapshot() as snapshot:
            show_answer(self._screen, answer, partial(_text_in, snapshot))

    def _search(self, words: str) -> None:
        if not words:
            raise CommandError("There is nothing to search for.", remedy="Write /search frigates.")
        found = self._engine.search(words, limit=PASSAGES, filters=self._filters)
        with self._engine.store.snapshot() as snapshot:
            found, self._open_to = _with_places(found, snapshot)
            show_found(self._screen, found, snapshot.summary)

    def _open(self, words: str) -> None:
        number, _, more = words.partition(" ")
        citation = self._numbered(number)
        if more.strip() not in {"", "all"}:
            raise CommandError(
                f"There is no /open N {inert(more[:40])}.", remedy="Write /open N or /open N all."
            )
        article, quote = self._found_again(citation)
        height = self._screen.height if not more else None
        others = [
            Span(each.start, each.end)
            for each in self._open_to
            if each.article_id == article.id and each is not citation
        ]
        if not self._screen.colours:
            (article, quote), others = with_signs(article, quote), []
        self._screen.show(
            *opened_lines(article, quote, others, width=self._screen.width, height=height)
        )

    def _numbered(self, number: str) -> Citation:
        """Return the quote or passage of a number. Raises CommandError."""
        known = len(self._open_to)
        if not known:
            raise CommandError("There is nothing to open yet.", remedy="Ask something first.")
        if not (number.isdecimal() and 1 <= int(number) <= known):
            what = f"There is no number {inert(number[:20])}." if number else "Open which one?"
            which = f" and a number from 1 to {known}" if known > 1 else " 1"
            raise CommandError(what, remedy=f"Write /open{which}.")
        return self._open_to[int(number) - 1]

    def _found_again(self, citation: Citation) -> tuple[Article, Span]:
        """Return the article as it is now, and where the quote stands. Raises CommandError."""
        claim = Claim(
            article_id=citation.article_id,
            sha256=citation.sha256,
            start=citation.start,
            end=citation.end,
            text=citation.text,
        )
        (verified,) = self._engine.verify([claim])
        with self._engine.store.snapshot() as snapshot:
            article = snapshot.article(citation.article_id)
        if article is None or verified.start is None or verified.end is None:
            gone = verified.verdict is Verdict.GONE
            what = "is not there any more" if gone else "has been changed, and the quote is gone"
            raise CommandError(f"The article {what}.", remedy="Ask the question again.")
        return article, Span(verified.start, verified.end)

    def _begin_anew(self, _: str) -> None:
        self._turns, self._open_to = [], ()
        self._screen.tell("A new conversation.", style="dim")

    def _help(self, _: str) -> None:
        self._screen.show(*help_lines(self._screen.width))


def help_lines(width: int) -> Iterator[Text]:
    """Return what can be written besides questions, broken at ``width`` columns."""
    about = "A line is a question; what follows may leave out what is known."
    yield from broken(Text(about), width)
    for name, does in COMMANDS.items():
        label = f"  {name:<9}"
        first, *more = broken(Text(does), width - len(label))
        yield Text.assemble((label, "bold cyan"), first)
        yield from (Text(" " * len(label)).append_text(line) for line in more)


def numbered(answer: Answer) -> Answer:
    """Return the answer with its nearest passages numbered after its quotes."""
    first = len(answer.citations) + 1
    nearest = tuple(replace(each, number=n) for n, each in enumerate(answer.nearest, first))
    return replace(answer, nearest=nearest)


def _text_in(snapshot: Snapshot, article_id: str) -> str | None:
    article = snapshot.article(article_id)
    return article.text if article else None


def _with_places(found: Found, snapshot: Snapshot) -> tuple[Found, tuple[Citation, ...]]:
    """Return the passages whose articles are still as they were found, each with its place."""
    kept, places = [], []
    for passage in found.passages:
        article = snapshot.article(passage.article_id)
        if article is not None and article.text[passage.start : passage.end] == passage.text:
            kept.append(passage)
            number = len(kept)
            places.append(
                Citation.cut(article, article.sha256, passage.start, passage.end, number=number)
            )
    return replace(found, passages=tuple(kept)), tuple(places)
