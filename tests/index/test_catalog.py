"""The catalog file: whole transactions, its own errors, consistent copies."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from index.article import Passage, Span
from index.catalog import Catalog
from index.copying import copy_catalog, replace_catalog
from index.errors import CorruptError, StoreError
from index.rows import packed, unpacked
from index.schema import FORMAT
from index.state import Built, read_state

BUILT = Built(fingerprint="f", dimension=2, model="m")


@pytest.fixture
def catalog(tmp_path: Path) -> Iterator[Catalog]:
    catalog = Catalog(tmp_path / "catalog.sqlite")
    catalog.create(BUILT)
    yield catalog
    catalog.close()


def set_model(catalog: Catalog, model: str) -> None:
    with catalog.writing() as connection:
        connection.execute("UPDATE state SET model = ?", (model,))


def model(catalog: Catalog) -> str:
    with catalog.reading() as connection:
        return read_state(connection).built.model


def test_a_new_catalog_is_of_generation_0_and_knows_its_embedder(catalog: Catalog) -> None:
    catalog.check_format()
    with catalog.reading() as connection:
        state = read_state(connection)
    assert (state.generation, state.built) == (0, BUILT)


def test_a_catalog_whose_making_was_interrupted_is_blank(tmp_path: Path) -> None:
    catalog = Catalog(tmp_path / "catalog.sqlite")
    assert catalog.is_blank
    sqlite3.connect(tmp_path / "catalog.sqlite").close()
    assert catalog.is_blank
    catalog.create(BUILT)
    assert not catalog.is_blank
    catalog.close()


def test_what_is_committed_is_synced_and_what_is_deleted_is_overwritten(catalog: Catalog) -> None:
    with catalog.reading() as connection:
        settings = {
            name: connection.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("journal_mode", "synchronous", "foreign_keys", "secure_delete")
        }
    assert settings == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "secure_delete": 1,
    }


def test_a_transaction_that_an_exception_leaves_is_undone(catalog: Catalog) -> None:
    with pytest.raises(ZeroDivisionError), catalog.writing() as connection:
        connection.execute("UPDATE state SET model = 'other'")
        _ = 1 / 0
    assert model(catalog) == "m"


def test_a_reader_keeps_what_it_saw_first(catalog: Catalog) -> None:
    with catalog.reading() as connection:
        read_state(connection)
        set_model(catalog, "other")
        assert read_state(connection).built.model == "m"
    assert model(catalog) == "other"


def test_the_log_is_emptied_unless_somebody_reads_in_it(catalog: Catalog) -> None:
    with catalog.reading() as connection:
        read_state(connection)
        set_model(catalog, "other")
        assert not catalog.checkpoint()
    assert catalog.checkpoint()
    assert catalog.path.with_name("catalog.sqlite-wal").stat().st_size == 0


def test_a_copy_holds_one_generation_in_one_file(catalog: Catalog, tmp_path: Path) -> None:
    copy_catalog(catalog, tmp_path / "copy")
    set_model(catalog, "other")
    copy = Catalog(tmp_path / "copy")
    assert model(copy) == "m"
    copy.close()
    assert sorted(path.name for path in tmp_path.glob("copy*")) == ["copy"]


def test_a_replacement_is_seen_by_those_who_come_after(catalog: Catalog, tmp_path: Path) -> None:
    copy_catalog(catalog, tmp_path / "copy")
    set_model(catalog, "other")
    with catalog.reading() as early:
        assert read_state(early).built.model == "other"
        replace_catalog(catalog, tmp_path / "copy")
        assert read_state(early).built.model == "other"
    with catalog.reading() as connection:
        assert read_state(connection).built.model == "m"
        assert connection.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
        assert connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"


def test_another_program_s_database_is_not_touched(tmp_path: Path) -> None:
    path = tmp_path / "catalog.sqlite"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE recipes (name)")
    connection.close()
    catalog = Catalog(path)
    with pytest.raises(StoreError, match="not a Pullquote catalog"):
        catalog.check_format()
    catalog.close()


def test_a_format_of_the_future_is_refused(catalog: Catalog) -> None:
    with catalog.writing() as connection:
        connection.execute(f"PRAGMA user_version = {FORMAT + 1}")
    with pytest.raises(StoreError, match=f"reads format {FORMAT}"):
        catalog.check_format()


def test_a_file_that_is_no_database_is_corrupt(tmp_path: Path) -> None:
    (tmp_path / "catalog.sqlite").write_bytes(b"no database at all" * 100)
    with pytest.raises(CorruptError, match="damaged"):
        Catalog(tmp_path / "catalog.sqlite").check_format()


def test_sentences_are_packed_and_unpacked(catalog: Catalog) -> None:
    passage = Passage(sentences=(Span(0, 5), Span(7, 70_000)))
    assert unpacked(packed(passage)) == passage
    assert packed(passage).hex() == "00000000050000000700000070110100"
    with pytest.raises(ValueError, match=r"shorter|longer"):
        unpacked(packed(passage)[:12])
