"""The file of the keys: what it holds, who may read it, and that nothing in it is ever lost."""

import hashlib
import json
import re
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from api.keyring import Keyring
from api.keys import KeyNameError, KeysError, KeysFile, UnknownKeyError
from index.backup import backup, restore
from index.errors import StoreError
from index.store import LocalStore

ROOT = Path(__file__).parents[2]
ADD = """
import sys
from api.cli import main

_, folder, name = sys.argv
main(["--data", folder, "keys", "add", name])
"""
ADD_FOR_EVER = """
import itertools, sys
from pathlib import Path
from api.keys import KeysFile

file = KeysFile(Path(sys.argv[1]))
print("begun", flush=True)
for number in itertools.count():
    print(file.add(f"{sys.argv[2]}-{number}", "read"), flush=True)
"""


@pytest.fixture
def file(tmp_path: Path) -> KeysFile:
    return KeysFile(tmp_path / "index")


def test_only_the_checksum_of_a_key_is_stored(file: KeysFile) -> None:
    secret = file.add("newsroom", "read")

    assert re.fullmatch(r"pq_[\w-]{43}", secret)  # 256 bits in base 64
    stored = file.path.read_text("utf-8")
    assert secret not in stored and secret.removeprefix("pq_") not in stored
    (row,) = json.loads(stored)["keys"]
    assert row["sha256"] == hashlib.sha256(secret.encode()).hexdigest()
    assert sorted(row) == ["created", "name", "role", "sha256"]


def test_nobody_else_may_read_the_file(file: KeysFile) -> None:
    file.add("newsroom", "read")
    assert file.path.stat().st_mode & 0o777 == 0o600
    file.add("desk", "write")
    assert file.path.stat().st_mode & 0o777 == 0o600


def test_a_removed_key_opens_nothing_and_the_others_still_do(file: KeysFile) -> None:
    first, second = file.add("newsroom", "read"), file.add("desk", "write")
    ring = Keyring(file.path.parent)
    assert ring.find(first.encode()) is not None

    assert file.remove("newsroom") == 1

    assert ring.find(first.encode()) is None
    found = ring.find(second.encode())
    assert found is not None and (found.name, found.role) == ("desk", "write")


@pytest.mark.parametrize("name", ["", " ", " desk", "desk\n", "a\x1b[31mb", "x" * 101, "\ud800"])
def test_a_name_that_cannot_be_read_is_refused(file: KeysFile, name: str) -> None:
    with pytest.raises(KeyNameError, match="cannot be named"):
        file.add(name, "read")
    assert not file.path.exists()


def test_a_name_is_one_key_and_an_unknown_one_is_told(file: KeysFile) -> None:
    with pytest.raises(UnknownKeyError):
        file.remove("newsroom")
    secret = file.add("newsroom", "read")
    with pytest.raises(KeyNameError, match="already"):
        file.add("newsroom", "write")
    with pytest.raises(UnknownKeyError, match="'desk'"):
        file.remove("desk")
    assert Keyring(file.path.parent).find(secret.encode()) is not None


def test_keys_are_made_before_the_index_and_not_in_a_folder_of_something_else(
    tmp_path: Path,
) -> None:
    KeysFile(tmp_path / "new").add("newsroom", "read")
    (tmp_path / "letter.txt").write_text("not an index")
    with pytest.raises(StoreError, match=r"letter\.txt"):
        KeysFile(tmp_path).add("newsroom", "read")


GOOD = {"name": "a", "role": "read", "sha256": "0" * 64, "created": "2026-01-07T00:00:00Z"}


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"\xff\xfe",
        b"[" * 100_000,
        b"[]",
        b"{}",
        json.dumps({"keys": [GOOD | {"sha256": "0" * 63}]}).encode(),
        json.dumps({"keys": [GOOD | {"role": "admin"}]}).encode(),
        json.dumps({"keys": [GOOD | {"more": 1}]}).encode(),
        json.dumps({"keys": [GOOD | {"name": ""}]}).encode(),
        json.dumps({"keys": [GOOD, GOOD]}).encode(),
    ],
)
def test_a_damaged_file_opens_to_nobody_and_is_never_overwritten(
    file: KeysFile, content: bytes
) -> None:
    file.path.parent.mkdir()
    file.path.write_bytes(content)
    ring = Keyring(file.path.parent)
    for attempt in (
        file.read,
        ring.keys,
        lambda: ring.find(b"pq_"),
        lambda: file.add("b", "read"),
        lambda: file.remove("a"),
    ):
        with pytest.raises(KeysError, match="cannot be read"):
            attempt()
    assert file.path.read_bytes() == content


def test_a_file_that_has_gone_is_not_one_without_keys(file: KeysFile) -> None:
    file.path.parent.mkdir()
    ring = Keyring(file.path.parent)
    assert ring.keys() == ()
    file.add("newsroom", "read")
    assert len(ring.keys()) == 1

    file.path.unlink()

    with pytest.raises(KeysError, match="have gone"):
        ring.keys()
    file.add("newsroom", "read")
    assert len(ring.keys()) == 1


def test_a_file_that_is_a_folder_is_damaged_too(file: KeysFile) -> None:
    file.path.mkdir(parents=True)
    with pytest.raises(KeysError, match="cannot be read: Is a directory"):
        Keyring(file.path.parent).keys()


def test_keys_that_several_processes_make_at_once_are_all_there(tmp_path: Path) -> None:
    def add(name: str) -> str:
        made = [sys.executable, "-c", ADD, str(tmp_path / "index"), name]
        return subprocess.run(made, cwd=ROOT, capture_output=True, check=True, text=True).stdout

    names = [f"key-{number}" for number in range(6)]
    with ThreadPoolExecutor(6) as pool:
        secrets = list(pool.map(add, names))

    ring = Keyring(tmp_path / "index")
    found = [ring.find(secret.strip().encode()) for secret in secrets]
    assert [key and key.name for key in found] == names


def test_a_process_that_is_killed_while_it_makes_keys_leaves_the_file_whole(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "index"
    printed: list[str] = []
    for round_ in range(8):
        with subprocess.Popen(
            [sys.executable, "-c", ADD_FOR_EVER, str(folder), f"round-{round_}"],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
        ) as process:
            assert process.stdout is not None
            assert process.stdout.readline() == "begun\n"
            time.sleep(0.013 * round_)  # somewhere in the middle
            process.send_signal(signal.SIGKILL)
            printed += process.stdout.read().split()
        ring = Keyring(folder)
        assert all(ring.find(secret.encode()) for secret in printed)
    assert printed
    KeysFile(folder).add("after", "read")
    assert not list(folder.glob(".keys.json.*.tmp"))


def test_a_backup_holds_no_keys_and_restoring_it_leaves_those_that_are_there(
    file: KeysFile, tmp_path: Path
) -> None:
    folder = file.path.parent
    LocalStore.open(folder, fingerprint="hashing-64", dimension=64, model="hashing").close()
    secret = file.add("newsroom", "read")

    backup(folder, tmp_path / "copy")
    restore(tmp_path / "copy", folder, replace=True)
    restore(tmp_path / "copy", tmp_path / "elsewhere")

    assert not list((tmp_path / "copy").glob("*keys*"))
    assert Keyring(folder).find(secret.encode()) is not None
    assert KeysFile(tmp_path / "elsewhere").read() == ()
