"""Asking in a browser: answers, refusals, follow-ups, and what is done when something fails."""

import json
import re
from typing import Any

import httpx
import pytest
from playwright.sync_api import Page, Request, expect

QUESTION = "Who refused to send soldiers?"


def ask(page: Page, question: str = QUESTION) -> Any:
    before = page.locator(".turn").count()
    box = page.locator("#question")
    box.fill(question)
    box.press("Enter")
    turn = page.locator(".turn").nth(before)
    expect(turn).to_have_class(re.compile("answered"))
    return turn


def answered(address: str, question: str = QUESTION, **more: Any) -> Any:
    return httpx.post(f"{address}/v1/ask", json={"question": question, **more}).json()


def test_an_answer_shows_its_quotes_word_for_word_with_where_they_stand(
    newsroom: Any, visit: Any
) -> None:
    turn = ask(visit(newsroom.answers))
    answer = answered(newsroom.answers)
    assert answer["status"] == "answered"
    assert turn.locator("blockquote").all_inner_texts() == [
        quote["text"] for point in answer["points"] for quote in point["quotes"]
    ]
    first = answer["citations"][0]
    caption = turn.locator("figcaption").first
    for known in (first["source"], first["title"], "[1]", "January 2026", "English"):
        expect(caption).to_contain_text(known)
    expect(turn.locator(".verdict")).to_contain_text(re.compile("Answered.*confidence.*in 10"))
    expect(turn.locator(".coverage")).to_contain_text("4 in scope")
    expect(turn.locator("figcaption a").first).to_have_attribute("href", re.compile("#:~:text="))


def test_an_answer_is_streamed_where_the_service_offers_it(newsroom: Any, visit: Any) -> None:
    page = visit(newsroom.answers)
    with page.expect_response("**/v1/ask") as response:
        ask(page)
    assert response.value.headers["content-type"].startswith("text/event-stream")


def test_a_follow_up_sends_what_was_asked_and_answered_before(newsroom: Any, visit: Any) -> None:
    page = visit(newsroom.answers)
    ask(page)
    with page.expect_request("**/v1/ask") as request:
        ask(page, "And Denmark?")
    assert request.value.post_data_json["history"] == [
        {"question": QUESTION, "answer": answered(newsroom.answers)["answer"]}
    ]
    expect(page.locator(".turn")).to_have_count(2)


def test_weak_evidence_is_shown_as_such_with_the_nearest_passages(
    newsroom: Any, visit: Any
) -> None:
    turn = ask(visit(newsroom.weakly))
    expect(turn.locator(".verdict.weak")).to_contain_text("Weak evidence")
    expect(turn.locator(".pull-quote").first).to_be_visible()
    expect(turn.locator(".nearest summary")).to_contain_text("Nearest passages")


def test_a_refusal_has_no_quotes_and_offers_the_nearest_passages(newsroom: Any, visit: Any) -> None:
    page = visit(newsroom.refuses)
    turn = ask(page)
    expect(turn.locator(".verdict.no_answer")).to_contain_text("No answer in these articles")
    expect(turn.locator(".pull-quote")).to_have_count(0)
    expect(turn.locator(".coverage")).to_contain_text("4 in scope")
    turn.locator(".nearest button").first.click()
    passage = answered(newsroom.refuses)["nearest"][0]
    expect(page.locator("#reader mark.sought").first).to_be_visible()
    assert highlighted(page) == passage["text"]


def test_what_happens_is_told_to_a_screen_reader(newsroom: Any, visit: Any) -> None:
    page = visit(newsroom.answers)
    ask(page)
    expect(page.locator("#said")).to_have_attribute("aria-live", "polite")
    expect(page.locator("#said")).to_contain_text(re.compile(r"Answered\. \d point"))


def test_a_question_can_be_cancelled_and_asked_again(newsroom: Any, visit: Any) -> None:
    page = visit(newsroom.waiting)
    page.locator("#question").fill(QUESTION)
    page.locator("#send").click()
    expect(page.locator(".turn.asking")).to_contain_text("Searching the articles")
    page.locator("#cancel").click()
    expect(page.locator(".turn.cancelled")).to_contain_text("Cancelled")
    expect(page.locator("#send")).to_be_visible()
    newsroom.go_on.set()
    page.get_by_role("button", name="Ask again").click()
    expect(page.locator(".turn.answered")).to_have_count(1)


def test_a_lost_connection_is_explained_and_the_question_asked_when_it_is_back(
    newsroom: Any, visit: Any
) -> None:
    page = visit(newsroom.answers)
    expect(page.locator(".welcome")).to_be_visible()
    page.context.set_offline(True)
    page.locator("#question").fill(QUESTION)
    page.locator("#question").press("Enter")
    expect(page.locator(".turn.lost")).to_contain_text("does not answer")
    expect(page.locator("#connection")).to_contain_text("No connection to the service")
    page.context.set_offline(False)
    expect(page.locator(".turn.answered")).to_have_count(1)
    expect(page.locator("#connection")).to_be_hidden()


def test_a_refused_question_is_explained_in_the_services_words(newsroom: Any, visit: Any) -> None:
    page = visit(newsroom.answers)
    page.locator("#question").fill("?!")
    page.locator("#question").press("Enter")
    expect(page.locator(".turn.failed")).to_contain_text("The question is empty.")


