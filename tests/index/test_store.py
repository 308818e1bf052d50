"""What a store promises to those who read and write: nothing lost, nothing half, nothing stale."""

import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from types import FrameType

import msgspec
import numpy as np
import pytest

from index.article import Article
from index.doctor import examine
from index.errors import (
    ArticleError,
    CorruptError,
    DiskFullError,
    EmbedderChangedError,
    StoreError,
    WriterBusyError,
)
from index.lock import WriterLock
from index.protocols import NO_FILTERS, Embedder, Filters, Prepared, Snapshot, Store
from index.snapshot import LocalSnapshot
from index.store import LocalStore
from index.terms import Terms

Prepare = Callable[..., Prepared]
OpenStore = Callable[..., LocalStore]


def found(snapshot: LocalSnapshot, question: str, filters: Filters = NO_FILTERS) -> list[str]:
    """Return the texts of the passages in which a word of the question occurs."""
    hits = snapshot.lexical(question, 10, filters)
    return [record.text for record in snapshot.passages([hit.passage_id for hit in hits])]


def nearest(
    snapshot: LocalSnapshot, embedder: Embedder, question: str, filters: Filters = NO_FILTERS
) -> list[str]:
    hits = snapshot.dense(embedder.embed_question(question), 10, filters)
    return [record.article.id for record in snapshot.passages([hit.passage_id for hit in hits])]


def flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    if content:
        content[len(content) // 2] ^= 0x01
    path.write_bytes(content)


def test_the_local_store_obeys_the_protocols(store: LocalStore) -> None:
    as_store: Store = store
    as_snapshot: Snapshot = store.snapshot()
    assert as_snapshot.generation == 0
    assert as_store.put([]) == []


def test_what_was_put_is_found_by_meaning_and_by_words(
    store: LocalStore, prepare: Prepare, hashing_embedder: Embedder
) -> None:
    text = "Denmark sends two frigates. Sweden refuses."
    (stored,) = store.put([prepare("north", text, source="The Lantern")])
    assert (stored.status, stored.passages, stored.duplicate_of) == ("added", 1, None)
    with store.snapshot() as snapshot:
        assert snapshot.generation == 1
        assert nearest(snapshot, hashing_embedder, "two frigates") == ["north"]
        assert found(snapshot, "frigates") == [text]


def test_a_record_holds_all_that_an_answer_needs(
    store: LocalStore, prepare: Prepare, hashing_embedder: Embedder
) -> None:
    prepared = prepare("north", "Denmark sends two frigates. Sweden refuses. Norway waits.")
    store.put([prepared])
    with store.snapshot() as snapshot:
        second, first = snapshot.passages([2, 1])
        assert (first.text, second.text) == (
            "Denmark sends two frigates. Sweden refuses.",
            "Norway waits.",
        )
        assert first.article == prepared.article
        assert first.sha256 == prepared.article.sha256
        assert first.group == "north"
        assert np.allclose(first.vector, prepared.passages[0].vector)
        assert np.allclose(first.sentence_vectors, prepared.passages[0].sentence_vectors, atol=1e-3)
        question = hashing_embedder.embed_question("frigates")
        assert np.allclose(
            snapshot.cosines(question, [2, 1]),
            [second.vector @ question, first.vector @ question],
        )
        with pytest.raises(KeyError):
            snapshot.passages([3])


def test_the_same_article_again_changes_nothing(store: LocalStore, prepare: Prepare) -> None:
    store.put([prepare("north", "Denmark sends two frigates.")])
    (stored,) = store.put([prepare("north", "Denmark sends two frigates.")])
    assert stored.status == "unchanged"
    assert stored.passages == 1
    assert store.snapshot().generation == 1


def test_a_new_text_takes_the_place_of_the_old_one(
    store: LocalStore, prepare: Prepare, hashing_embedder: Embedder
) -> None:
    store.put([prepare("north", "Denmark sends two frigates."), prepare("b", "The harvest is in.")])
    (stored,) = store.put([prepare("north", "Denmark sends three destroyers.")])
    assert stored.status == "updated"
    with store.snapshot() as snapshot:
        assert found(snapshot, "frigates") == []
        assert found(snapshot, "destroyers") == ["Denmark sends three destroyers."]
        assert sorted(nearest(snapshot, hashing_embedder, "frigates")) == ["b", "north"]
        assert snapshot.count_articles() == 2


def test_new_metadata_alone_keeps_the_passages_and_takes_effect(
    store: LocalStore, prepare: Prepare
) -> None:
    store.put([prepare("north", "La Suède refuse.", language="en", source="A")])
    (stored,) = store.put([prepare("north", "La Suède refuse.", language="fr", source="B")])
    assert stored.status == "updated"
    with store.snapshot() as snapshot:
        assert snapshot.passages([1])[0].article.source == "B"
        assert snapshot.languages() == {"fr": 1}
        assert snapshot.sources() == {"B": 1}
        assert found(snapshot, "refusait") == ["La Suède refuse."]  # stemmed as French now
        assert snapshot.centroid("en") is None
        assert snapshot.centroid("fr") is not None


def test_of_two_with_one_id_in_a_batch_the_last_counts(store: LocalStore, prepare: Prepare) -> None:
    batch = [prepare("north", "The first text."), prepare("north", "The second text.")]
    assert [stored.id for stored in store.put(batch)] == ["north", "north"]
    article = store.snapshot().article("north")
    assert article is not None
    assert article.text == "The second text."


def test_a_removed_article_is_gone_from_everywhere(
    store: LocalStore, prepare: Prepare, hashing_embedder: Embedder, folder: Path
) -> None:
    secret = "Zanzibar keeps the treasure."
    store.put([prepare("a", secret), prepare("b", "The harvest is in.")])
    store.put([prepare("c", "Fog lay on Narvik."), prepare("d", "Snow fell.", language="fr")])
    assert store.remove(["a", "unknown", "a"]) == ["a"]
    with store.snapshot() as snapshot:
        assert found(snapshot, "Zanzibar treasure") == []
        assert set(nearest(snapshot, hashing_embedder, secret)) == {"b", "c", "d"}
        assert snapshot.article("a") is None
        assert snapshot.passages_of("a") == ()
        assert snapshot.summary("a") is None
        assert snapshot.count_articles() == 3
    assert store.status().tombstones == 0
    everything = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
    assert b"zanzibar" not in everything.lower()
    assert store.snapshot().document_frequency(["zanzibar", "harvest", "snow"], "en") == [0, 1, 0]
    vector = prepare("a", secret).passages[0].vector
    assert vector.tobytes() not in everything


def test_a_snapshot_keeps_its_generation_while_others_write(
    store: LocalStore, prepare: Prepare, hashing_embedder: Embedder
) -> None:
    store.put([prepare("a", "Denmark sends two frigates."), prepare("b", "The harvest is in.")])
    with store.snapshot() as before:
        store.put([prepare("a", "Denmark sends nothing."), prepare("c", "Snow fell on Oslo.")])
        store.remove(["b"])
        store.merge(everything=True)
        assert before.generation == 1
        assert set(found(before, "frigates harvest")) == {
            "The harvest is in.",
            "Denmark sends two frigates.",
        }
        assert set(nearest(before, hashing_embedder, "snow")) == {"a", "b"}
        assert [summary.id for summary in before.summaries(10)] == ["a", "b"]
    with store.snapshot() as after:
        assert after.generation == 3
        assert [summary.id for summary in after.summaries(10)] == ["a", "c"]


def test_a_store_follows_what_another_process_writes(
    open_store: OpenStore, prepare: Prepare, hashing_embedder: Embedder
) -> None:
    mine, theirs = open_store(), open_store()
    mine.put([prepare("a", "Denmark sends two frigates."), prepare("b", "The harvest is in.")])
    assert theirs.snapshot().generation == 1
    theirs.put([prepare("a", "Denmark sends nothing.", source="A")])
    theirs.remove(["b"])
    mine.put([prepare("c", "Snow fell on Oslo.")])
    for store in (mine, theirs, open_store()):
        with store.snapshot() as snapshot:
            assert snapshot.generation == 4
            assert snapshot.count_articles() == 2
            assert set(nearest(snapshot, hashing_embedder, "frigates")) == {"a", "c"}
            assert set(found(snapshot, "frigates harvest nothing snow")) == {
                "Denmark sends nothing.",
                "Snow fell on Oslo.",
            }
            assert snapshot.sources() == {"A": 1}


@pytest.fixture
def library(store: LocalStore, prepare: Prepare) -> LocalStore:
    """Three articles that filters can tell apart."""
    store.put(
        [
            prepare(
                "fr", "La ministre parle.", language="fr", source="Le Phare",
                published=date(2026, 1, 7),
            ),
            prepare(
                "en", "The minister speaks.", source="The Lantern", published=date(2026, 1, 31)
            ),
            prepare("old", "A minister spoke.", source="The Lantern", published=date(2025, 6, 1)),
            prepare("undated", "Some minister spoke.", source=None),
        ]
    )  # fmt: skip
    return store


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (Filters(), {"fr", "en", "old", "undated"}),
        (Filters(source=("The Lantern",)), {"en", "old"}),
        (Filters(source=("The Lantern", "Le Phare")), {"fr", "en", "old"}),
        (Filters(source=("Nobody",)), set()),
        (Filters(language=("fr",)), {"fr"}),
        (Filters(language=("xx",)), set()),
        (Filters(article_ids=("old", "nothing")), {"old"}),
        (Filters(article_ids=("nothing",)), set()),
        (Filters(published_from=date(2026, 1, 1)), {"fr", "en"}),
        (Filters(published_to=date(2026, 1, 7)), {"fr", "old"}),
        (Filters(published_from=date(2026, 1, 7), published_to=date(2026, 1, 7)), {"fr"}),
        (Filters(source=("The Lantern",), published_from=date(2026, 1, 1)), {"en"}),
    ],
)
def test_filters_hold_in_every_search_and_list(
    library: LocalStore, hashing_embedder: Embedder, filters: Filters, expected: set[str]
) -> None:
    with library.snapshot() as snapshot:
        assert set(nearest(snapshot, hashing_embedder, "minister", filters)) == expected
        assert len(found(snapshot, "minister ministre", filters)) == len(expected)
        assert {summary.id for summary in snapshot.summaries(10, filters=filters)} == expected
        assert snapshot.count_articles(filters) == len(expected)
        assert sum(snapshot.languages(filters).values()) == len(expected)


