import threading
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from index.errors import CorruptError
from index.protocols import Vectors
from index.vectors import (
    EXACT_UP_TO,
    FLAT_UP_TO,
    Segment,
    SegmentFile,
    SegmentRows,
    merge,
    write_segment,
)

DIMENSION = 32
LARGE = FLAT_UP_TO + 4_000


def unit_vectors(count: int, seed: int) -> Vectors:
    """Vectors that cluster and share a direction, as those of text do."""
    random = np.random.default_rng(seed)
    centres = np.random.default_rng(0).normal(size=(50, DIMENSION))
    vectors = centres[random.integers(0, 50, count)] + random.normal(size=(count, DIMENSION)) + 1
    return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)


def some_rows(count: int, *, first_id: int = 0, seed: int = 1) -> SegmentRows:
    sentence_counts = np.random.default_rng(seed).integers(1, 5, count).astype(np.int32)
    return SegmentRows(
        passage_ids=np.arange(first_id, first_id + count, dtype=np.int64),
        vectors=unit_vectors(count, seed),
        sentence_counts=sentence_counts,
        sentence_vectors=unit_vectors(int(sentence_counts.sum()), seed + 1),
    )


def exact(vectors: Vectors, question: Vectors, limit: int) -> npt.NDArray[np.int64]:
    return np.argsort(-(vectors @ question), kind="stable")[:limit]


@pytest.fixture(scope="module")
def large_rows() -> SegmentRows:
    return some_rows(LARGE)


@pytest.fixture(scope="module")
def large(large_rows: SegmentRows, tmp_path_factory: pytest.TempPathFactory) -> Segment:
    folder = tmp_path_factory.mktemp("vectors")
    return Segment.open(folder, write_segment(folder, large_rows), verify=True)


@pytest.fixture
def small_rows() -> SegmentRows:
    return some_rows(300)


@pytest.fixture
def small(small_rows: SegmentRows, tmp_path: Path) -> Segment:
    return Segment.open(tmp_path, write_segment(tmp_path, small_rows), verify=True)


def test_a_small_segment_finds_exactly_the_nearest(small: Segment, small_rows: SegmentRows) -> None:
    question = unit_vectors(1, 9)[0]
    rows, scores = small.search(question, 10)
    assert small.entry.kind == "flat"
    assert rows.tolist() == exact(small_rows.vectors, question, 10).tolist()
    np.testing.assert_allclose(scores, small_rows.vectors[rows] @ question, atol=1e-5)


def test_a_large_segment_finds_nearly_all_of_the_nearest(
    large: Segment, large_rows: SegmentRows
) -> None:
    questions = unit_vectors(50, 9)
    found = [set(large.search(question, 10)[0].tolist()) for question in questions]
    right = [set(exact(large_rows.vectors, question, 10).tolist()) for question in questions]
    assert large.entry.kind == "pq"
    assert np.mean([len(a & b) / 10 for a, b in zip(found, right, strict=True)]) >= 0.97


def test_the_scores_of_a_large_segment_are_cosines_in_descending_order(
    large: Segment, large_rows: SegmentRows
) -> None:
    question = unit_vectors(1, 9)[0]
    rows, scores = large.search(question, 100)
    np.testing.assert_allclose(scores, large_rows.vectors[rows] @ question, atol=1e-4)
    assert np.all(scores[1:] <= scores[:-1])


@pytest.mark.parametrize("kind", ["small", "large"])
@pytest.mark.parametrize("share", [0.9, 0.5, 0.01])
def test_only_allowed_rows_are_found_and_as_many_as_asked(
    kind: str, share: float, request: pytest.FixtureRequest
) -> None:
    segment: Segment = request.getfixturevalue(kind)
    allowed = np.random.default_rng(2).random(len(segment)) < share
    allowed[0] = True
    rows, _ = segment.search(unit_vectors(1, 9)[0], 20, allowed)
    assert allowed[rows].all()
    assert len(set(rows.tolist())) == min(20, np.count_nonzero(allowed))


