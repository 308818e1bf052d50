"""The one row of the catalog's table ``state``: which generation this is, and of which embedder."""

import sqlite3
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """Which embedder an index is built with."""

    fingerprint: str
    dimension: int
    model: str  # as it is asked for on the command line


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """The schema says what each field means."""

    incarnation: str
    generation: int
    manifest: int
    removals_from: int
    built: Built

    def shows_the_same(self, other: "State") -> bool:
        """Tell whether both hold the same articles."""
        return (self.incarnation, self.generation) == (other.incarnation, other.generation)

    def is_after(self, other: "State") -> bool:
        """Tell whether this is a later state of the same index."""
        later = self.generation > other.generation or self.manifest > other.manifest
        return self.incarnation == other.incarnation and later


def read_state(connection: sqlite3.Connection) -> State:
    """Return the state that the connection sees."""
    row = connection.execute(
        "SELECT incarnation, generation, manifest, removals_from, fingerprint, dimension, model"
        " FROM state"
    ).fetchone()
    return State(
        incarnation=row[0],
        generation=row[1],
        manifest=row[2],
        removals_from=row[3],
        built=Built(fingerprint=row[4], dimension=row[5], model=row[6]),
    )