def test_a_filter_is_applied_before_the_limit(
    library: LocalStore, hashing_embedder: Embedder
) -> None:
    only = Filters(article_ids=("undated",))
    with library.snapshot() as snapshot:
        vector = hashing_embedder.embed_question("The minister speaks.")
        (hit,) = snapshot.dense(vector, 1, only)
        assert snapshot.passages([hit.passage_id])[0].article.id == "undated"
        assert len(snapshot.lexical("The minister speaks.", 1, only)) == 1


def test_hits_come_best_first_and_equal_ones_by_id(
    store: LocalStore, prepare: Prepare, hashing_embedder: Embedder
) -> None:
    store.put([prepare("b", "Snow fell."), prepare("c", "Rain and snow fell.")])
    store.put([prepare("a", "Snow fell.")])
    with store.snapshot() as snapshot:
        dense = snapshot.dense(hashing_embedder.embed_question("snow fell"), 3)
        assert [hit.passage_id for hit in dense] == [1, 3, 2]
        assert dense[0].score == dense[1].score > dense[2].score
        assert dense[0].score == pytest.approx(1.0)
        assert [hit.language for hit in dense] == ["en"] * 3


def test_lists_go_on_after_the_last_id(library: LocalStore) -> None:
    with library.snapshot() as snapshot:
        assert [summary.id for summary in snapshot.summaries(2)] == ["en", "fr"]
        (last,) = snapshot.summaries(1, after="old")
        assert (last.id, last.characters, last.passages) == ("undated", 20, 1)


