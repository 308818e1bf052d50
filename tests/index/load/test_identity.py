from pathlib import Path

from index.load import identity


def test_an_address_has_one_id_however_it_was_shared() -> None:
    plain = identity.of_url("https://www.phare.example/monde/fr%C3%A9gates?page=2")
    assert plain is not None
    assert plain.startswith("phare.example-monde-fregates-")
    for shared in (
        "https://www.phare.example/monde/fr%C3%A9gates?page=2#suite",
        "https://WWW.phare.example:443/monde/fr%C3%A9gates?page=2&utm_source=x&fbclid=y",
        "https://www.phare.example/monde/fr%C3%A9gates?utm_medium=z&page=2",
    ):
        assert identity.of_url(shared) == plain
    assert identity.of_url("https://www.phare.example/monde/fr%C3%A9gates?page=3") != plain
    assert identity.of_url("https://www.phare.example:8080/monde/fr%C3%A9gates?page=2") != plain


def test_a_front_page_identifies_no_article() -> None:
    assert identity.of_url("https://phare.example/") is None
    assert identity.of_url("https://phare.example?utm_source=x") is None
    assert identity.of_url("https://phare.example/?article=12") is not None
    assert identity.of_url(None) is None


def test_a_file_keeps_its_name_in_its_id(tmp_path: Path) -> None:
    named = identity.of_file(tmp_path / "002_3f00edabe4e761cd.txt")
    assert named.startswith("002_3f00edabe4e761cd-")
    assert identity.of_file(tmp_path / "Été à l'Élysée.md").startswith("Ete-a-l-Elysee-")
    assert identity.of_file(tmp_path / "rows.jsonl.gz").startswith("rows-")
    assert identity.of_file(tmp_path / "新闻.txt").startswith("file-")


def test_two_files_of_one_name_are_two_articles(tmp_path: Path) -> None:
    assert identity.of_file(tmp_path / "a" / "x.txt") != identity.of_file(tmp_path / "b" / "x.txt")
    assert identity.of_file(tmp_path / "a" / ".." / "x.txt") == identity.of_file(tmp_path / "x.txt")
