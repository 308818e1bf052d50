import errno
import hashlib
from pathlib import Path

import pytest

from index.errors import CorruptError, DiskFullError
from index.files import Sink, check, sha256_of, write_durably


def test_a_written_file_holds_its_bytes_and_is_described(tmp_path: Path) -> None:
    stored = write_durably(tmp_path / "a", b"abc")
    assert (tmp_path / "a").read_bytes() == b"abc"
    assert (stored.name, stored.bytes) == ("a", 3)
    assert stored.sha256 == hashlib.sha256(b"abc").hexdigest() == sha256_of(tmp_path / "a")


def test_a_function_may_write_in_pieces(tmp_path: Path) -> None:
    def write(sink: Sink) -> None:
        sink.write(b"ab")
        sink.write(b"c")

    assert write_durably(tmp_path / "a", write) == write_durably(tmp_path / "a", b"abc")


def test_a_failed_write_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    def write(sink: Sink) -> None:
        sink.write(b"half of it")
        raise RuntimeError("interrupted")

    write_durably(tmp_path / "a", b"old")
    with pytest.raises(RuntimeError):
        write_durably(tmp_path / "a", write)
    assert (tmp_path / "a").read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT])
def test_a_full_disk_is_said_with_a_remedy(tmp_path: Path, number: int) -> None:
    def write(sink: Sink) -> None:
        raise OSError(number, "no room")

    with pytest.raises(DiskFullError, match="Free some space"):
        write_durably(tmp_path / "a", write)
    assert list(tmp_path.iterdir()) == []


def test_other_failures_of_the_disk_are_not_hidden(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        write_durably(tmp_path / "no such folder" / "a", b"abc")


def test_an_unchanged_file_passes_the_check(tmp_path: Path) -> None:
    stored = write_durably(tmp_path / "a", b"abc")
    assert check(tmp_path, stored, verify=True) == tmp_path / "a"


def test_a_file_of_the_same_size_fails_only_when_it_is_read(tmp_path: Path) -> None:
    stored = write_durably(tmp_path / "a", b"abc")
    (tmp_path / "a").write_bytes(b"abd")
    check(tmp_path, stored, verify=False)
    with pytest.raises(CorruptError, match="fails its checksum"):
        check(tmp_path, stored, verify=True)