def test_a_centroid_is_the_mean_of_what_there_is(store: LocalStore, prepare: Prepare) -> None:
    batch = [prepare("a", "Snow fell."), prepare("b", "Rain fell."), prepare("c", "Wind rose.")]
    store.put(batch)
    store.remove(["b"])
    store.put([prepare("c", "The wind turned.")])
    expected = [batch[0].passages[0].vector, prepare("c", "The wind turned.").passages[0].vector]
    centroid = store.snapshot().centroid("en")
    assert centroid is not None
    assert np.allclose(centroid, np.mean(expected, axis=0), atol=1e-6)


def test_vectors_are_known_by_content(store: LocalStore, prepare: Prepare) -> None:
    prepared = prepare("a", "Snow fell. Rain fell. Wind rose.")
    store.put([prepared])
    hashes = [embedded.content_hash for embedded in prepared.passages]
    known = store.known_vectors([*hashes, b"unknown"])
    assert set(known) == set(hashes)
    assert np.allclose(known[hashes[0]][0], prepared.passages[0].vector)
    assert known[hashes[0]][1].shape == (2, 64)


DISPATCH = (
    "The minister of fisheries said on Monday that the two frigates would leave the harbour"
    " before the end of the week and sail north along the coast with a crew of ninety."
)


def test_a_copy_joins_the_group_of_the_oldest(store: LocalStore, prepare: Prepare) -> None:
    original, copy = prepare("first", DISPATCH), prepare("copy", DISPATCH + " More to follow.")
    assert [s.duplicate_of for s in store.put([original, copy])] == [None, "first"]
    (again,) = store.put([prepare("third", DISPATCH)])
    assert again.duplicate_of == "first"
    with store.snapshot() as snapshot:
        groups = {record.group for record in snapshot.passages([1, 2, 3])}
        assert groups == {"first"}


def test_when_the_first_of_a_group_goes_the_next_takes_its_place(
    store: LocalStore, prepare: Prepare
) -> None:
    store.put([prepare(name, DISPATCH) for name in ("first", "second", "third")])
    store.remove(["first"])
    with store.snapshot() as snapshot:
        assert [s.duplicate_of for s in snapshot.summaries(5)] == [None, "second"]
    store.put([prepare("second", "Something else altogether was printed in its place.")])
    with store.snapshot() as snapshot:
        assert [s.duplicate_of for s in snapshot.summaries(5)] == [None, None]


@pytest.mark.parametrize("problem", ["dimension", "not a number", "surrogate", "end"])
def test_what_cannot_be_stored_is_refused_and_nothing_of_its_batch_stays(
    store: LocalStore, prepare: Prepare, folder: Path, problem: str
) -> None:
    good = prepare("good", "Snow fell.")
    bad = prepare("bad", "Rain fell.")
    (embedded,) = bad.passages
    wrong = {
        "dimension": lambda: embedded.__class__(
            passage=embedded.passage, content_hash=b"x", vector=embedded.vector[:5],
            sentence_vectors=embedded.sentence_vectors,
        ),
        "not a number": lambda: embedded.__class__(
            passage=embedded.passage, content_hash=b"x", vector=embedded.vector * np.float32("nan"),
            sentence_vectors=embedded.sentence_vectors,
        ),
        "end": lambda: prepare("long", "A much longer text than that of the article.").passages[0],
    }  # fmt: skip
    if problem == "surrogate":
        bad = Prepared(article=Article(id="bad", text="Half a \ud83d character."), passages=())
    else:
        bad = Prepared(article=bad.article, passages=(wrong[problem](),))
    with pytest.raises((ArticleError, ValueError)):
        store.put([good, bad])
    assert store.snapshot().generation == 0
    assert list((folder / "vectors").iterdir()) == []


def test_an_article_without_passages_is_kept(store: LocalStore, prepare: Prepare) -> None:
    (stored,) = store.put([prepare("dots", "...")])
    assert stored.passages == 0
    assert store.snapshot().count_articles() == 1


def test_texts_come_back_letter_for_letter(store: LocalStore, prepare: Prepare) -> None:
    text = "Zero \x00 and\r\nbreaks, « guillemets », \U0001f469\u200d\U0001f680 and \u202e marks. "
    store.put([prepare("odd", text, title="T\x00", url="https://a.example/ü")])
    article = store.versions(["odd", "none"])["odd"]
    assert article == prepare("odd", text, title="T\x00", url="https://a.example/ü").article


