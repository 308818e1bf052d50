import os
from pathlib import Path

import pytest

from index.article import Article
from index.load import Loaded, Unread, load

WORDS = "Le port de Kersaliou rouvre lundi matin, a annoncé la mairie de la ville."


def _names(found: list[Loaded]) -> list[str]:
    """Which files became articles, and which did not, in order."""
    return [
        each.id.rpartition("-")[0] if isinstance(each, Article) else f"!{Path(each.origin).name}"
        for each in found
    ]


def test_a_folder_is_walked_in_the_order_of_its_names(tmp_path: Path) -> None:
    for name in ("b.txt", "c/d.txt", "c/a.md", "a.txt", "z.txt"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(WORDS)
    assert _names(list(load(tmp_path))) == ["a", "b", "a", "d", "z"]


def test_what_cannot_be_read_does_not_stop_the_rest(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(b"PK\3\4")
    (tmp_path / "b.txt").write_bytes(b"")
    (tmp_path / "c.txt").write_bytes(bytes(range(256)))
    (tmp_path / "d.jpg").write_bytes(b"\xff\xd8\xff")
    (tmp_path / "e.txt").write_text(WORDS)
    (tmp_path / "f.txt").symlink_to(tmp_path / "none.txt")
    (tmp_path / "g.jsonl.gz").write_bytes(b"no gzip")
    (tmp_path / "h.txt.gz").write_bytes(b"\x1f\x8b\x08")
    (tmp_path / "i").write_text(WORDS)
    os.mkfifo(tmp_path / "j.txt")
    found = list(load(tmp_path))
    names = ["!a.docx", "!b.txt", "!c.txt", "!d.jpg", "e", "!f.txt", "!g.jsonl.gz", "!h.txt.gz"]
    assert _names(found) == [*names, "!i", "!j.txt"]
    assert all(each.error.remedy for each in found if isinstance(each, Unread))


def test_each_kind_of_file_has_a_remedy_of_its_own(tmp_path: Path) -> None:
    for name, remedy in {"a.docx": "PDF", "b.zip": "Unpack", "c.png": "OCR", "d.x": "Text"}.items():
        path = tmp_path / name
        path.write_bytes(b"PK")
        (unread,) = load(path)
        assert isinstance(unread, Unread)
        assert remedy in unread.error.remedy


def test_hidden_files_and_droppings_are_left_out(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    for name in (".git/config.txt", ".DS_Store", "Thumbs.db", "desktop.ini", "a.txt"):
        (tmp_path / name).write_text(WORDS)
    assert _names(list(load(tmp_path))) == ["a"]


def test_links_are_followed_but_not_in_circles(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "x.txt").write_text(WORDS)
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "again").symlink_to(folder)
    (folder / "linked").symlink_to(elsewhere)
    (elsewhere / "back").symlink_to(folder)
    (folder / "loop.txt").symlink_to(folder / "loop.txt")
    assert _names(list(load(folder))) == ["x", "!loop.txt"]


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is closed to root")
def test_a_closed_folder_is_said_to_be_closed(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0)
    (unread,) = load(tmp_path)
    assert isinstance(unread, Unread)
    assert unread.origin == str(closed)


def test_an_empty_folder_is_said_to_be_empty(tmp_path: Path) -> None:
    (unread,) = load(tmp_path)
    assert isinstance(unread, Unread)
    assert "holds no files" in str(unread.error)


def test_an_edited_file_is_the_same_article(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(WORDS)
    (before,) = load(path)
    path.write_text(f"{WORDS} Enfin.")
    (after,) = load(path)
    assert isinstance(before, Article)
    assert isinstance(after, Article)
    assert (before.id, before.sha256 == after.sha256) == (after.id, False)


def test_a_name_that_is_no_unicode_can_still_be_shown(tmp_path: Path) -> None:
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff.docx")).write_bytes(b"PK")
    (unread,) = load(tmp_path)
    assert isinstance(unread, Unread)
    assert unread.origin.endswith("/?.docx")
