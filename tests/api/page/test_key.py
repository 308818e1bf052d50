"""A service that wants a key: the page asks for it, keeps it, and explains what it may not do."""

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Request, expect

PHONE, DESKTOP = (360, 740), (1280, 860)
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}

Lock = Callable[..., Any]


def unlock(page: Page, key: str) -> None:
    page.locator("#key").fill(key)
    page.locator("#key").press("Enter")


def ask(page: Page, question: str = "Who refused to send soldiers?") -> None:
    page.locator("#question").fill(question)
    page.locator("#question").press("Enter")


def answered(page: Page) -> None:
    expect(page.locator(".turn").last).to_have_class(re.compile("answered"))


def accessible(page: Page) -> None:
    found = Axe().run(page, options=RULES).response["violations"]
    assert not found, found


def test_the_page_asks_for_a_key_and_goes_on_with_it(locked: Lock, visit: Any) -> None:
    service = locked()
    secret = service.keys.add("desk", "read")
    page = visit(service.address)
    expect(page.locator("#lock")).to_be_visible()
    expect(page.locator("#key")).to_be_focused()
    expect(page.locator("#key-trouble")).to_be_hidden()

    unlock(page, secret)

    expect(page.locator("#lock")).to_be_hidden()
    expect(page.locator(".examples")).to_be_visible()
    expect(page.locator("#article-count")).to_have_text("4")
    ask(page)
    answered(page)
    page.reload()
    expect(page.locator(".examples")).to_be_visible()
    expect(page.locator("#lock")).to_be_hidden()
    ask(page)
    answered(page)
    page.locator(".point button.open").first.click()
    expect(page.locator("#reader mark").first).to_be_visible()


def test_the_key_is_in_no_address_and_no_word_of_the_page(locked: Lock, visit: Any) -> None:
    service = locked()
    secret = service.keys.add("desk", "read")
    page = visit(service.address)
    asked: list[Request] = []

    def note(request: Request) -> None:
        asked.append(request)

    page.on("request", note)
    unlock(page, secret)
    expect(page.locator("#lock")).to_be_hidden()
    ask(page)
    answered(page)
    assert any(each.all_headers().get("authorization") == f"Bearer {secret}" for each in asked)
    assert not any(secret in each.url or secret in (each.post_data or "") for each in asked)
    assert secret not in page.content() + page.url
    assert page.evaluate("document.cookie") == ""


@pytest.mark.parametrize("wrong", ["pq_wrong", "é", "two words", "x" * 1_000, "<b>"])
def test_a_wrong_key_is_explained_and_not_kept(locked: Lock, visit: Any, wrong: str) -> None:
    service = locked()
    secret = service.keys.add("desk", "read")
    page = visit(service.address)
    unlock(page, wrong)
    expect(page.locator("#key-trouble")).to_contain_text("does not know this key")
    expect(page.locator("#key")).to_be_focused()
    assert page.evaluate("localStorage.getItem('pullquote.key')") is None
    page.locator("#key").press("x")
    expect(page.locator("#key-trouble")).to_be_hidden()
    unlock(page, secret)
    expect(page.locator(".examples")).to_be_visible()