def test_many_small_batches_become_few_segments_with_the_same_answers(
    store: LocalStore, prepare: Prepare, hashing_embedder: Embedder
) -> None:
    places = ["Oslo", "Bergen", "Narvik", "Tromso", "Molde"]
    for number in range(40):
        store.put([prepare(f"a{number:02}", f"Snow fell on {places[number % 5]} {number} times.")])
    store.remove([f"a{number:02}" for number in range(0, 40, 3)])
    question = hashing_embedder.embed_question("Snow fell on Narvik 12 times")
    with store.snapshot() as before:
        store.merge(everything=True)
        with store.snapshot() as after:
            assert after.generation == before.generation
            assert after.dense(question, 40) == before.dense(question, 40)
            assert after.lexical("Narvik 12", 40) == before.lexical("Narvik 12", 40)
    status = store.status()
    assert (status.segments, status.tombstones, status.passages) == (1, 0, 26)


def test_the_same_generation_answers_the_same_after_opening_again(
    open_store: OpenStore, prepare: Prepare, hashing_embedder: Embedder
) -> None:
    store = open_store()
    for number in range(20):
        store.put([prepare(f"a{number}", f"Snow fell {number} times on the roofs of Oslo.")])
    store.remove(["a3", "a4"])
    question = hashing_embedder.embed_question("roofs snow 7")
    with store.snapshot() as before, open_store().snapshot() as after:
        assert after.generation == before.generation
        assert after.dense(question, 20) == before.dense(question, 20)
        assert after.lexical("snow 7 Oslo", 20) == before.lexical("snow 7 Oslo", 20)


def test_readers_are_never_wrong_while_a_writer_works(
    store: LocalStore, prepare: Prepare, hashing_embedder: Embedder
) -> None:
    store.put([prepare("even", "Snow fell 0 times."), prepare("odd", "Rain fell 0 times.")])
    wrong: list[str] = []
    done = threading.Event()

    def read() -> None:
        while not done.is_set():
            with store.snapshot() as snapshot:
                pair = [snapshot.article("even"), snapshot.article("odd")]
                hits = snapshot.dense(hashing_embedder.embed_question("fell"), 5)
                words = snapshot.lexical("fell", 5)
                texts = {r.article.text for r in snapshot.passages([h.passage_id for h in hits])}
                if {article.text for article in pair if article} != texts:
                    wrong.append(f"{pair} and {texts}")
                if {hit.passage_id for hit in words} != {hit.passage_id for hit in hits}:
                    wrong.append(f"{hits} and {words}")

    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    for number in range(1, 13):
        store.put(
            [
                prepare("even", f"Snow fell {number} times."),
                prepare("odd", f"Rain fell {number} times."),
            ]
        )
    done.set()
    for reader in readers:
        reader.join()
    assert wrong == []


def test_another_model_is_refused_with_the_command_that_rebuilds(open_store: OpenStore) -> None:
    open_store()
    with pytest.raises(EmbedderChangedError, match=r"pullquote --data .* --model other rebuild"):
        open_store(fingerprint="other-32", dimension=32, model="other")


def test_a_folder_that_is_not_ours_is_left_alone(folder: Path, open_store: OpenStore) -> None:
    folder.mkdir()
    (folder / "holiday.jpg").write_bytes(b"...")
    with pytest.raises(StoreError, match=r"holiday\.jpg"):
        open_store()
    assert [path.name for path in folder.iterdir()] == ["holiday.jpg"]


def test_without_an_index_there_is_nothing_to_open(folder: Path, open_store: OpenStore) -> None:
    with pytest.raises(StoreError, match="There is no index"):
        LocalStore.open_existing(folder)
    with pytest.raises(StoreError, match="There is no index"):
        open_store(create=False)
    assert not folder.exists()


def test_a_lost_catalog_is_not_replaced_by_an_empty_one(
    folder: Path, open_store: OpenStore, prepare: Prepare
) -> None:
    open_store().put([prepare("a", "Snow fell.")])
    for path in folder.glob("catalog.sqlite*"):
        path.unlink()
    with pytest.raises(StoreError, match="missing"):
        open_store()
    assert list((folder / "vectors").iterdir())