def test_a_narrow_filter_on_a_large_segment_is_answered_exactly(
    large: Segment, large_rows: SegmentRows
) -> None:
    allowed = np.zeros(LARGE, np.bool_)
    allowed[np.random.default_rng(3).choice(LARGE, EXACT_UP_TO // 2, replace=False)] = True
    question = unit_vectors(1, 9)[0]
    rows, _ = large.search(question, 10, allowed)
    inside = np.flatnonzero(allowed)
    assert rows.tolist() == inside[exact(large_rows.vectors[inside], question, 10)].tolist()


def test_nothing_is_found_when_nothing_is_allowed_or_asked_for(small: Segment) -> None:
    question = unit_vectors(1, 9)[0]
    assert len(small.search(question, 10, np.zeros(len(small), np.bool_))[0]) == 0
    assert len(small.search(question, 0)[0]) == 0


def test_a_limit_beyond_the_segment_gives_the_whole_segment(small: Segment, large: Segment) -> None:
    question = unit_vectors(1, 9)[0]
    for segment in (small, large):
        rows, _ = segment.search(question, 10 * len(segment))
        assert sorted(rows.tolist()) == list(range(len(segment)))


@pytest.mark.parametrize("kind", ["small", "large"])
def test_vectors_come_back_in_the_order_asked(kind: str, request: pytest.FixtureRequest) -> None:
    segment: Segment = request.getfixturevalue(kind)
    rows: SegmentRows = request.getfixturevalue(f"{kind}_rows")
    wanted = np.array([7, 3, 250])
    np.testing.assert_allclose(segment.vectors(wanted), rows.vectors[wanted], atol=2e-5)
    assert segment.vectors(np.empty(0, np.int64)).shape == (0, DIMENSION)


def test_each_passage_has_its_own_sentence_vectors(small: Segment, small_rows: SegmentRows) -> None:
    start = 0
    for row, count in enumerate(small_rows.sentence_counts):
        expected = small_rows.sentence_vectors[start : start + count]
        np.testing.assert_allclose(small.sentence_vectors(row), expected, atol=2e-5)
        start += count


def test_a_passage_without_sentence_vectors_has_none(tmp_path: Path) -> None:
    rows = SegmentRows(
        passage_ids=np.array([5]),
        vectors=unit_vectors(1, 1),
        sentence_counts=np.zeros(1, np.int32),
        sentence_vectors=np.empty((0, DIMENSION), np.float32),
    )
    segment = Segment.open(tmp_path, write_segment(tmp_path, rows), verify=True)
    assert segment.sentence_vectors(0).shape == (0, DIMENSION)


def test_a_merged_segment_holds_what_is_alive_and_nothing_else(tmp_path: Path) -> None:
    parts = [some_rows(200, seed=4), some_rows(300, first_id=1_000, seed=6)]
    segments = [Segment.open(tmp_path, write_segment(tmp_path, rows)) for rows in parts]
    alive = [np.arange(len(segment)) % 3 != 0 for segment in segments]
    merged = Segment.open(tmp_path, merge(tmp_path, segments, alive), verify=True)
    assert merged.ids.tolist() == [
        int(id_) for segment, mask in zip(segments, alive, strict=True) for id_ in segment.ids[mask]
    ]
    for segment, mask in zip(segments, alive, strict=True):
        for row in np.flatnonzero(mask):
            place = np.flatnonzero(merged.ids == segment.ids[row])
            np.testing.assert_array_equal(merged.vectors(place)[0], segment.vectors([row])[0])
            np.testing.assert_array_equal(
                merged.sentence_vectors(int(place[0])), segment.sentence_vectors(int(row))
            )


def test_small_segments_merge_into_a_large_one_that_searches_as_well(
    large: Segment, tmp_path: Path
) -> None:
    half = some_rows(FLAT_UP_TO, first_id=LARGE, seed=8)
    other = Segment.open(tmp_path, write_segment(tmp_path, half))
    alive = [np.ones(len(large), np.bool_), np.ones(len(other), np.bool_)]
    merged = Segment.open(tmp_path, merge(tmp_path, [large, other], alive), verify=True)
    everything = np.concatenate([large.vectors(np.arange(LARGE)), half.vectors])
    questions = unit_vectors(50, 9)
    found = [set(merged.search(question, 10)[0].tolist()) for question in questions]
    right = [set(exact(everything, question, 10).tolist()) for question in questions]
    assert np.mean([len(a & b) / 10 for a, b in zip(found, right, strict=True)]) >= 0.97


def test_a_merge_of_nothing_alive_is_refused(small: Segment, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no row is alive"):
        merge(tmp_path, [small], [np.zeros(len(small), np.bool_)])


def test_the_same_rows_make_the_same_files(large_rows: SegmentRows, tmp_path: Path) -> None:
    first, second = (write_segment(tmp_path, large_rows) for _ in range(2))
    assert [f.sha256 for f in first.files] == [f.sha256 for f in second.files]
    assert first.name != second.name


def files_of(entry: SegmentFile) -> list[str]:
    return [file.name for file in entry.files]


@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_missing_file_is_named(small: Segment, tmp_path: Path, place: int) -> None:
    name = files_of(small.entry)[place]
    (tmp_path / name).unlink()
    with pytest.raises(CorruptError, match=f"{name} is missing"):
        Segment.open(tmp_path, small.entry)


@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_cut_file_is_found_without_reading_it(small: Segment, tmp_path: Path, place: int) -> None:
    path = tmp_path / files_of(small.entry)[place]
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(CorruptError, match=path.name):
        Segment.open(tmp_path, small.entry)


@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_single_changed_byte_is_found_by_its_checksum(
    small: Segment, tmp_path: Path, place: int
) -> None:
    path = tmp_path / files_of(small.entry)[place]
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.write_bytes(content)
    with pytest.raises(CorruptError, match=f"{path.name} fails its checksum"):
        Segment.open(tmp_path, small.entry, verify=True)


@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_file_of_something_else_is_refused_even_without_checksums(
    small: Segment, tmp_path: Path, place: int
) -> None:
    path = tmp_path / files_of(small.entry)[place]
    path.write_bytes(b"x" * path.stat().st_size)
    with pytest.raises(CorruptError, match=path.name):
        Segment.open(tmp_path, small.entry)


def test_rows_that_do_not_fit_together_are_refused() -> None:
    vectors = unit_vectors(2, 1)
    counts = np.array([1, 1], np.int32)
    with pytest.raises(ValueError, match="at least one passage"):
        SegmentRows(
            passage_ids=np.empty(0, np.int64),
            vectors=vectors[:0],
            sentence_counts=counts[:0],
            sentence_vectors=vectors[:0],
        )
    with pytest.raises(ValueError, match="one id"):
        SegmentRows(
            passage_ids=np.array([1]),
            vectors=vectors,
            sentence_counts=counts,
            sentence_vectors=vectors,
        )
    with pytest.raises(ValueError, match="sentence vectors"):
        SegmentRows(
            passage_ids=np.array([1, 2]),
            vectors=vectors,
            sentence_counts=counts,
            sentence_vectors=vectors[:1],
        )


def test_threads_that_search_at_once_find_the_same(large: Segment) -> None:
    questions = unit_vectors(20, 9)
    alone = [large.search(question, 10)[0].tolist() for question in questions]
    together: list[list[list[int]]] = [[] for _ in range(4)]

    def search(into: list[list[int]]) -> None:
        into.extend(large.search(question, 10)[0].tolist() for question in questions)

    threads = [threading.Thread(target=search, args=(found,)) for found in together]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(found == alone for found in together)


def test_an_open_segment_outlives_its_files(small: Segment, tmp_path: Path) -> None:
    before = small.search(unit_vectors(1, 9)[0], 5)[0].tolist()
    for name in files_of(small.entry):
        (tmp_path / name).unlink()
    assert small.search(unit_vectors(1, 9)[0], 5)[0].tolist() == before
    assert small.sentence_vectors(3).shape[1] == DIMENSION


@pytest.mark.parametrize("kind", ["small", "large"])
def test_a_search_takes_one_thread_so_that_it_waits_for_no_other(
    kind: str, request: pytest.FixtureRequest
) -> None:
    import faiss

    segment: Segment = request.getfixturevalue(kind)
    faiss.omp_set_num_threads(4)
    segment.search(unit_vectors(1, 5)[0], 10)
    assert faiss.omp_get_max_threads() == 1
