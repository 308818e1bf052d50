"""Files that a writer of the lexical index left behind when it died before its commit.

Tantivy deletes them in its own time, but not always in time: it names the file of deletions by a
count that goes back to the last commit, and refuses to commit when the file is there already.
"""

import json
from pathlib import Path

_KEPT = ("meta.json", ".managed.json", ".tantivy-")


def remove_leftovers(folder: Path) -> list[str]:
    """Delete what no commit names; return the names. Nobody may be writing.

    Leaves all as it is when the list of the last commit cannot be read.
    """
    committed = _committed(folder / "meta.json")
    if committed is None:
        return []
    leftovers = [path for path in folder.iterdir() if not _is_part(path.name, committed)]
    for path in leftovers:
        path.unlink(missing_ok=True)
    return sorted(path.name for path in leftovers)


def _committed(meta: Path) -> dict[str, int | None] | None:
    """Return the segments of the last commit, each with the count that its deletions go by."""
    try:
        segments = json.loads(meta.read_bytes())["segments"]
        return {
            segment["segment_id"].replace("-", ""): (segment["deletes"] or {}).get("opstamp")
            for segment in segments
        }
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def _is_part(name: str, committed: dict[str, int | None]) -> bool:
    if name.startswith(_KEPT):
        return True
    segment, _, rest = name.partition(".")
    if segment not in committed:
        return False
    return not rest.endswith(".del") or rest == f"{committed[segment]}.del"