def test_a_damaged_catalog_is_said_to_be_damaged(folder: Path, open_store: OpenStore) -> None:
    open_store().close()
    (folder / "catalog.sqlite").write_bytes(b"SQLite it is not" * 300)
    with pytest.raises(CorruptError, match="restore"):
        open_store()


def test_maintenance_needs_no_embedder(
    folder: Path, open_store: OpenStore, prepare: Prepare
) -> None:
    open_store().put([prepare("a", "Snow fell.")])
    with LocalStore.open_existing(folder) as store:
        assert store.status().model == "hashing"
        assert store.remove(["a"]) == ["a"]


def test_a_second_writer_is_told_to_wait(store: LocalStore, prepare: Prepare, folder: Path) -> None:
    with WriterLock(folder / "lock").held():
        lock = WriterLock(folder / "lock")
        with pytest.raises(WriterBusyError, match="Another process is writing"), lock.held(0.05):
            pass
    store.put([prepare("a", "Snow fell.")])


@pytest.mark.parametrize("damage", ["deleted", "garbage", "truncated", "one bit"])
def test_lost_words_are_filled_in_from_the_catalog(
    folder: Path, open_store: OpenStore, prepare: Prepare, damage: str
) -> None:
    store = open_store()
    store.put([prepare("a", "Snow fell on Oslo.")])
    store.close()
    if damage == "deleted":
        shutil.rmtree(folder / "terms")
    for path in folder.glob("terms/*"):
        if damage == "one bit":
            flip(path)
        else:
            path.write_bytes(b"garbage" if damage == "garbage" else b"")
    with open_store().snapshot() as snapshot:
        assert found(snapshot, "Oslo") == ["Snow fell on Oslo."]


def test_words_that_lag_are_brought_up_at_the_next_opening(
    folder: Path, open_store: OpenStore, prepare: Prepare
) -> None:
    store = open_store()
    store.put([prepare("a", "Snow fell on Oslo."), prepare("b", "Rain fell on Bergen.")])
    store.close()
    shutil.copytree(folder / "terms", folder.with_name("old"))
    store = open_store()
    store.put([prepare("a", "Hail fell on Oslo."), prepare("c", "Fog lay on Narvik.")])
    store.remove(["b"])
    store.close()
    shutil.rmtree(folder / "terms")
    shutil.copytree(folder.with_name("old"), folder / "terms")
    with open_store().snapshot() as snapshot:
        assert found(snapshot, "snow rain Bergen") == []
        assert len(found(snapshot, "Oslo Narvik")) == 2


def test_words_of_other_passages_are_written_again_at_the_next_opening(
    folder: Path, open_store: OpenStore, prepare: Prepare
) -> None:
    store = open_store()
    store.put([prepare("a", "Snow fell on Oslo."), prepare("b", "Rain fell on Bergen.")])
    store.close()
    terms = Terms.open(folder / "terms")
    terms.delete([1])
    terms.commit(1)
    with open_store().snapshot() as snapshot:
        assert len(found(snapshot, "Oslo Bergen")) == 2


def test_what_a_dead_writer_of_words_left_does_not_stop_the_next(
    folder: Path, open_store: OpenStore, prepare: Prepare
) -> None:
    store = open_store()
    store.put([prepare(name, f"Snow fell on {name}.") for name in ("Oslo", "Bergen", "Molde")])
    store.close()
    (segment,) = (path.stem for path in (folder / "terms").glob("*.store"))
    for count in range(100):  # one of them is the name that tantivy will want to write
        (folder / "terms" / f"{segment}.{count}.del").write_bytes(b"")
    (folder / "terms" / ".tmpx1y2z3").write_bytes(b"")
    store = open_store()
    store.put([prepare("Oslo", "Rain fell on Oslo.")])
    assert store.status().degraded == ()
    assert len(list((folder / "terms").glob("*.del"))) == 1
    assert not (folder / "terms" / ".tmpx1y2z3").exists()


