"""The sample corpus is what its README says it is."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

import pypdfium2
import pytest
import yaml

SAMPLES = Path(__file__).parents[1] / "samples"
ARTICLES = SAMPLES / "articles"
FILES = sorted(ARTICLES.iterdir())

# What is not UTF-8 is so on purpose: these are the files that test encoding detection.
ENCODINGS = {"pont-de-kersaliou.txt": "cp1252", "vol-musee-de-la-faience.html": "iso-8859-1"}


def _read(path: Path) -> str:
    return path.read_bytes().decode(ENCODINGS.get(path.name, "utf-8-sig"))


def _front_matter(path: Path) -> dict[str, object]:
    return yaml.safe_load(_read(path).split("---\n")[1])


def _rows() -> Iterator[dict[str, str]]:
    for path in ARTICLES.glob("*.jsonl"):
        yield from map(json.loads, path.read_text(encoding="utf-8").splitlines())


def _meta(page: str, property_: str) -> str:
    found = re.search(rf'<meta property="{property_}" content="([^"]+)"', page)
    assert found, property_
    return found[1]


@pytest.mark.parametrize("path", [p for p in FILES if p.suffix != ".pdf"], ids=lambda p: p.name)
def test_every_file_decodes_in_its_encoding(path: Path) -> None:
    text = _read(path)
    assert len(text.split()) >= 120
    assert "\ufffd" not in text


def test_the_readme_counts_the_files_rightly() -> None:
    counts = Counter(path.suffix for path in FILES)
    assert counts == {".txt": 13, ".md": 16, ".html": 10, ".jsonl": 2, ".pdf": 1}
    assert len(list(_rows())) == 7


def test_four_texts_are_french_without_a_single_accent() -> None:
    assert len([p for p in ARTICLES.glob("*.txt") if _read(p).isascii()]) == 4


def test_front_matter_names_the_article_completely() -> None:
    for path in ARTICLES.glob("*.md"):
        front = _front_matter(path)
        assert list(front) == ["id", "title", "source", "date", "url", "lang"], path.name
        assert isinstance(front["date"], date), path.name
        assert all(front.values()), path.name


def test_json_lines_hold_the_fields_of_the_http_contract() -> None:
    for row in _rows():
        assert list(row) == ["id", "title", "source", "url", "published", "language", "text"]
        assert date.fromisoformat(row["published"])


def test_pages_say_where_they_come_from_and_carry_what_must_not_be_quoted() -> None:
    for path in ARTICLES.glob("*.html"):
        page = _read(path)
        assert _meta(page, "og:site_name")
        assert _meta(page, "article:published_time")
        assert re.search(r'<html lang="\w\w">', page), path.name
        assert re.search(r"newsletter|Newsletter|boletín", page), path.name
        assert "WhatsApp" in page, path.name


def test_every_address_is_in_a_domain_that_never_resolves() -> None:
    pages = [_read(path) for path in ARTICLES.glob("*.html")]
    urls = [re.search(r'rel="canonical" href="([^"]+)"', page)[1] for page in pages]
    urls += [row["url"] for row in _rows()]
    markdown = [*ARTICLES.glob("*.md"), *(SAMPLES / "corrected").glob("*.md")]
    urls += [str(_front_matter(path)["url"]) for path in markdown]
    assert len(urls) == 34
    for url in urls:
        assert (urlsplit(url).hostname or "").endswith(".example"), url


def test_the_pdf_has_two_pages_with_a_header_and_words_cut_at_line_ends() -> None:
    with pypdfium2.PdfDocument(ARTICLES / "lettre-du-large-analyse-paris.pdf") as document:
        pages = [page.get_textpage().get_text_range() for page in document]
    assert len(pages) == 2
    assert all(page.startswith("La Lettre du Large") for page in pages)
    assert "pro\ufffetéger" in pages[0]  # how PDFium gives a hyphen at the end of a line


def test_the_correction_replaces_its_first_version() -> None:
    name = "accident-train-brevannes.md"
    first, corrected = ARTICLES / name, SAMPLES / "corrected" / name
    assert _front_matter(first)["id"] == _front_matter(corrected)["id"]
    assert "douze blessés, dont deux graves" in _read(first)
    assert "a fait neuf blessés, dont un grave" in _read(corrected)


def test_two_outlets_print_one_dispatch() -> None:
    marker = "Le chef de l'État ukrainien a cosigné"
    holders = [path.name for path in FILES if path.suffix != ".pdf" and marker in _read(path)]
    assert holders == ["courrier-valmorin-depeche-zelensky.md", "info-sablon-zelensky-paris.html"]


def test_no_two_articles_have_the_same_id() -> None:
    ids = [row["id"] for row in _rows()]
    ids += [str(_front_matter(path)["id"]) for path in ARTICLES.glob("*.md")]
    assert len(ids) == len(set(ids))
