"""How many articles there are to add, where that can be told without reading them."""

from collections.abc import Iterable, Iterator
from pathlib import Path

_ONE_EACH = {".txt", ".text", ".md", ".markdown", ".html", ".htm", ".xhtml", ".pdf"}
_ONE_A_LINE = {".jsonl", ".ndjson"}
_UNKNOWN = {"", ".json", ".rss", ".atom", ".xml", ".gz"}  # and an address, which is `Path()`
MOST_FILES = 100_000  # a walk of a second or two
MOST_BYTES = 200_000_000  # of lines to be counted: a fraction of a second


def expected(targets: Iterable[str]) -> int | None:
    """Return how many articles the targets hold at most, None where that is not cheap to tell."""
    articles = bytes_read = 0
    try:
        for number, file in enumerate(_files(targets)):
            kind = file.suffix.lower()
            if kind in _ONE_A_LINE:
                bytes_read += file.stat().st_size
            if kind in _UNKNOWN or bytes_read > MOST_BYTES or number == MOST_FILES:
                return None
            articles += _lines(file) if kind in _ONE_A_LINE else kind in _ONE_EACH
    except OSError:
        return None
    return articles


def _files(targets: Iterable[str]) -> Iterator[Path]:
    from index.load.fetch import is_address
    from index.load.folder import walk

    for target in targets:
        if is_address(target):
            yield Path()
        elif Path(target).is_dir():
            yield from (each for each in walk(Path(target)) if isinstance(each, Path))
        else:
            yield Path(target)


def _lines(file: Path) -> int:
    with file.open("rb") as lines:
        return sum(1 for line in lines if line.strip())
