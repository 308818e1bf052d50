"""How many articles the command line expects."""

from pathlib import Path

import pytest

from api.cli import expectation
from api.cli.expectation import expected


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    inner = tmp_path / "inner"
    inner.mkdir()
    (tmp_path / "a.txt").write_text("A.")
    (tmp_path / ".hidden.txt").write_text("H.")
    (tmp_path / "picture.png").write_bytes(b"")
    (inner / "b.MD").write_text("B.")
    (inner / "rows.jsonl").write_text('{"text":"C."}\n\n{"text":"D."}\n')
    return tmp_path


def test_a_file_is_one_article_and_a_line_of_json_is_one(folder: Path) -> None:
    assert expected([str(folder)]) == 4
    assert expected([str(folder / "a.txt"), str(folder / "inner")]) == 4


@pytest.mark.parametrize("name", ["feed.xml", "rows.json", "rows.jsonl.gz", "lines.ndjson"])
def test_what_has_to_be_read_to_be_counted_is_not_counted(
    folder: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(expectation, "MOST_BYTES", 40)
    (folder / name).write_text("x" * 41)

    assert expected([str(folder)]) is None


def test_an_address_may_hold_any_number(folder: Path) -> None:
    assert expected([str(folder), "https://phare.example/a.txt"]) is None


def test_what_is_not_there_is_not_counted(folder: Path) -> None:
    assert expected([str(folder / "nowhere.jsonl")]) is None
    assert expected([str(folder / "nowhere.txt")]) == 1  # loading says that it is not there