def test_who_has_no_key_may_look_at_the_page_and_come_back_to_it(locked: Lock, visit: Any) -> None:
    service = locked()
    secret = service.keys.add("desk", "read")
    page = visit(service.address, size=PHONE)
    expect(page.locator("#lock")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#lock")).to_be_hidden()
    expect(page.locator(".welcome")).to_contain_text("This service wants a key.")
    expect(page.locator("#connection")).to_be_hidden()
    page.get_by_role("button", name="Enter the key").click()
    unlock(page, secret)
    expect(page.locator(".examples")).to_be_visible()


def test_a_question_that_met_a_lock_is_asked_again_behind_it(locked: Lock, visit: Any) -> None:
    service = locked()
    page = visit(service.address)
    ask(page)
    answered(page)
    secret = service.keys.add("desk", "read")
    ask(page, "Who spoke?")
    expect(page.locator(".turn").last).to_have_class(re.compile("locked"))
    unlock(page, secret)
    answered(page)
    expect(page.locator(".turn")).to_have_count(2)


def test_a_key_that_was_removed_is_asked_for_anew_and_one_can_be_forgotten(
    locked: Lock, visit: Any
) -> None:
    service = locked()
    first = service.keys.add("first", "read")
    second = service.keys.add("second", "read")
    page = visit(service.address)
    unlock(page, first)
    expect(page.locator(".examples")).to_be_visible()
    service.keys.remove("first")
    ask(page)
    expect(page.locator("#key-trouble")).to_contain_text("does not know this key")
    unlock(page, second)
    answered(page)
    page.get_by_role("button", name="Key", exact=True).click()
    page.get_by_role("button", name="Forget the key").click()
    expect(page.locator("#lock")).to_be_visible()
    expect(page.locator("#key-trouble")).to_be_hidden()
    assert page.evaluate("localStorage.getItem('pullquote.key')") is None


def test_a_reading_key_is_told_what_it_may_not(locked: Lock, visit: Any) -> None:
    service = locked()
    page = visit(f"{service.address}/#/articles", locale="fr-FR")
    expect(page.locator(".rows li")).to_have_count(4)
    secret = service.keys.add("desk", "read")
    page.reload()
    unlock(page, secret)
    expect(page.locator(".rows li")).to_have_count(4)
    for name in ("a.txt", "b.jsonl"):
        files = {"name": name, "mimeType": "text/plain", "buffer": b'{"text": "The mill."}\n'}
        page.locator("input[type=file]").set_input_files(files)
        told = page.locator(".queue li", has_text=name).locator(".told")
        expect(told).to_contain_text("Votre clé permet de lire, pas d’ajouter")
    page.locator(".rows .plain").first.click()
    page.locator(".rows .main").click()
    expect(page.locator(".library .trouble")).to_contain_text("pas d’ajouter ni de supprimer")


def test_a_writing_key_adds_and_deletes(locked: Lock, visit: Any) -> None:
    service = locked()
    secret = service.keys.add("desk", "write")
    page = visit(f"{service.address}/#/articles")
    unlock(page, secret)
    expect(page.locator(".rows li")).to_have_count(4)
    files = {"name": "mill.txt", "mimeType": "text/plain", "buffer": b"The old mill turns again."}
    page.locator("input[type=file]").set_input_files(files)
    expect(page.locator(".queue .told")).to_have_text("1 article added")
    expect(page.locator(".rows li")).to_have_count(5)


def test_a_key_that_was_used_too_often_waits_its_turn(locked: Lock, visit: Any) -> None:
    service = locked(requests_per_minute=6)
    secret = service.keys.add("desk", "read")
    page = visit(service.address)
    unlock(page, secret)
    expect(page.locator(".examples")).to_be_visible()
    for _ in range(6):
        ask(page)
        expect(page.locator(".turn").last).to_have_class(re.compile("answered|asking"))
        if page.locator(".turn.asking .working", has_text="used too often").count():
            break
        page.wait_for_timeout(300)
    working = page.locator(".turn.asking .working")
    expect(working).to_have_text(re.compile(r"used too often\. Asking again in \d+ s …"))
    page.locator("#to-articles").click()
    page.reload()
    expect(page.locator(".library .trouble")).to_contain_text(
        re.compile(r"used too often\. Try again in \d+ s")
    )


def test_a_long_file_waits_for_its_key_in_the_middle(locked: Lock, visit: Any) -> None:
    service = locked(requests_per_minute=6)
    page = visit(f"{service.address}/#/articles")
    expect(page.locator(".rows li")).to_have_count(4)
    secret = service.keys.add("desk", "write")
    page.reload()
    unlock(page, secret)
    expect(page.locator(".rows li")).to_have_count(4)
    lines = [
        json.dumps({"id": str(number), "text": "The mill turns.", "note": "x" * 400_000})
        for number in range(8)
    ]
    files = {"name": "a.jsonl", "mimeType": "", "buffer": "\n".join(lines).encode()}
    page.locator("input[type=file]").set_input_files(files)
    expect(page.locator(".queue .told")).to_have_text(re.compile(r"Going on in \d+ s …"))
    expect(page.locator(".queue .failed")).to_have_count(0)


@pytest.mark.parametrize(
    ("size", "scheme", "locale"),
    [(PHONE, "dark", "fr-FR"), (DESKTOP, "light", "en-GB")],
    ids=["phone-dark-french", "desktop-light-english"],
)
def test_axe_finds_nothing_in_the_form(
    locked: Lock, visit: Any, size: tuple[int, int], scheme: str, locale: str
) -> None:
    service = locked()
    service.keys.add("desk", "read")
    page = visit(service.address, size=size, color_scheme=scheme, locale=locale)
    expect(page.locator("#lock")).to_be_visible()
    accessible(page)
    unlock(page, "wrong")
    expect(page.locator("#key-trouble")).to_be_visible()
    accessible(page)
    box = page.locator("#lock").bounding_box()
    assert box is not None and box["x"] >= 0 and box["x"] + box["width"] <= size[0]
    page.keyboard.press("Escape")
    accessible(page)
