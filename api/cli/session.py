"""What one call of ``pullquote`` works with: its settings, its screen, its engine."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any, NoReturn, Protocol

import click

from api.cli.options import given
from api.configuration import environment, find_file, key_to_show, read_settings
from api.terminal.screen import Screen
from index.folder import DataFolder
from qa.engine import Engine
from qa.settings import Settings


class Opener(Protocol):
    """Opens an engine, as ``qa.engine.open_engine`` does."""

    def __call__(self, settings: Settings, *, rebuilding: bool = False) -> Engine:
        """Open it; ``rebuilding`` takes an index that another model built."""


class Session:
    """One call: what was given, and what is opened for it."""

    def __init__(self, context: click.Context, opener: Opener) -> None:
        self._context = context
        self._opener = opener

    @cached_property
    def screen(self) -> Screen:
        """Where words go."""
        return Screen(quiet="quiet" in given(self._context))

    @property
    def debug(self) -> bool:
        """Whether to show where an error came from."""
        return "debug" in given(self._context)

    @property
    def attended(self) -> bool:
        """Whether somebody is there to answer a question."""
        return sys.stdin.isatty() and self.screen.err.is_terminal

    @property
    def file(self) -> Path | None:
        """The settings file that is read, if any."""
        return find_file(environment(), given(self._context).get("config"))

    @property
    def key(self) -> str | None:
        """What a service is shown that wants a key. It is never printed or written down."""
        return key_to_show(environment())

    def flags(self, **more: Any) -> dict[str, Any]:
        """Return the settings that were given as flags, with a command's own."""
        everywhere = given(self._context)
        return {"data": everywhere.get("data"), "model": everywhere.get("model")} | more

    def settings(self, **more: Any) -> Settings:
        """Read the settings; ``more`` are a command's own flags."""
        return read_settings(self.flags(**more), environment(), self.file)

    def exit(self, code: int) -> NoReturn:
        """End the call with an exit code of ``api.cli.failures``."""
        self._context.exit(code)

    @contextmanager
    def engine(
        self,
        *,
        create: bool = False,
        any_model: bool = False,
        settings: Settings | None = None,
    ) -> Iterator[Engine]:
        """Open the engine for as long as the block lasts.

        ``create`` makes an index where there is none; ``any_model`` is for what needs no model,
        and takes the index whichever built it. ``settings`` are those of the call unless given.
        Raises StoreError.
        """
        settings = settings or self.settings()
        if not create:
            DataFolder(settings.data).require_existing()
        engine = self._opener(settings, rebuilding=any_model)
        try:
            yield engine
        finally:
            engine.close()

    @contextmanager
    def loaded_engine(self, *, reading: bool = False) -> Iterator[Engine]:
        """Open the engine with its model, so that the time of a question is the question's.

        ``reading`` is for questions that are answered: a search needs no reader.
        """
        with self.engine() as engine:
            with self.screen.busy("Loading the model"):
                _ = engine.embedder
                _ = engine.judge if reading else None  # the last thing that an answer needs
            yield engine


pass_session = click.make_pass_decorator(Session)
