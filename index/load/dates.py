"""The day an article was published, out of what its sender wrote."""

from contextlib import suppress
from datetime import date, datetime
from email.utils import parsedate_to_datetime

from index.errors import ArticleError

# Characters of a date. Python takes any number of digits for a time: a row of a thousand ones is
# a day of the year 1111.
LONGEST = 40


def day(value: object) -> date | None:
    """Return the day of an ISO 8601 date or time; None for None and for an empty text.

    A time keeps the day it names in its own zone: that is the date the reader saw under the
    headline. Raises ArticleError for anything else.
    """
    if value is None:
        return None
    if isinstance(value, datetime):  # a datetime is a date too: this has to be asked first
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, str):
        written = value.strip()
        if not written:
            return None
        with suppress(ValueError):
            if len(written) <= LONGEST:
                return datetime.fromisoformat(written).date()
    raise ArticleError(
        f"published is {_shown(value)}, which is no date.",
        remedy="published must be a date like 2026-01-07 or a time like 2026-01-07T18:30:00+01:00.",
    )


def feed_day(value: str | None) -> date | None:
    """Return the day that an RSS (RFC 822) or Atom (ISO 8601) entry names, None if it names none.

    Feeds are full of invented formats; an entry without a date is still an article.
    """
    if not value:
        return None
    for parse in (parsedate_to_datetime, datetime.fromisoformat):
        try:
            return parse(value.strip()).date()
        except (ValueError, OverflowError, IndexError):
            continue
    return None


def _shown(value: object) -> str:
    shown = ascii(value)
    return shown if len(shown) <= 60 else f"{shown[:57]}…"
