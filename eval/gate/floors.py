"""The file of floors: TOML, one table a floor.

``[[floor]]`` names a set, a measure of ``eval.measures.names``, and the least (``at_least``) or the
most (``at_most``) that it may be, over all questions or over those of one language, kind or pair of
languages. What it names has to exist: a floor that is misspelt would hold nothing up.
"""

import difflib
from pathlib import Path

import msgspec

from eval.measures.names import MEASURES
from eval.measures.slices import ALL, Slice
from index.errors import InputError

SLICED_BY = ("language", "kind", "pair")


class FloorsError(InputError):
    """A file of floors that cannot be used."""


class Floor(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One figure that must not fall (or rise, where less is better)."""

    set: str
    measure: str
    at_least: float | None = None
    at_most: float | None = None
    language: str | None = None
    kind: str | None = None
    pair: str | None = None

    @property
    def slice(self) -> Slice:
        """The questions that it is of."""
        for by in SLICED_BY:
            if value := getattr(self, by):
                return Slice(by=by, value=value)
        return ALL

    @property
    def bound(self) -> float:
        """The least or the most."""
        return self.at_least if self.at_least is not None else self.at_most or 0.0

    def holds(self, value: float) -> bool:
        """Whether a value is on the right side of it."""
        return value >= self.bound if self.at_least is not None else value <= self.bound


class Floors(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All floors of a file."""

    floor: tuple[Floor, ...]

    @property
    def sets(self) -> tuple[str, ...]:
        """The sets that are needed, in order."""
        return tuple(dict.fromkeys(floor.set for floor in self.floor))


def read_floors(path: Path) -> Floors:
    """Read a file of floors. Raises FloorsError, with the floor that is wrong."""
    try:
        floors = msgspec.toml.decode(path.read_bytes(), type=Floors)
    except OSError as error:
        raise FloorsError(
            f"The floors {path} cannot be read: {error.strerror}.",
            remedy="Give a TOML file; docs/evaluating.md shows one.",
        ) from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise FloorsError(
            f"{path} is no file of floors: {error}.",
            remedy="docs/evaluating.md shows what it may hold.",
        ) from error
    if not floors.floor:
        raise FloorsError(
            f"{path} has no floor, so that nothing could fall.", remedy="Write one: [[floor]]."
        )
    for number, floor in enumerate(floors.floor, 1):
        _check(path, number, floor)
    return floors


def _check(path: Path, number: int, floor: Floor) -> None:
    where = f"Floor {number} of {path}"
    if floor.measure not in MEASURES:
        close = difflib.get_close_matches(floor.measure, MEASURES, n=1)
        hint = f"Did you mean {close[0]}? " if close else ""
        raise FloorsError(
            f"{where} names the measure {floor.measure!r}, which there is not.",
            remedy=f"{hint}There are: {', '.join(MEASURES)}.",
        )
    named = [by for by in SLICED_BY if getattr(floor, by)]
    if len(named) > 1:
        raise FloorsError(
            f"{where} names {' and '.join(named)}; figures are by one of them.",
            remedy="Write a floor for each.",
        )
    wanted = "at_least" if MEASURES[floor.measure].higher_is_better else "at_most"
    given = [bound for bound in ("at_least", "at_most") if getattr(floor, bound) is not None]
    if given != [wanted]:
        raise FloorsError(
            f"{where} gives {' and '.join(given) or 'no bound'}; {floor.measure} needs {wanted}.",
            remedy=f"Write {wanted} = NUMBER, and nothing else.",
        )
