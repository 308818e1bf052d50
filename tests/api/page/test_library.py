"""Articles go in by file, paste and address, are read and removed, in a browser."""

import json
from typing import Any

import httpx
from playwright.sync_api import Page, expect


def upload(page: Page, *files: tuple[str, bytes]) -> None:
    page.locator("input[type=file]").set_input_files(
        [{"name": n, "mimeType": "application/octet-stream", "buffer": b} for n, b in files]
    )


def row(page: Page, name: str) -> Any:
    return page.locator(".queue > li", has_text=name)


def test_an_empty_index_explains_how_to_begin_and_takes_the_samples(empty: str, visit: Any) -> None:
    page = visit(empty)
    expect(page.locator(".welcome")).to_contain_text("There are no articles yet.")
    page.get_by_role("button", name="Add the sample articles").click()
    expect(row(page, "Sample articles")).to_contain_text("47 articles added")
    expect(page.locator(".rows li")).to_have_count(47)
    expect(page.locator("#article-count")).to_have_text("47")


def test_files_are_added_each_with_its_own_outcome(empty: str, visit: Any) -> None:
    page = visit(f"{empty}/#/articles")
    rows = [{"id": "ferry", "text": "The ferry is late."}, {"title": "no text"}]
    upload(
        page,
        ("lighthouse.txt", b"The lighthouse was painted in May."),
        ("report.docx", b"PK"),
        ("dump.jsonl", "\n".join(map(json.dumps, rows)).encode()),
    )
    expect(row(page, "lighthouse.txt")).to_contain_text("1 article added")
    expect(row(page, "report.docx")).to_contain_text("Save it as PDF, HTML or text.")
    expect(row(page, "dump.jsonl")).to_contain_text("1 could not be read")
    expect(row(page, "dump.jsonl")).to_contain_text("dump.jsonl:2")
    expect(page.locator(".rows li")).to_have_count(2)


def test_long_json_lines_go_in_parts_and_every_line_counts_once(empty: str, visit: Any) -> None:
    page = visit(f"{empty}/#/articles")
    lines = [json.dumps({"text": f"Dispatch {n}. " + "Words go on. " * 2_500}) for n in range(30)]
    lines[20] = '{"title": "no text"}'
    upload(page, ("log.jsonl", "\n".join(lines).encode()))
    expect(row(page, "log.jsonl")).to_contain_text("29 articles added", timeout=60_000)
    expect(row(page, "log.jsonl")).to_contain_text("log.jsonl:21")
    assert len(httpx.get(f"{empty}/v1/articles").json()["articles"]) == 29


def test_many_short_lines_are_not_too_many_for_one_call(empty: str, visit: Any) -> None:
    page = visit(f"{empty}/#/articles")
    lines = [json.dumps({"text": f"Night {n}."}) for n in range(1_001)]
    lines[700] = '{"title": "no text"}'
    upload(page, ("nights.jsonl", "\n".join(lines).encode()), ("empty.jsonl", b""))
    expect(row(page, "nights.jsonl")).to_contain_text("1,000 articles added")
    expect(row(page, "nights.jsonl")).to_contain_text("nights.jsonl:701")
    expect(row(page, "empty.jsonl")).to_contain_text("The body is empty.")


def test_lines_of_which_none_can_be_read_are_told_as_a_failure(empty: str, visit: Any) -> None:
    page = visit(f"{empty}/#/articles")
    upload(page, ("bad.jsonl", b'{"title": "x"}\n{"title": "y"}\n'))
    expect(row(page, "bad.jsonl")).to_have_class("failed")
    expect(row(page, "bad.jsonl")).to_contain_text("neither text nor html")


def test_files_can_be_dropped_anywhere(empty: str, visit: Any) -> None:
    page = visit(empty)
    expect(page.locator(".welcome")).to_be_visible()
    page.evaluate(
        """() => {
          const files = new DataTransfer();
          files.items.add(new File(["The bridge was closed."], "bridge.txt"));
          const carrying = {dataTransfer: files, bubbles: true, cancelable: true};
          document.body.dispatchEvent(new DragEvent("drop", carrying));
        }"""
    )
    expect(row(page, "bridge.txt")).to_contain_text("1 article added")
    expect(page.locator("#articles-view")).to_be_visible()


def test_a_text_is_pasted_opened_asked_and_removed(empty: str, visit: Any) -> None:
    page = visit(f"{empty}/#/articles")
    page.locator(".pasting summary").click()
    page.get_by_label("Text", exact=True).fill("The mill was closed on Friday.\n\nBread is dear.")
    page.get_by_label("Title").fill("The mill")
    page.get_by_label("Outlet").fill("The Furrow")
    page.locator(".pasting button").click()
    item = page.locator(".rows li")
    expect(item).to_contain_text("The Furrow")
    item.get_by_role("button", name="The mill", exact=True).click()
    expect(page.locator("#reader .text p")).to_have_count(2)
    page.get_by_role("button", name="Close the article").click()
    item.get_by_role("button", name="Delete “The mill”").click()
    expect(item).to_contain_text("for good?")
    item.get_by_role("button", name="Keep").click()
    expect(item.get_by_role("button", name="The mill", exact=True)).to_be_visible()
    item.get_by_role("button", name="Delete “The mill”").click()
    item.get_by_role("button", name="Delete", exact=True).click()
    expect(page.locator("#articles-view")).to_contain_text("There are no articles yet.")
    assert httpx.get(f"{empty}/v1/articles").json()["articles"] == []


def test_an_address_is_fetched_and_a_private_one_is_refused_with_the_reason(
    empty: str, visit: Any
) -> None:
    page = visit(f"{empty}/#/articles")
    for address, said in (
        ("https://furrow.example/mill", "1 article added"),
        ("http://127.0.0.1:9/secret", "private network"),
    ):
        page.locator("#add-address").fill(address)
        page.locator("#add-address").press("Enter")
        expect(row(page, address)).to_contain_text(said)
    expect(page.locator(".rows li")).to_have_count(1)


def test_a_quote_of_an_article_that_changed_is_looked_for_where_it_stands_now(
    empty: str, visit: Any
) -> None:
    def put(text: str) -> None:
        body = {"articles": [{"id": "mill", "title": "The mill", "text": text}]}
        assert httpx.post(f"{empty}/v1/articles", json=body).is_success

    put("The mill of Ardley was closed on Friday.")
    page = visit(empty)
    page.locator("#question").fill("When was the mill of Ardley closed?")
    page.locator("#question").press("Enter")
    quote = page.locator(".point button.open").first
    expect(quote).to_be_visible()
    put("Correction. The mill of Ardley was closed on Friday.")
    quote.click()
    expect(page.locator("#reader mark.sought")).to_have_text(
        "The mill of Ardley was closed on Friday."
    )
    put("The mill of Ardley was closed on Sunday.")
    quote.click()
    expect(page.locator("#reader .trouble")).to_contain_text("no longer stands in it")
    httpx.delete(f"{empty}/v1/articles/mill")
    quote.click()
    expect(page.locator("#reader .trouble")).to_contain_text("There is no article")
