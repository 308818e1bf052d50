"""A backup is one generation, whole; restored, it answers as that generation did."""

import shutil
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from index.backup import backup, restore
from index.doctor import examine
from index.errors import CorruptError, StoreError
from index.protocols import Embedder, Prepared
from index.store import LocalStore

Prepare = Callable[..., Prepared]
OpenStore = Callable[..., LocalStore]


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "backups" / "monday"


@pytest.fixture
def filled(store: LocalStore, prepare: Prepare) -> LocalStore:
    store.put([prepare("a", "Snow fell on Oslo."), prepare("b", "Rain fell on Bergen.")])
    store.put([prepare("a", "Hail fell on Oslo.", source="The Lantern")])
    return store


def wrong(folder: Path) -> list[str]:
    return [finding.detail for finding in examine(folder) if not finding.ok]


def test_what_is_restored_answers_as_what_was_backed_up(
    filled: LocalStore, target: Path, tmp_path: Path, hashing_embedder: Embedder
) -> None:
    note = backup(filled.folder, target)
    assert note.generation == 2
    restore(target, tmp_path / "new")
    question = hashing_embedder.embed_question("hail on Oslo")
    with (
        LocalStore.open_existing(tmp_path / "new") as restored,
        restored.snapshot() as new,
        filled.snapshot() as old,
    ):
        assert new.dense(question, 5) == old.dense(question, 5)
        assert new.summaries(5) == old.summaries(5)
        assert len(new.lexical("Oslo Bergen", 5)) == 2
    assert wrong(tmp_path / "new") == []


def test_a_backup_of_an_index_that_is_being_written_is_consistent(
    store: LocalStore, prepare: Prepare, target: Path, tmp_path: Path
) -> None:
    store.put([prepare("a", "Snow fell 0 times."), prepare("b", "Rain fell 0 times.")])
    done = threading.Event()

    def write() -> None:
        number = 0
        while not done.is_set():
            number += 1
            store.put(
                [
                    prepare("a", f"Snow fell {number} times."),
                    prepare("b", f"Rain fell {number} times."),
                ]
            )

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for number in range(3):
            backup(store.folder, target / str(number))
    finally:
        done.set()
        writer.join()
    for number in range(3):
        restore(target / str(number), tmp_path / f"new{number}")
        with LocalStore.open_existing(tmp_path / f"new{number}") as restored:
            texts = [article.text for batch in restored.articles() for article in batch]
        assert len({text.split()[2] for text in texts}) == 1
        assert wrong(tmp_path / f"new{number}") == []


def test_an_index_is_not_overwritten_unless_told(
    filled: LocalStore, prepare: Prepare, target: Path
) -> None:
    backup(filled.folder, target)
    filled.put([prepare("c", "Fog lay on Narvik.")])
    with pytest.raises(StoreError, match="holds an index already"):
        restore(target, filled.folder)
    assert filled.snapshot().count_articles() == 3
    generation = restore(target, filled.folder, replace=True)
    assert generation == 4
    with filled.snapshot() as snapshot:  # the running store follows
        assert snapshot.generation == 4
        assert snapshot.count_articles() == 2
        assert len(snapshot.lexical("Oslo Narvik", 5)) == 1
    filled.put([prepare("d", "Wind rose in Molde.")])
    assert wrong(filled.folder) == []


def test_a_snapshot_taken_before_a_restore_goes_on_answering(
    filled: LocalStore, prepare: Prepare, target: Path, hashing_embedder: Embedder
) -> None:
    backup(filled.folder, target)
    filled.put([prepare("c", "Fog lay on Narvik.")])
    with filled.snapshot() as before:
        restore(target, filled.folder, replace=True)
        hits = before.dense(hashing_embedder.embed_question("fog on Narvik"), 1)
        assert before.passages([hits[0].passage_id])[0].article.id == "c"
        assert len(before.lexical("Narvik", 5)) == 1


def test_a_damaged_catalog_can_be_replaced_and_is_kept(
    filled: LocalStore, target: Path, folder: Path
) -> None:
    backup(folder, target)
    filled.close()
    (folder / "catalog.sqlite").write_bytes(b"SQLite it is not" * 300)
    with pytest.raises(CorruptError):
        restore(target, folder)
    restore(target, folder, replace=True)
    assert wrong(folder) == []
    assert len(list(folder.glob(".damaged-*-catalog.sqlite"))) == 1


def test_a_backup_goes_where_nothing_is_yet(filled: LocalStore, target: Path) -> None:
    backup(filled.folder, target)
    with pytest.raises(StoreError, match="exists already"):
        backup(filled.folder, target)


def test_a_place_that_no_folder_can_be_made_in_is_named(filled: LocalStore, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    with pytest.raises(StoreError, match=r"cannot be made: .*file") as raised:
        backup(filled.folder, tmp_path / "file" / "copy")
    assert "where you may write" in raised.value.remedy
    assert (tmp_path / "file").read_text() == "mine"


def test_a_damaged_segment_is_not_backed_up_as_if_it_were_whole(
    filled: LocalStore, target: Path
) -> None:
    path = min((filled.folder / "vectors").iterdir())
    path.write_bytes(path.read_bytes()[:-1] + b"?")
    with pytest.raises(CorruptError, match="checksum"):
        backup(filled.folder, target)
    assert list(target.parent.iterdir()) == []
    path.unlink()
    with pytest.raises(CorruptError, match="is missing"):
        backup(filled.folder, target)


@pytest.mark.parametrize("name", ["catalog.sqlite", "vectors/*"])
def test_a_damaged_backup_is_refused_and_changes_nothing(
    filled: LocalStore, target: Path, name: str
) -> None:
    backup(filled.folder, target)
    path = next(target.glob(name))
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 0xFF
    path.write_bytes(content)
    with pytest.raises(CorruptError, match="checksum"):
        restore(target, filled.folder, replace=True)
    assert filled.snapshot().generation == 2
    filled.put([])
    assert wrong(filled.folder) == []


def test_half_a_backup_is_refused(filled: LocalStore, target: Path, tmp_path: Path) -> None:
    backup(filled.folder, target)
    (target / "backup.json").unlink()
    with pytest.raises(StoreError, match="no complete backup"):
        restore(target, tmp_path / "new")
    shutil.rmtree(target)
    with pytest.raises(StoreError, match="no complete backup"):
        restore(target, tmp_path / "new")


def test_a_backup_is_not_opened_as_an_index_which_would_change_it(
    filled: LocalStore, target: Path
) -> None:
    backup(filled.folder, target)
    before = sorted(target.rglob("*"))
    with pytest.raises(StoreError, match="is a backup"):
        LocalStore.open_existing(target)
    with pytest.raises(StoreError, match="is a backup"):
        LocalStore.open(target, fingerprint="hashing-64", dimension=64, model="hashing")
    assert sorted(target.rglob("*")) == before
    assert wrong(target) == [f"{target} is a backup, which must stay as it is."]
