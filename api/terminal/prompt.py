"""Where the lines of a conversation come from: a prompt, or standard input line by line."""

import io
import sys
from collections.abc import Iterator, Mapping


def piped_lines() -> Iterator[str]:
    """Yield the lines of standard input; a byte that is no UTF-8 becomes U+FFFD."""
    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(errors="replace")
    for line in sys.stdin:
        yield line.strip()


def prompted_lines(commands: Mapping[str, str], hint: str) -> Iterator[str]:
    """Yield what is typed at a prompt, until Ctrl-D.

    The arrows go through what was typed before in this conversation: nothing of it is written to
    the disk. ``commands`` are completed after a slash, each shown with what it does. Ctrl-C gives
    up the line.
    """
    from prompt_toolkit import PromptSession
    from prompt_toolkit.completion import WordCompleter
    from prompt_toolkit.formatted_text import HTML
    from prompt_toolkit.styles import Style

    session: PromptSession[str] = PromptSession(
        message=HTML("<prompt>?</prompt> "),
        placeholder=HTML(f"<hint>{hint}</hint>"),
        completer=WordCompleter(list(commands), meta_dict=dict(commands), sentence=True),
        complete_while_typing=True,
        reserve_space_for_menu=len(commands) + 1,
        style=Style.from_dict({"prompt": "bold ansicyan", "hint": "ansibrightblack"}),
    )
    while True:
        try:
            yield session.prompt().strip()
        except KeyboardInterrupt:
            continue
        except EOFError:
            return
