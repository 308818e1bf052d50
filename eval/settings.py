"""Which settings decide an answer, or its time: what a run writes down and may be run with."""

from msgspec import structs

from qa.settings import Settings

# Where things lie and how a service listens decides no answer.
NO_MATTER = frozenset(
    {
        *("data", "cache", "host", "port", "max_body_mb", "max_articles"),
        *("open_to_all", "requests_per_minute", "cors_origins"),
    }
)


def settings_of(settings: Settings) -> dict[str, object]:
    """Return the settings that matter, by name."""
    return {
        name: value for name, value in structs.asdict(settings).items() if name not in NO_MATTER
    }
