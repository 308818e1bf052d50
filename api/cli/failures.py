"""What a failure looks like, and the number that a script gets.

0    done, whatever the answer was
1    done in part: some inputs could not be used, or `doctor` found something
2    the call or what it was given cannot be used
3    the data folder, the model or the service cannot be used as it is
4    no such article, or no such key
70   a defect of Pullquote
130  stopped with Ctrl-C
141  whoever read the output closed it
"""

import os
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click

from api.keys import UnknownKeyError
from api.terminal.screen import Screen, inert
from index.errors import InputError, PullquoteError, UnknownArticleError

PARTIAL = 1
BAD_INPUT = 2
UNUSABLE = 3
NOT_FOUND = 4
DEFECT = 70  # EX_SOFTWARE of sysexits.h
INTERRUPTED = 130  # 128 + SIGINT, as shells count
PIPE_CLOSED = 141  # 128 + SIGPIPE


def exit_code(error: PullquoteError) -> int:
    """Return the exit code of an expected error."""
    if isinstance(error, InputError):
        return BAD_INPUT
    return NOT_FOUND if isinstance(error, UnknownArticleError | UnknownKeyError) else UNUSABLE


@contextmanager
def reported(context: click.Context, debug: Callable[[], bool]) -> Iterator[None]:
    """Turn whatever goes wrong inside into words on standard error and an exit code."""
    try:
        yield
        sys.stdout.flush()
    except (click.exceptions.Exit, click.ClickException):
        raise
    except PullquoteError as error:
        if debug():
            traceback.print_exc()
        show_error(Screen(), error.message, error.remedy)
        context.exit(exit_code(error))
    except (KeyboardInterrupt, click.Abort):
        context.exit(INTERRUPTED)
    except BrokenPipeError:
        _discard_output()
        context.exit(PIPE_CLOSED)
    except Exception as error:  # noqa: BLE001  (the last line of defence: no traceback unasked)
        if debug():
            traceback.print_exc()
        described = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
        show_error(
            Screen(),
            f"Something went wrong that should not: {described}",
            "The same command with --debug shows where.",
        )
        context.exit(DEFECT)


def show_error(screen: Screen, message: str, remedy: str) -> None:
    """Print what is wrong and what to do about it."""
    screen.warn(f"Error: {inert(message)}", style="red")
    if remedy:
        screen.warn(inert(remedy))


def _discard_output() -> None:
    # Python flushes standard output once more as it ends, into the closed pipe.
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
