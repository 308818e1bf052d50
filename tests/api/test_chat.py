"""A conversation in a pipe, as a script has it, and at a terminal, as a person does."""

import os
import pty
import re
import select
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from api.cli import main
from api.cli.failures import BAD_INPUT, PARTIAL, UNUSABLE
from api.terminal.chat import help_lines
from api.terminal.opened import MARKED, OTHER, opened_lines, with_signs
from index.article import Article, Span
from index.protocols import Embedder
from index.store import LocalStore
from qa.engine import Engine
from qa.settings import Settings

ROOT = Path(__file__).parents[2]
WAIT_S = 60
FRIGATES = """---
id: frigates
title: Two frigates for the mission
source: The Lantern
published: 2026-01-07
---

Denmark will send two frigates to the strait. Sweden refused to send soldiers.

The minister spoke in Stockholm on Tuesday. Finland refused to send soldiers too.
"""
QUESTION = "Who refused to send soldiers?"
Chat = Callable[..., Result]


@pytest.fixture
def chat(tmp_path: Path, hashing_embedder: Embedder, monkeypatch: pytest.MonkeyPatch) -> Chat:
    """Run ``pullquote chat`` over one article, with lines from a pipe."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PULLQUOTE_WEAK_AT", "0")
    monkeypatch.setenv("PULLQUOTE_ANSWERED_AT", "0")
    (tmp_path / "frigates.md").write_text(FRIGATES)

    def opener(settings: Settings, *, rebuilding: bool = False) -> Engine:
        store = LocalStore.open(
            settings.data, fingerprint="hashing-64", dimension=64, model="hashing"
        )
        return Engine(settings, store, hashing_embedder)

    def call(*lines: str, options: tuple[str, ...] = (), command: str = "chat") -> Result:
        stdin = "".join(f"{line}\n" for line in lines)
        return CliRunner().invoke(main, [command, *options], obj=opener, input=stdin)

    assert call(options=("frigates.md",), command="add").exit_code == 0
    return call


def test_every_line_of_a_pipe_is_answered_in_plain_text(chat: Chat) -> None:
    talk = chat(QUESTION, "", "What will Denmark send?")
    assert talk.exit_code == 0, talk.output
    assert talk.stderr == ""
    assert "\x1b" not in talk.stdout
    assert re.findall(r"^\? .*", talk.stdout, re.MULTILINE) == [
        f"? {QUESTION}",
        "? What will Denmark send?",
    ]
    assert talk.stdout.count("Answered · confidence") == 2
    assert "│ Sweden refused to send soldiers." in talk.stdout


def test_a_follow_up_is_understood_from_what_was_asked(chat: Chat) -> None:
    talk = chat("Will Denmark send soldiers?", "and Sweden?", "/new", "and Sweden?")
    assert talk.stdout.count("Understood as: ") == 1
    before, _, _ = talk.stdout.partition("/new")
    assert "Understood as: " in before


def test_a_quote_is_opened_in_its_article_with_signs_around_it(chat: Chat) -> None:
    talk = chat(QUESTION, "/open 1")
    assert talk.exit_code == 0
    _, _, opened = talk.stdout.partition("? /open 1\n")
    assert opened.startswith("Two frigates for the mission\nThe Lantern · 7 January 2026\nfrigates")
    (quote,) = re.findall(r">>> (.*?) <<<", opened, re.DOTALL)
    assert quote in FRIGATES
    assert f"│ {quote}" in talk.stdout
    assert re.sub(r">>> | <<<", "", opened).strip().endswith("refused to send soldiers too.")


def test_what_a_search_found_is_opened_by_its_rank(chat: Chat) -> None:
    talk = chat("/search frigates in the strait", "/open 1 all")
    assert talk.exit_code == 0
    assert "1. score " in talk.stdout
    assert ">>> " in talk.stdout


def test_the_nearest_passages_of_a_refusal_have_numbers_to_open(
    chat: Chat, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PULLQUOTE_ANSWERED_AT", "1")
    monkeypatch.setenv("PULLQUOTE_WEAK_AT", "1")
    talk = chat(QUESTION, "/open 1")
    assert "Nothing here answers that." in talk.stdout
    assert talk.exit_code == 0
    assert ">>> Denmark will send" in talk.stdout


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("?!", "The question is empty."),
        ("x" * 2_001, "2,001 characters"),
        ("/open", "Open which one? Write /open "),
        ("/open 0", "There is no number 0."),
        ("/open 99", "There is no number 99."),
        ("/open -1", "There is no number -1."),
        ("/open ²", "There is no number ²."),
        ("/open 1 now", "There is no /open N now."),
        ("/search", "There is nothing to search for."),
        ("/search ?", "The question is empty."),
        ("/oepn 1", "There is no command /oepn. There are /open, /search, /new, /help, /quit."),
        ("/\x1b[31m", "There is no command /\ufffd[31m."),
    ],
)
def test_a_line_that_cannot_be_used_is_told_and_the_next_is_answered(
    chat: Chat, line: str, said: str
) -> None:
    talk = chat(QUESTION, line, "What will Denmark send?")
    assert talk.exit_code == PARTIAL
    assert said in talk.stderr.replace("\n", " ")
    assert "Traceback" not in talk.output
    assert talk.stdout.count("Answered · confidence") == 2


def test_the_only_quote_is_offered_by_its_number(chat: Chat) -> None:
    talk = chat(QUESTION, "/open 2", options=("--limit", "1"))
    assert "There is no number 2. Write /open 1." in talk.stderr.replace("\n", " ")


@pytest.mark.parametrize("width", [40, 100])
def test_the_help_is_broken_at_words_and_its_words_stand_below_each_other(width: int) -> None:
    lines = [line.plain for line in help_lines(width)]
    assert all(len(line) <= width for line in lines)
    assert " ".join(" ".join(lines).split()).endswith("/quit end, as Ctrl-D does")
    if width == 40:
        start = lines.index("  /new     begin anew, so that what")
        assert lines[start + 1] == "           follows is no follow-up"


def test_there_is_nothing_to_open_before_a_question(chat: Chat) -> None:
    talk = chat("/open 1")
    assert "There is nothing to open yet." in talk.stderr
    begun_anew = chat(QUESTION, "/new", "/open 1")
    assert "There is nothing to open yet." in begun_anew.stderr


@pytest.mark.parametrize("end", ["/quit", "/exit", "/q"])
def test_nothing_is_read_after_the_end(chat: Chat, end: str) -> None:
    talk = chat(QUESTION, end, "What will Denmark send?")
    assert talk.exit_code == 0
    assert talk.stdout.count("Answered") == 1


def test_filters_hold_for_the_whole_conversation(chat: Chat) -> None:
    talk = chat(QUESTION, "/search frigates", options=("--source", "Nobody"))
    assert "There is no article to ask." in talk.stdout
    assert "Nothing was found." in talk.stdout
    wrong = chat(options=("--from", "2026-02-01", "--to", "2026-01-01"))
    assert wrong.exit_code == BAD_INPUT


def test_the_help_names_every_command(chat: Chat) -> None:
    talk = chat("/help")
    for name in ("/open", "/search", "/new", "/help", "/quit"):
        assert f"  {name}" in talk.stdout


def test_bytes_that_are_no_text_are_no_defect(
    tmp_path: Path, program: Callable[..., list[str]]
) -> None:
    start = program("--data", tmp_path / "index", "chat")
    (tmp_path / "a.txt").write_text("Snow fell.")
    subprocess.run(program("--data", tmp_path / "index", "add", tmp_path / "a.txt"), check=True)
    ran = subprocess.run(start, input=b"caf\xe9?\n", capture_output=True, cwd=ROOT, check=False)
    assert ran.returncode == 0, ran.stderr
    assert "? caf\ufffd?".encode() in ran.stdout


def test_without_an_index_it_says_how_to_make_one(tmp_path: Path) -> None:
    talk = CliRunner().invoke(main, ["chat", "--data", str(tmp_path / "none")], input="why?\n")
    assert talk.exit_code == UNUSABLE
    assert "add PATH" in talk.stderr


# What is shown of an article

ARTICLE = Article(
    id="a", text="One.\r\nTwo \x1b[31m two.\n\n" + "Three three three. " * 30 + "\nFour."
)


def shown(quote: str, *others: str, width: int = 40, height: int | None = None) -> list[str]:
    """Return the lines of the article with what is marked between brackets."""
    found = [
        Span(ARTICLE.text.index(each), ARTICLE.text.index(each) + len(each))
        for each in (quote, *others)
    ]
    lines = []
    for line in opened_lines(ARTICLE, found[0], found[1:], width=width, height=height):
        marked = line.plain
        for span in sorted(line.spans, reverse=True):
            opening, closing = ("[", "]") if span.style == MARKED else ("(", ")")
            if span.style in {MARKED, OTHER}:
                marked = marked[: span.end] + closing + marked[span.end :]
                marked = marked[: span.start] + opening + marked[span.start :]
        lines.append(marked)
    return lines


def test_a_quote_is_marked_to_the_character_and_others_of_its_article_too() -> None:
    lines = shown("One.", "Four.")
    assert "[One.]" in lines
    assert "(Four.)" in lines


def test_a_quote_over_several_lines_is_marked_on_each() -> None:
    lines = shown("two.\n\nThree three")
    assert "Two \ufffd[31m [two.]" in lines
    assert any(line.startswith("[Three three] three.") for line in lines)


def test_a_long_article_is_shown_around_the_quote() -> None:
    lines = shown("Four.", height=12)
    assert lines[2].startswith("⋮ ")
    assert lines[-1] == "[Four.]"
    assert len(lines) <= 12
    top = shown("One.", height=12)
    assert "[One.]" in top
    assert top[-1].endswith("lines below")


def test_signs_stand_around_a_quote_where_there_are_no_colours() -> None:
    article, quote = with_signs(ARTICLE, Span(0, 4))
    assert quote.of(article.text) == ">>> One. <<<"


# At a terminal


PROMPT = "? Ask the articles"


class Terminal:
    """A process at a pseudo-terminal, and what it has printed."""

    def __init__(self, arguments: list[str], **variables: str) -> None:
        environment = os.environ | {
            "TERM": "xterm-256color",
            "PROMPT_TOOLKIT_NO_CPR": "1",
            "PULLQUOTE_WEAK_AT": "0",
            "PULLQUOTE_ANSWERED_AT": "0",
            "COLUMNS": "80",
            "LINES": "40",
            **variables,
        }
        self.screen = ""
        self._seen = 0
        self._master, slave = pty.openpty()
        self.process = subprocess.Popen(
            arguments, stdin=slave, stdout=slave, stderr=slave, cwd=ROOT, env=environment
        )
        os.close(slave)

    def until(self, wanted: str) -> str:
        """Read on until something is printed; return what was printed up to it since last time."""
        deadline = time.monotonic() + WAIT_S
        while wanted not in self.plain[self._seen :]:
            ready, _, _ = select.select([self._master], [], [], deadline - time.monotonic())
            assert ready, f"{wanted!r} was not printed, but {self.plain[self._seen :]!r}"
            try:
                self.screen += os.read(self._master, 65_536).decode(errors="replace")
            except OSError:  # the process has ended
                assert wanted in self.plain[self._seen :], self.plain[self._seen :]
        before = self._seen
        self._seen = self.plain.index(wanted, before) + len(wanted)
        return self.plain[before : self._seen]

    def type(self, keys: str) -> None:
        os.write(self._master, keys.encode())

    @property
    def plain(self) -> str:
        """What was printed, without colours and movements."""
        return re.sub(r"\x1b(\[[0-9;?]*[a-zA-Z]|[=>]|\][^\x07\x1b]*(\x07|\x1b\\))", "", self.screen)

    def close(self) -> None:
        self.process.kill()
        self.process.wait()
        os.close(self._master)


@pytest.fixture
def at_terminal(
    tmp_path: Path, program: Callable[..., list[str]]
) -> Iterator[Callable[..., Terminal]]:
    """Start a conversation over one article at a terminal, with more variables if given."""
    (tmp_path / "frigates.md").write_text(FRIGATES)
    index = ("--data", tmp_path / "index")
    subprocess.run(program(*index, "add", tmp_path / "frigates.md"), cwd=ROOT, check=True)
    with ExitStack() as stack:

        def start(**variables: str) -> Terminal:
            terminal = Terminal(program(*index, "chat"), **variables)
            stack.callback(terminal.close)
            return terminal

        yield start


@pytest.fixture
def terminal(at_terminal: Callable[..., Terminal]) -> Terminal:
    return at_terminal()


@pytest.mark.parametrize("variables", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_signs_stand_around_a_quote_at_a_terminal_without_colours(
    at_terminal: Callable[..., Terminal], variables: dict[str, str]
) -> None:
    terminal = at_terminal(**variables)
    terminal.until("to ask")
    terminal.type(f"{QUESTION}\r")
    terminal.until("generation 1")
    before = len(terminal.screen)
    terminal.type("/open 1\r")
    assert ">>> " in terminal.until("<<<")
    assert not re.search(r"\x1b\[[0-9;]*[34][0-9]", terminal.screen[before:])  # a colour


def test_a_person_asks_opens_a_quote_asks_again_with_the_arrow_and_ends(terminal: Terminal) -> None:
    assert "1 article to ask, in any language." in terminal.until(PROMPT)
    terminal.type(f"{QUESTION}\r")
    answer = terminal.until("generation 1")
    assert "Answered" in answer
    assert "[1]" in answer

    terminal.until(PROMPT)
    before = len(terminal.screen)
    terminal.type("/open 1\r")
    terminal.until("too.")
    assert "\x1b[1;30;43m" in terminal.screen[before:]  # the quote in bold black on yellow

    terminal.until(PROMPT)
    terminal.type("\x1b[A\x1b[A\r")  # twice up: past /open to the question
    assert "Answered" in terminal.until("generation 1")

    terminal.until(PROMPT)
    terminal.type("/nope\r")
    assert "There is no command /nope." in terminal.until("/quit.")

    terminal.until(PROMPT)
    terminal.type("half a question")
    terminal.until("half a question")
    terminal.type("\x03")
    terminal.until(PROMPT)
    terminal.type("\x04")
    assert terminal.process.wait(WAIT_S) == 0
    assert "Traceback" not in terminal.plain
