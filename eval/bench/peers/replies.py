"""What the program ``peer.py`` answers."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Indexed:
    """A system that has taken in the articles."""

    versions: dict[str, str]
    python: str
    settings: str
    load_s: float  # the model
    index_s: float
    index_processor_s: float  # of all threads


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What was found for one question."""

    found: list[str]  # article ids, best first
    milliseconds: float
    processor_ms: float  # of all threads
    peak_mb: float  # most memory that the process had resident until now
