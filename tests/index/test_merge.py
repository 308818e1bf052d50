"""Which segments are merged: rarely the same row, and never too many at once."""

from index.merge import Size, due, with_deleted_rows


def size(name: str, rows: int, dead: int = 0) -> Size:
    return Size(name=name, rows=rows, dead=dead, bytes=rows * 100)


def test_a_few_segments_are_left_alone() -> None:
    assert due([size(str(n), 100) for n in range(7)]) == []


def test_eight_of_a_size_become_one() -> None:
    sizes = [size(str(n), 100 + n) for n in range(8)]
    assert due([*sizes, size("large", 9_000)]) == [[str(n) for n in range(8)]]


def test_a_segment_with_many_tombstones_is_written_again() -> None:
    assert due([size("a", 1_000, 201), size("b", 1_000, 200)]) == [["a"]]


def test_the_work_while_a_writer_waits_is_bounded() -> None:
    sizes = [size(str(n), 30_000) for n in range(9)]
    assert due(sizes, rows_at_most=131_072) == [["0", "1", "2", "3"]]
    assert due(sizes, rows_at_most=100_000) == []
    assert due(sizes, rows_at_most=None) == [[str(n) for n in range(9)]]


def test_a_row_is_copied_a_handful_of_times_whatever_comes() -> None:
    segments: dict[str, int] = {}
    copied = 0
    for batch in range(4_000):
        segments[f"{batch:06}"] = 200
        for group in due([size(name, rows) for name, rows in segments.items()], rows_at_most=None):
            rows = sum(segments.pop(name) for name in group)
            segments[f"{batch:06}m{rows}"] = rows
            copied += rows
    assert len(segments) <= 7 * 5
    assert copied / (4_000 * 200) < 5


def test_only_segments_with_deleted_rows_are_purged_and_only_small_ones_at_once() -> None:
    sizes = [size("a", 10, 1), size("b", 10), size("c", 10_000, 1)]
    assert with_deleted_rows(sizes, bytes_at_most=1_000) == [["a"]]
    assert with_deleted_rows(sizes, bytes_at_most=None) == [["a"], ["c"]]