def test_words_lost_under_a_running_store_come_back(
    store: LocalStore, prepare: Prepare, folder: Path
) -> None:
    store.put([prepare("a", "Snow fell on Oslo.")])
    shutil.rmtree(folder / "terms")
    store.put([prepare("b", "Rain fell on Oslo.")])
    with store.snapshot() as snapshot:
        assert len(found(snapshot, "Oslo")) == 2
    assert store.status().degraded == ()


def test_a_damaged_segment_is_reported_set_aside_and_rebuilt_from_the_text(
    folder: Path, open_store: OpenStore, prepare: Prepare, hashing_embedder: Embedder
) -> None:
    store = open_store()
    store.put([prepare("a", "Snow fell on Oslo.")])
    store.close()
    flip(min((folder / "vectors").iterdir()))
    store = open_store()
    assert any("checksum" in reason for reason in store.status().degraded)
    with store.snapshot() as snapshot:
        assert found(snapshot, "Oslo") == ["Snow fell on Oslo."]
        assert snapshot.dense(hashing_embedder.embed_question("Oslo"), 5) == []
        assert not snapshot.passages([1])[0].vector.any()
    store.put([prepare("b", "Rain fell on Bergen.")])
    assert any("lost their vectors" in reason for reason in store.status().degraded)
    assert len(list((folder / "vectors").glob("*.damaged"))) == 3
    (lost,) = store.lost_articles()
    assert [article.id for article in lost] == ["a"]
    store.restore_vectors([prepare("a", "Snow fell on Oslo.")])
    assert store.status().degraded == ()
    assert nearest(store.snapshot(), hashing_embedder, "Oslo")[0] == "a"
    assert list(store.lost_articles()) == []


