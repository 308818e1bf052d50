"""What is done with answers: kept, filtered, looked into, copied and saved."""

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

import httpx
from playwright.sync_api import Page, expect

QUESTION = "Who refused to send soldiers?"


def ask(page: Page, question: str = QUESTION) -> Any:
    before = page.locator(".turn").count()
    box = page.locator("#question")
    box.fill(question)
    box.press("Enter")
    turn = page.locator(".turn").nth(before)
    expect(turn).to_have_class(re.compile("answered"))
    return turn


def test_a_conversation_is_kept_renamed_saved_deleted_and_brought_back(
    newsroom: Any, visit: Any
) -> None:
    page = visit(newsroom.answers)
    ask(page)
    ask(page, "And Denmark?")
    page.reload()
    rows = page.locator("#conversation-list li")
    expect(rows).to_have_count(1)
    rows.get_by_role("button", name=QUESTION, exact=True).click()
    expect(page.locator(".turn.answered")).to_have_count(2)

    rows.hover()
    rows.get_by_role("button", name="Rename").click()
    page.keyboard.type("Soldiers & frigates")
    page.keyboard.press("Enter")
    expect(rows.locator(".title")).to_have_text("Soldiers & frigates")

    rows.hover()
    with page.expect_download() as download:
        rows.get_by_role("button", name="Save").click()
    text = Path(download.value.path()).read_text("utf-8")
    assert download.value.suggested_filename == "Soldiers-frigates.md"
    assert text.startswith("# Soldiers & frigates\n\n## Who refused to send soldiers?")
    assert "## And Denmark?" in text

    rows.hover()
    rows.get_by_role("button", name="Delete").click()
    expect(rows).to_have_count(0)
    expect(page.locator(".turn")).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    expect(rows).to_have_count(1)
    expect(page.locator(".turn.answered")).to_have_count(2)


def test_a_new_conversation_has_no_history(newsroom: Any, visit: Any) -> None:
    page = visit(newsroom.answers)
    ask(page)
    page.get_by_role("button", name="New conversation").click()
    with page.expect_request("**/v1/ask") as request:
        ask(page, "And Denmark?")
    assert request.value.post_data_json["history"] == []
    expect(page.locator("#conversation-list li")).to_have_count(2)


def test_filters_show_their_counts_and_restrict_what_is_asked(newsroom: Any, visit: Any) -> None:
    page = visit(newsroom.answers)
    page.locator("#filter").click()
    panel = page.locator("#filters")
    expect(panel.locator("label", has_text="The Lantern")).to_contain_text("2")
    expect(panel.locator("label", has_text="English")).to_contain_text("3")
    panel.get_by_role("checkbox", name="The Lantern").check()
    panel.get_by_label("From").fill("2026-01-01")
    expect(page.locator(".chip")).to_have_count(2)
    turn = ask(page)
    expect(turn.locator(".coverage")).to_contain_text("1 in scope")
    page.get_by_role("button", name="Remove the filter The Lantern").click()
    with page.expect_request("**/v1/ask") as request:
        ask(page)
    assert request.value.post_data_json["filters"] == {"published_from": "2026-01-01"}


def test_the_ranked_passages_are_those_of_a_search_with_their_scores(
    newsroom: Any, visit: Any
) -> None:
    page = visit(newsroom.answers)
    turn = ask(page)
    turn.get_by_role("button", name="Ranked passages").click()
    rows = turn.locator(".passages li")
    found = httpx.get(f"{newsroom.answers}/v1/search", params={"q": QUESTION, "limit": 20}).json()
    expect(rows).to_have_count(len(found["passages"]))
    best = found["passages"][0]
    expect(rows.first).to_contain_text(f"{best['score']:.2f}")
    expect(rows.first).to_contain_text(f"{best['dense']:.2f}")
    article = httpx.get(f"{newsroom.answers}/v1/articles/{best['article_id']}").json()
    expect(rows.first.locator("button")).to_have_text(article["title"])
    rows.first.locator("button").click()
    expect(page.locator("#reader mark.sought").first).to_be_visible()


