"""The page comes from this service alone, whole, packed, and not twice."""

import gzip
import re
from typing import Any

import pytest
from litestar.testing import TestClient

from api.routes.page import FOLDER, page_files

Service = TestClient[Any]
PLAIN = {"Accept-Encoding": "identity"}
PACKED = {"Accept-Encoding": "gzip, br"}
HEAVIEST = 100_000  # bytes of the whole page, packed: about one photograph


def test_the_page_is_at_the_root_and_its_policy_allows_this_service_only(
    empty_service: Service,
) -> None:
    response = empty_service.get("/", headers=PLAIN)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "text/html; charset=utf-8"
    policy = dict(
        part.strip().split(" ", 1)
        for part in response.headers["Content-Security-Policy"].split(";")
    )
    assert policy["default-src"] == "'none'"
    for kind in ("script-src", "style-src", "connect-src"):
        assert policy[kind] == "'self'"
    assert policy["img-src"] == "'self' data:"
    for kind in ("base-uri", "form-action", "frame-ancestors"):
        assert policy[kind] == "'none'"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Referrer-Policy"] == "no-referrer"


@pytest.mark.parametrize("name", sorted(page_files()))
def test_every_file_is_served_as_it_is_and_packed(empty_service: Service, name: str) -> None:
    content = (FOLDER / name).read_bytes()
    response = empty_service.get(f"/chat/{name}", headers=PLAIN)
    assert response.content == content
    assert "Content-Encoding" not in response.headers
    packed = empty_service.get(f"/chat/{name}", headers=PACKED)
    assert packed.headers["Content-Encoding"] == "gzip"
    assert packed.content == content  # unpacked by the client
    assert gzip.decompress(page_files()[name].packed) == content


def test_a_file_that_the_browser_has_is_not_sent_again(empty_service: Service) -> None:
    first = empty_service.get("/chat/app.js", headers=PACKED)
    assert first.headers["Cache-Control"] == "no-cache"
    again = empty_service.get(
        "/chat/app.js", headers=PACKED | {"If-None-Match": first.headers["ETag"]}
    )
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]
    other = empty_service.get(
        "/chat/app.js", headers=PLAIN | {"If-None-Match": first.headers["ETag"]}
    )
    assert other.status_code == 200


@pytest.mark.parametrize(
    "path", ["/chat/nothing.js", "/chat/../app.py", "/chat/%2e%2e%2fapp.py", "/chat/", "/chat"]
)
def test_nothing_but_the_pages_own_files_is_served(empty_service: Service, path: str) -> None:
    response = empty_service.get(path)
    assert response.status_code == 404
    assert response.json()["type"] == "/schema#no-address"


def test_no_file_names_another_host_or_holds_inline_code() -> None:
    for name, each in page_files().items():
        text = each.content.decode()
        hosts = set(re.findall(r"https?://([^\s\"'`/)<]+)", text)) - {"www.w3.org"}
        assert not hosts, (name, hosts)
        assert "innerHTML" not in text, name
        if name.endswith(".html"):
            assert not re.search(r"<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)", text), name


def test_every_module_and_style_that_is_named_is_there() -> None:
    for name, each in page_files().items():
        text = each.content.decode()
        named = re.findall(r'from "\./([^"]+)"|(?:src|href)="/chat/([^"]+)"', text)
        for module in filter(None, (one or other for one, other in named)):
            assert module in page_files(), f"{name} names {module}"


def test_the_page_names_every_module_so_that_none_is_waited_for_in_turn() -> None:
    html = page_files()["index.html"].content.decode()
    modules = {name for name in page_files() if name.endswith(".js")}
    assert set(re.findall(r'(?:src|href)="/chat/([^"]+\.js)"', html)) == modules


def test_both_languages_have_the_same_words_with_the_same_places() -> None:
    words = {
        language: dict(
            re.findall(
                r'^  "?([\w-]+)"?: (.*),$',
                page_files()[f"words.{language}.js"].content.decode(),
                re.MULTILINE,
            )
        )
        for language in ("en", "fr")
    }
    assert words["en"].keys() == words["fr"].keys()
    for key, english in words["en"].items():
        places = [set(re.findall(r"\{(\w+)\}", text)) for text in (english, words["fr"][key])]
        assert places[0] == places[1], key
    used = {
        key
        for name, each in page_files().items()
        if not name.startswith("words.")
        for key in re.findall(
            r'\bsay\("([\w-]+)"|data-say(?:-\w+)?="([\w-]+)"', each.content.decode()
        )
        for key in key
        if key
    }
    assert used <= words["en"].keys()


def test_the_page_weighs_little() -> None:
    assert sum(len(each.packed) for each in page_files().values()) < HEAVIEST
