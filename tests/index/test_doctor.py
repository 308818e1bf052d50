"""The doctor finds what is wrong, says what to do, and what it does is enough."""

import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from index.doctor import examine, repair
from index.lock import WriterLock
from index.protocols import Prepared
from index.store import LocalStore

Prepare = Callable[..., Prepared]
OpenStore = Callable[..., LocalStore]


@pytest.fixture
def index(folder: Path, open_store: OpenStore, prepare: Prepare) -> Path:
    """An index with a past: several segments, a tombstone, a group of near-duplicates."""
    dispatch = "The two frigates will leave the harbour on Monday and sail north with a crew."
    store = open_store()
    store.put([prepare("a", "Snow fell on Oslo."), prepare("b", dispatch, language="fr")])
    store.put([prepare("c", dispatch), prepare("d", "Rain fell. Wind rose. Fog lay on Narvik.")])
    store.put([prepare("a", "Hail fell on Oslo.")])
    store.close()
    return folder


def complaints(folder: Path) -> dict[str, str | None]:
    return {finding.check: finding.remedy for finding in examine(folder) if not finding.ok}


def spoil(folder: Path, statement: str) -> None:
    connection = sqlite3.connect(folder / "catalog.sqlite")
    with connection:
        connection.execute(statement)
    connection.close()


def flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 0xFF
    path.write_bytes(content)


def test_nothing_is_wrong_with_a_healthy_index(index: Path) -> None:
    findings = examine(index)
    assert [finding for finding in findings if not finding.ok] == []
    assert len(findings) > 8
    assert all(finding.detail for finding in findings)


def test_an_empty_index_is_healthy_too(store: LocalStore) -> None:
    assert complaints(store.folder) == {}


def test_where_there_is_no_index_it_says_so(tmp_path: Path) -> None:
    assert complaints(tmp_path / "nowhere") == {
        "catalog": f"Make one: pullquote --data {tmp_path / 'nowhere'} add PATH"
    }
    assert not (tmp_path / "nowhere").exists()


@pytest.mark.parametrize(
    ("statement", "check"),
    [
        ("UPDATE texts SET text = text || '.' WHERE article = 1", "texts"),
        ("UPDATE passages SET sentences = x'0000000000000001' WHERE article = 2", "texts"),
        ("UPDATE passages SET sentences = x'01' WHERE article = 2", "texts"),
        ("DELETE FROM texts WHERE article = 2", "references"),
        ("UPDATE passages SET article = 77 WHERE article = 2", "references"),
        ("UPDATE articles SET family = 4 WHERE number = 3", "near-duplicates"),
    ],
)
def test_a_catalog_that_contradicts_itself_needs_a_backup(
    index: Path, statement: str, check: str
) -> None:
    spoil(index, statement)
    remedy = complaints(index)[check]
    assert remedy is not None
    assert "restore" in remedy


def test_a_damaged_catalog_file_is_found(index: Path) -> None:
    content = bytearray((index / "catalog.sqlite").read_bytes())
    content[4096:] = b"\xff" * (len(content) - 4096)
    (index / "catalog.sqlite").write_bytes(content)
    assert set(complaints(index)) & {"catalog", "catalog file"}


@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_damaged_segment_is_found_and_repair_takes_it_out_of_use(index: Path, place: int) -> None:
    flip(sorted((index / "vectors").iterdir())[place])
    assert complaints(index)["segments"] == f"pullquote --data {index} doctor --repair"
    after = repair(index)
    assert {finding.check for finding in after if not finding.ok} == {"vectors"}
    assert any(finding.check == "set aside" for finding in after)


def test_a_missing_segment_is_found_and_repair_takes_it_out_of_the_manifest(index: Path) -> None:
    min((index / "vectors").iterdir()).unlink()
    assert "segments" in complaints(index)
    assert {finding.check for finding in repair(index) if not finding.ok} == {"vectors"}


@pytest.mark.parametrize(
    ("statement", "check"),
    [
        ("UPDATE segments SET dead = 1 + dead", "counts"),
        ("UPDATE centroids SET passages = 9", "counts"),
        ("DELETE FROM passages WHERE article = 4", "words"),
    ],
)
def test_what_derives_from_the_catalog_is_repaired(index: Path, statement: str, check: str) -> None:
    spoil(index, statement)
    assert complaints(index)[check] == f"pullquote --data {index} doctor --repair"
    assert [finding for finding in repair(index) if not finding.ok] == []


def test_leftovers_are_found_and_removed(index: Path) -> None:
    (index / "vectors" / "0123456789abcdef.faiss").write_bytes(b"half")
    (index / "vectors" / ".0123456789abcdef.rows.npy.12345678.tmp").write_bytes(b"")
    assert "orphans" in complaints(index)
    assert [finding for finding in repair(index) if not finding.ok] == []


def test_lost_words_are_found_and_written_again(index: Path) -> None:
    shutil.rmtree(index / "terms")
    assert set(complaints(index)) == {"words"}
    assert [finding for finding in repair(index) if not finding.ok] == []


def test_damaged_words_are_found_and_written_again(index: Path) -> None:
    flip(max((index / "terms").glob("*.store"), key=lambda path: path.stat().st_size))
    assert set(complaints(index)) == {"words"}
    assert [finding for finding in repair(index) if not finding.ok] == []


def test_while_another_process_writes_only_the_catalog_is_checked(
    index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.doctor.PATIENCE_S", 0.05)
    with WriterLock(index / "lock").held():
        findings = {finding.check: finding for finding in examine(index)}
    assert findings["texts"].ok
    assert "another process is writing" in findings["segments"].detail


def test_a_repaired_index_gives_centroids_again(
    index: Path, open_store: OpenStore, prepare: Prepare
) -> None:
    before = open_store().snapshot().centroid("fr")
    spoil(index, "DELETE FROM centroids")
    repair(index)
    after = open_store().snapshot().centroid("fr")
    assert before is not None
    assert after is not None
    assert after.tolist() == before.tolist()