def test_a_busy_service_is_asked_again(newsroom: Any, visit: Any) -> None:
    page = visit(newsroom.answers)
    seen: list[Request] = []

    def first_busy(route: Any) -> None:
        seen.append(route.request)
        if len(seen) > 1:
            return route.continue_()
        problem = {"title": "Busy", "status": 503, "detail": "Try again in 1 seconds."}
        return route.fulfill(
            status=503,
            headers={"Retry-After": "1"},
            content_type="application/problem+json",
            body=json.dumps(problem),
        )

    page.route("**/v1/ask", first_busy)
    ask(page)
    assert len(seen) == 2


def test_a_link_to_a_question_asks_it_with_its_filters(newsroom: Any, visit: Any) -> None:
    page = visit(f"{newsroom.answers}/?q=Who+refused%3F&source=The+Lantern&language=en")
    turn = page.locator(".turn.answered")
    expect(turn.locator("h2")).to_have_text("Who refused?")
    expect(turn.locator(".coverage")).to_contain_text("2 in scope")
    assert page.url == f"{newsroom.answers}/"


@pytest.mark.parametrize(("locale", "words"), [("fr-FR", "Réponse trouvée"), ("de-DE", "Answered")])
def test_the_interface_speaks_the_browsers_language_where_it_can(
    newsroom: Any, visit: Any, locale: str, words: str
) -> None:
    turn = ask(visit(newsroom.answers, locale=locale))
    expect(turn.locator(".verdict strong")).to_have_text(words)


def test_the_language_can_be_switched_and_is_kept(newsroom: Any, visit: Any) -> None:
    page = visit(newsroom.answers)
    turn = ask(page)
    page.locator("#language").select_option("fr")
    expect(turn.locator(".verdict strong")).to_have_text("Réponse trouvée")
    expect(turn.locator("time").first).to_have_text(re.compile("janvier 2026"))
    expect(page.locator("html")).to_have_attribute("lang", "fr")
    page.reload()
    expect(page.locator("#send")).to_have_text("Demander")


def test_everything_can_be_done_by_keyboard(newsroom: Any, visit: Any) -> None:
    page = visit(newsroom.answers)
    expect(page.locator(".welcome")).to_be_visible()
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#question")).to_be_focused()
    page.keyboard.type(QUESTION)
    page.keyboard.press("Enter")
    expect(page.locator(".turn.answered")).to_have_count(1)
    expect(page.locator("#question")).to_be_focused()
    citation = page.locator(".point button.open").first
    for _ in range(30):
        page.keyboard.press("Shift+Tab")
        if citation.evaluate("node => node === document.activeElement"):
            break
    expect(citation).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#reader mark.sought").first).to_be_visible()
    expect(page.locator("#reader")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#reader")).to_be_hidden()
    expect(citation).to_be_focused()


def highlighted(page: Page) -> str:
    """Return what the article's text holds from where the sought mark begins to where it ends."""
    return str(
        page.evaluate(
            """() => {
              const marks = [...document.querySelectorAll("#reader mark.sought")];
              const range = document.createRange();
              range.setStartBefore(marks[0]);
              range.setEndAfter(marks.at(-1));
              return range.toString();
            }"""
        )
    )


def test_a_citation_opens_its_article_with_the_quote_marked_to_the_letter(
    newsroom: Any, visit: Any
) -> None:
    page = visit(newsroom.answers)
    turn = ask(page)
    for citation in answered(newsroom.answers)["citations"]:
        number = f'[data-citation="{citation["number"]}"]'
        turn.locator(number).click()
        expect(page.locator(f"#reader mark.sought{number}").first).to_be_in_viewport()
        assert highlighted(page) == citation["text"]
        shown = httpx.get(f"{newsroom.answers}/v1/articles/{citation['article_id']}").json()
        assert page.evaluate("document.querySelector('#reader .text').textContent") == shown["text"]


def test_the_other_quotes_of_an_article_are_marked_too(newsroom: Any, visit: Any) -> None:
    page = visit(newsroom.weakly)
    question = "Where did the minister speak, and who refused to send soldiers?"
    answer = answered(newsroom.weakly, question)
    by_article: dict[str, list[int]] = {}
    for each in answer["citations"]:
        by_article.setdefault(each["article_id"], []).append(each["number"])
    numbers = next(each for each in by_article.values() if len(each) > 1)
    turn = ask(page, question)
    turn.locator(f'[data-citation="{numbers[0]}"]').click()
    marks = page.locator("#reader mark")
    expect(marks.first).to_be_visible()
    found = {int(each) for each in marks.evaluate_all("all => all.map(m => m.dataset.citation)")}
    assert found == set(numbers)


def test_places_count_code_points_as_the_service_does(newsroom: Any, visit: Any) -> None:
    text = "🕊 paix 🏳️‍🌈, e\u0301té, \U0001f469\u200d\U0001f52c fin"
    places = list(range(len(text) + 1))
    units = visit(newsroom.answers).evaluate(
        "([text, places]) => import('/chat/offsets.js').then((m) => m.unitsOf(text, places))",
        [text, places],
    )
    assert units == [len(text[:place].encode("utf-16-le")) // 2 for place in places]
