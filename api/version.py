"""Which version of Pullquote this is."""

from importlib.metadata import PackageNotFoundError, version


def installed_version() -> str:
    """Return the version of the distribution; "0" in a checkout that is not installed."""
    try:
        return version("pullquote")
    except PackageNotFoundError:
        return "0"