def test_quotes_are_copied_with_their_sources(newsroom: Any, visit: Any) -> None:
    page = visit(newsroom.answers, permissions=["clipboard-read", "clipboard-write"])
    turn = ask(page)
    citation = httpx.post(f"{newsroom.answers}/v1/ask", json={"question": QUESTION}).json()[
        "citations"
    ][0]
    turn.get_by_role("button", name="Copy quote 1 with its source").click()
    expect(page.locator("#notice")).to_contain_text("Copied")
    source = "The Lantern, “Two frigates for the mission”, 7 January 2026"
    assert clipboard(page) == f"“{citation['text']}” — {source}, {citation['url']}."
    turn.get_by_role("button", name="Copy with sources").click()
    page.wait_for_function("() => navigator.clipboard.readText().then((t) => t.includes('[1]'))")
    assert f"[1] {source}" in clipboard(page)
    turn.get_by_role("button", name="Copy link").click()
    page.wait_for_function("() => navigator.clipboard.readText().then((t) => t.includes('?q='))")
    assert clipboard(page) == f"{newsroom.answers}/?q=Who+refused+to+send+soldiers%3F"


def clipboard(page: Page) -> str:
    return str(page.evaluate("navigator.clipboard.readText()"))


def saved(page: Page, turn: Any, name: str) -> str:
    turn.locator(".menu summary").click()
    with page.expect_download() as download:
        turn.get_by_role("button", name=name, exact=True).click()
    return Path(download.value.path()).read_bytes().decode("utf-8-sig")


def test_an_answer_is_saved_in_the_formats_of_other_programs(newsroom: Any, visit: Any) -> None:
    page = visit(newsroom.answers)
    turn = ask(page)
    citation = httpx.post(f"{newsroom.answers}/v1/ask", json={"question": QUESTION}).json()[
        "citations"
    ][0]
    markdown = saved(page, turn, "Markdown")
    assert f"> {citation['text']} [^1]" in markdown
    assert "[^1]: The Lantern, “Two frigates for the mission”" in markdown
    (first, *_) = csv.DictReader(io.StringIO(saved(page, turn, "CSV")))
    assert first["text"] == citation["text"]
    assert (first["start"], first["sha256"]) == (str(citation["start"]), citation["sha256"])
    (item, *_) = json.loads(saved(page, turn, "CSL-JSON"))
    assert item["container-title"] == "The Lantern"
    assert item["issued"] == {"date-parts": [[2026, 1, 7]]}
    bibtex = saved(page, turn, "BibTeX")
    assert bibtex.startswith("@online{thelantern2026-1,\n  title = {Two frigates for the mission}")


def test_a_cell_never_becomes_a_formula(newsroom: Any, visit: Any) -> None:
    script = """() => import('/chat/formats.js').then((m) => {
      const csv = m.FORMATS.find((each) => each.name === 'CSV');
      const citation = {number: 1, text: '=HYPERLINK("x")', source: 'a, "b"', start: 0, end: 4};
      return csv.write([{question: 'q', status: 'answered', confidence: 1, citations: [citation]}]);
    })"""
    (row,) = csv.DictReader(io.StringIO(visit(newsroom.answers).evaluate(script).lstrip("\ufeff")))
    assert row["text"] == '\'=HYPERLINK("x")'
    assert row["source"] == 'a, "b"'
    assert row["start"] == "0"


def test_light_and_dark_are_chosen_and_kept(newsroom: Any, visit: Any) -> None:
    def paper(page: Page) -> str:
        return str(page.evaluate("getComputedStyle(document.body).backgroundColor"))

    page = visit(newsroom.answers, color_scheme="light")
    light = paper(page)
    page.locator("#appearance").select_option("dark")
    dark = paper(page)
    assert dark != light
    page.reload()
    expect(page.locator("#appearance")).to_have_value("dark")
    assert paper(page) == dark
    assert paper(visit(newsroom.answers, color_scheme="dark")) == dark
