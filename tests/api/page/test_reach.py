"""Who can use the page: axe finds nothing in any view, and nothing sticks out of a phone."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

PHONE, DESKTOP = (360, 740), (1280, 860)
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


def check(page: Page, view: str) -> None:
    found = Axe().run(page, options=RULES).response["violations"]
    told = [
        f"{view}: {each['id']}: {node['html'][:120]} {node['failureSummary']}"
        for each in found
        for node in each["nodes"]
    ]
    assert not told, "\n".join(told)
    width, inner = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    assert width <= inner, view
    sticking_out = page.evaluate(
        """() => [...document.querySelectorAll("main *, .top *, #reader *")]
          .filter((each) => each.checkVisibility() && !each.closest(".unseen"))
          .filter((each) => each.getBoundingClientRect().right > window.innerWidth + 1)
          .map((each) => each.outerHTML.slice(0, 80))"""
    )
    assert not sticking_out, (view, sticking_out)


def ask(page: Page, question: str = "Who refused to send soldiers?") -> None:
    page.locator("#question").fill(question)
    page.locator("#question").press("Enter")
    expect(page.locator(".turn").last).to_have_class(re.compile("answered"))


def greeted(page: Page) -> None:
    expect(page.locator(".welcome")).to_be_visible()


def open_menu(page: Page) -> None:
    page.locator(".menu summary").click()


def open_passages(page: Page) -> None:
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Ranked passages").click()
    expect(page.locator(".passages li").first).to_be_visible()


def open_filters(page: Page) -> None:
    page.locator("#filter").click()
    page.get_by_role("checkbox", name="The Lantern").check()


def open_article(page: Page) -> None:
    if page.locator("#filters").is_visible():
        page.locator("#filter").click()
    page.locator(".point button.open").first.click()
    expect(page.locator("#reader mark").first).to_be_visible()


def open_conversations(page: Page) -> None:
    page.keyboard.press("Escape")
    if page.locator("#show-conversations").is_visible():
        page.locator("#show-conversations").click()
    expect(page.locator("#conversation-list li")).to_have_count(1)


def fail(page: Page) -> None:
    page.keyboard.press("Escape")
    page.locator("#question").fill("?!")
    page.locator("#question").press("Enter")
    expect(page.locator(".turn.failed")).to_be_visible()


def open_articles(page: Page) -> None:
    page.locator("#to-articles").click()
    page.locator(".pasting summary").click()
    expect(page.locator(".rows li")).to_have_count(4)
    page.locator(".rows li .plain").first.click()


def refuse_files(page: Page) -> None:
    files = [("a-report-of-a-long-name.docx", b"PK"), ("dump.jsonl", b'{"title": "x"}')]
    page.set_input_files(
        "input[type=file]",
        [{"name": name, "mimeType": "", "buffer": content} for name, content in files],
    )
    expect(page.locator(".queue .failed")).to_have_count(2)


Show = Callable[[Page], None]
STEPS: dict[str, tuple[Show, ...]] = {
    "answers": (
        *(greeted, ask, open_menu, open_passages, open_filters),
        *(open_article, open_conversations, fail, open_articles, refuse_files),
    ),
    "weakly": (ask,),
    "refuses": (ask,),
}


@pytest.mark.parametrize(
    ("size", "scheme"), [(PHONE, "dark"), (DESKTOP, "light")], ids=["phone-dark", "desktop-light"]
)
def test_axe_finds_nothing_in_any_view_and_nothing_sticks_out(
    newsroom: Any, visit: Any, size: tuple[int, int], scheme: str
) -> None:
    for service, steps in STEPS.items():
        page = visit(getattr(newsroom, service), size=size, color_scheme=scheme)
        for show in steps:
            show(page)
            check(page, f"{service}, {show.__name__}")


def test_on_a_phone_an_article_covers_the_page_and_leads_back(newsroom: Any, visit: Any) -> None:
    page = visit(newsroom.answers, size=PHONE)
    ask(page)
    open_article(page)
    box = page.locator("#reader").bounding_box()
    assert box is not None
    assert (box["x"], box["y"], box["width"], box["height"]) == (0, 0, *PHONE)
    expect(page.locator("#main")).to_have_attribute("inert", "")
    page.get_by_role("button", name="Close the article").click()
    expect(page.locator("#main")).not_to_have_attribute("inert", "")
    expect(page.locator(".point button.open").first).to_be_focused()