def test_a_missing_segment_is_reported_and_may_come_back(
    folder: Path, open_store: OpenStore, prepare: Prepare
) -> None:
    store = open_store()
    store.put([prepare("a", "Snow fell on Oslo.")])
    store.close()
    path = min((folder / "vectors").iterdir())
    path.rename(folder.with_name("unmounted"))
    store = open_store()
    store.put([prepare("b", "Rain fell on Bergen.")])
    assert any("is missing" in reason for reason in store.status().degraded)
    folder.with_name("unmounted").rename(path)
    assert open_store().status().degraded == ()


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 64 MB; needs the right to mount one."""
    point = tmp_path / "disk"
    point.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", str(point)]
    if (
        not shutil.which("mount")
        or subprocess.run(command, check=False, capture_output=True).returncode
    ):
        pytest.skip("no right to mount a file system here")
    yield point
    subprocess.run(["umount", "--lazy", str(point)], check=True)


def test_on_a_full_disk_nothing_of_a_batch_is_stored_and_all_else_goes_on(
    small_disk: Path, prepare: Prepare, hashing_embedder: Embedder
) -> None:
    with LocalStore.open(
        small_disk / "index", fingerprint="hashing-64", dimension=64, model="hashing"
    ) as store:
        store.put([prepare("a", "Snow fell on Oslo.")])
        ballast = small_disk / "ballast"
        ballast.write_bytes(b"x" * (40 << 20))
        with pytest.raises(DiskFullError, match="nothing of this batch was stored"):
            store.put([prepare("b", "Rain fell on Bergen.")])
        with store.snapshot() as snapshot:
            assert snapshot.generation == 1
            assert nearest(snapshot, hashing_embedder, "Oslo") == ["a"]
        ballast.unlink()
        assert store.put([prepare("b", "Rain fell on Bergen.")])[0].status == "added"


@pytest.mark.parametrize("spare", [0, 20_000, 60_000, 120_000, 300_000, 600_000])
def test_wherever_a_full_disk_strikes_the_index_stays_whole(
    small_disk: Path, prepare: Prepare, monkeypatch: pytest.MonkeyPatch, spare: int
) -> None:
    monkeypatch.setattr("index.committer.ROOM_TO_SPARE_BYTES", -(1 << 40))
    built = {"fingerprint": "hashing-64", "dimension": 64, "model": "hashing"}
    with LocalStore.open(small_disk / "index", **built) as store:
        store.put([prepare("a", "Snow fell on Oslo.")])
        free = shutil.disk_usage(small_disk).free - spare
        (small_disk / "ballast").write_bytes(b"x" * free)
        try:
            store.put([prepare(f"b{n}", f"Rain fell {n} times. " * 200) for n in range(20)])
            stored = 21
        except DiskFullError:
            stored = 1
        assert store.snapshot().count_articles() == stored
        (small_disk / "ballast").unlink()
    with LocalStore.open(small_disk / "index", **built) as store:
        assert store.snapshot().count_articles() == stored
        assert len(found(store.snapshot(), "Oslo")) == 1
        store.put([prepare("c", "Fog lay on Narvik.")])
        assert store.status().degraded == ()


def interrupt_at(call: int) -> None:
    """Raise what Ctrl-C raises, at a call inside the package that the test chooses."""
    left = call

    def on_event(frame: FrameType, event: str, argument: object) -> None:
        nonlocal left
        left -= f"{os.sep}index{os.sep}" in frame.f_code.co_filename
        if left <= 0:
            raise KeyboardInterrupt

    sys.setprofile(on_event)


def test_wherever_it_is_interrupted_a_batch_is_stored_whole_or_not_at_all(
    store: LocalStore, prepare: Prepare
) -> None:
    outcomes = set()
    for version in range(90):
        batch = [prepare(name, f"Snow fell {version} times on {name}.") for name in "ab"]
        interrupt_at(7 + 31 * version)
        try:
            store.put(batch)
        except KeyboardInterrupt:
            pass
        finally:
            sys.setprofile(None)
        with store.snapshot() as snapshot:
            texts = {article.text for name in "ab" if (article := snapshot.article(name))}
            assert {text[:13] for text in texts} <= {next(iter(texts), "")[:13]}
            assert len(found(snapshot, f"{version}")) in (0, 2)
            outcomes.add(bool(found(snapshot, f"{version}")))
            assert len(snapshot.languages()) == bool(texts)
    assert outcomes == {True, False}
    assert [finding for finding in examine(store.folder) if not finding.ok] == []


def test_a_process_that_cannot_write_can_still_read(
    folder: Path, open_store: OpenStore, prepare: Prepare
) -> None:
    open_store().put([prepare("a", "Snow fell on Oslo.")])
    script = (
        "import sys; from pathlib import Path; from index.store import LocalStore;"
        "store = LocalStore.open_existing(Path(sys.argv[1]));"
        "print(len(store.snapshot().lexical('Oslo', 5)))"
    )
    with WriterLock(folder / "lock").held():
        result = subprocess.run(
            [sys.executable, "-c", script, str(folder)],
            capture_output=True,
            text=True,
            check=True,
            env={**os.environ, "PYTHONPATH": "."},
        )
    assert result.stdout.strip() == "1"


def test_the_status_says_how_much_there_is(store: LocalStore, prepare: Prepare) -> None:
    store.put(
        [
            prepare("a", "Snow fell on Oslo. Rain fell. Wind rose.", source="The Lantern"),
            prepare("b", "Il neige.", language="fr"),
        ]
    )
    status = store.status()
    assert (status.generation, status.articles, status.passages, status.sentences) == (1, 2, 3, 4)
    assert status.languages == {"en": 2, "fr": 1}
    assert (status.sources, status.segments, status.tombstones) == (1, 1, 0)
    assert set(status.bytes_on_disk) == {"catalog", "vectors", "terms"}
    assert min(status.bytes_on_disk.values()) > 0
    assert (status.model, status.fingerprint, status.dimension) == ("hashing", "hashing-64", 64)
    assert status.degraded == ()
    assert msgspec.json.decode(msgspec.json.encode(status))["articles"] == 2


def test_a_closed_snapshot_and_a_closed_store_say_so(store: LocalStore, prepare: Prepare) -> None:
    store.put([prepare("a", "Snow fell on Oslo.")])
    with store.snapshot() as snapshot:
        pass
    with pytest.raises(ValueError, match="closed"):
        snapshot.article("a")
    store.close()
    with pytest.raises(StoreError, match="closed"):
        store.snapshot()
