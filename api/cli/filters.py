"""Which articles are meant: the options that narrow a question or a list."""

import functools
from collections.abc import Callable
from datetime import date, datetime
from typing import Any, TypeVar

import click

from index.errors import FilterError
from index.protocols import Filters

Function = TypeVar("Function", bound=Callable[..., Any])

_DAY = click.DateTime(["%Y-%m-%d"])
_OPTIONS = (
    click.option(
        "--source",
        "-s",
        multiple=True,
        metavar="OUTLET",
        help="Only this outlet (repeat for more).",
    ),
    click.option(
        "--language",
        "-l",
        multiple=True,
        metavar="CODE",
        help="Only this language, as fr (repeat).",
    ),
    click.option(
        "--id", "article_ids", multiple=True, metavar="ID", help="Only this article (repeat)."
    ),
    click.option(
        "--from",
        "published_from",
        type=_DAY,
        metavar="DATE",
        help="Of that day or later: 2026-01-07.",
    ),
    click.option("--to", "published_to", type=_DAY, metavar="DATE", help="Of that day or earlier."),
)


def filter_options(function: Function) -> Function:
    """Add the options; the function gets one argument ``filters`` for all of them."""

    @functools.wraps(function)
    def narrowed(
        *args: Any,
        source: tuple[str, ...],
        language: tuple[str, ...],
        article_ids: tuple[str, ...],
        published_from: datetime | None,
        published_to: datetime | None,
        **kwargs: Any,
    ) -> Any:
        filters = Filters(
            source=source,
            language=language,
            article_ids=article_ids,
            published_from=_day(published_from),
            published_to=_day(published_to),
        )
        check(filters)
        return function(*args, filters=filters, **kwargs)

    for option in reversed(_OPTIONS):
        option(narrowed)
    return narrowed  # type: ignore[return-value]


def check(filters: Filters) -> None:
    """Raise FilterError for dates between which there is no day."""
    first, last = filters.published_from, filters.published_to
    if first is not None and last is not None and first > last:
        raise FilterError(
            f"No day is from {first} on and up to {last}.", remedy="Exchange --from and --to."
        )


def _day(moment: datetime | None) -> date | None:
    return moment.date() if moment else None
