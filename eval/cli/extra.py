"""What only the harness needs, ``pullquote[eval]``, may be missing: then it is said in words."""

from index.errors import PullquoteError

_OURS = {"index", "qa", "api", "eval"}


class ExtraMissingError(PullquoteError):
    """A package that only the harness needs is not installed."""

    def __init__(self, error: ModuleNotFoundError) -> None:
        super().__init__(
            f"Evaluating needs the package {error.name}, which is not installed.",
            remedy='Install what evaluating needs: pip install "pullquote[eval]"',
        )


def is_extra(error: ModuleNotFoundError) -> bool:
    """Whether a package is missing, and not a module of our own."""
    return error.name is not None and error.name.split(".")[0] not in _OURS
