"""Whether the files of the lexical index are still those that tantivy wrote.

Tantivy ends each file with a footer: JSON with the CRC-32 of what comes before it, the length of
that JSON and a magic number, four bytes each. It reads the footer, but never compares.
"""

import json
import struct
import zlib
from pathlib import Path

from index.files import corrupt

_MAGIC = 1337
_TAIL = struct.Struct("<II")


def check_terms(folder: Path) -> None:
    """Read all committed files and compare their checksums. Raises CorruptError naming one."""
    for segment in _segments(folder):
        for path in sorted(folder.glob(f"{segment}.*")):
            if not _is_whole(path.read_bytes()):
                raise corrupt(path, "fails its checksum")


def _segments(folder: Path) -> list[str]:
    path = folder / "meta.json"
    try:
        meta = json.loads(path.read_bytes()) if path.exists() else {"segments": []}
        return [segment["segment_id"].replace("-", "") for segment in meta["segments"]]
    except (ValueError, KeyError, TypeError) as error:
        raise corrupt(path, "cannot be read") from error


def _is_whole(content: bytes) -> bool:
    if len(content) < _TAIL.size:
        return False
    length, magic = _TAIL.unpack(content[-_TAIL.size :])
    end = len(content) - _TAIL.size - length
    if magic != _MAGIC or end < 0:
        return False
    try:
        crc = json.loads(content[end : -_TAIL.size])["crc"]
    except (ValueError, KeyError, TypeError):
        return False
    return bool(zlib.crc32(memoryview(content)[:end]) == crc)
