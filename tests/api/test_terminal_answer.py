"""What a person sees of an answer."""

from dataclasses import replace
from datetime import date

import pytest

from api.terminal.answer import answer_lines
from api.terminal.screen import UNBROKEN
from index.article import Article
from qa.answer import Answer, Citation, Coverage, Point, Quote, Status, Timing

PHARE = Article(
    id="phare-1",
    text=(
        "Paris, le 7 janvier.\n\nLes alliés se sont réunis hier.\n\nLa ministre a redit le refus "
        "italien d'envoyer des soldats sur place, tout en promettant « un soutien politique » et "
        "des moyens de surveillance.\n\nLa réunion est finie."
    ),
    title="Deux refus à Paris",
    source="Le Phare",
    url="https://phare.example/refus",
    published=date(2026, 1, 7),
    language="fr",
)
REFUSAL = (
    "La ministre a redit le refus italien d'envoyer des soldats sur place, tout en promettant "
    "« un soutien politique » et des moyens de surveillance."
)
HOSTILE = Article(
    id="hostile",
    text="Rouge \x1b[31m, [bold]gras[/bold], \u202eà l'envers, \x9b2J.",
    title="Un [red]titre[/red] \x07",
    url="https://phare.example/\x1b]8;;\x1b\\",
)


def cite(article: Article, text: str, number: int) -> Citation:
    start = article.text.index(text)
    return Citation.cut(article, article.sha256, start, start + len(text), number=number)


def answer(
    status: Status,
    *,
    citations: tuple[Citation, ...] = (),
    nearest: tuple[Citation, ...] = (),
    short: str | None = None,
    sources: int = 1,
    in_scope: int = 5,
) -> Answer:
    quotes = tuple(Quote(text=each.text, citation=each.number) for each in citations)
    point = Point(short=short, quotes=quotes, independent_sources=sources, score=0.9)
    return Answer(
        question="who refuses?",
        language="en",
        status=status,
        confidence=0.93,
        answer="",
        points=(point,) if quotes else (),
        citations=citations,
        nearest=nearest,
        coverage=Coverage(passages_read=12, articles_matched=4, articles_in_scope=in_scope),
        generation=42,
        timing_ms=Timing(embed=9, retrieve=2, read=31, compose=0.4, total=42.8),
    )


def shown(what: Answer, *articles: Article, width: int = UNBROKEN) -> str:
    texts = {article.id: article.text for article in articles}
    return "\n".join(line.plain for line in answer_lines(what, texts.get, width))


def test_a_follow_up_is_shown_as_it_was_understood() -> None:
    followed = replace(answer(Status.NO_ANSWER), understood_as="When was it \x1b[31msigned?")
    first, *rest = shown(followed).splitlines()
    assert first.startswith("Understood as: When was it ")
    assert "\x1b" not in first
    assert rest == shown(answer(Status.NO_ANSWER)).splitlines()


def test_an_answer_says_what_was_said_by_whom_when_and_where_it_stands() -> None:
    found = shown(answer(Status.ANSWERED, citations=(cite(PHARE, REFUSAL, 1),)), PHARE)

    assert found.splitlines() == [
        "Answered · confidence 93\xa0%",
        "",
        "1. (1 independent source)",
        f"   │ {REFUSAL}\xa0[1]",
        "   Le Phare · 7 January 2026 · Deux refus à Paris",
        "   paragraph 3 of 4, 25\xa0% in · characters 55–199 · phare-1",
        "   https://phare.example/refus",
        "",
        "Read 12 passages of 4 articles, 5 in scope · 43 ms · generation 42",
    ]


def test_the_short_answer_and_the_number_of_sources_head_a_point() -> None:
    what = answer(
        Status.ANSWERED, citations=(cite(PHARE, REFUSAL, 1),), short="refus italien", sources=3
    )
    assert "1. refus italien (3 independent sources)" in shown(what, PHARE)


@pytest.mark.parametrize("width", [40, 80, 100])
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    what = answer(Status.WEAK, citations=(cite(PHARE, REFUSAL, 1),))
    understood = replace(what, understood_as="Who refuses to send soldiers to the place, and why?")
    lines = shown(understood, PHARE, width=width).splitlines()
    quoted = [line.removeprefix("   │ ") for line in lines if "│" in line]

    assert all(len(line) <= width for line in lines)
    assert all(len(line) <= width - 5 for line in quoted)
    assert " ".join(quoted) == f"{REFUSAL}\xa0[1]"


def test_weak_evidence_is_called_that() -> None:
    what = answer(
        Status.WEAK,
        citations=(cite(PHARE, REFUSAL, 1),),
        nearest=(cite(PHARE, "La réunion est finie.", 0),),
    )
    found = shown(what, PHARE)

    assert found.startswith("Weak evidence · confidence 93\xa0%")
    assert "Nearest passages – they do not answer the question:" in found


def test_a_refusal_shows_the_nearest_passages_as_no_answers() -> None:
    what = answer(Status.NO_ANSWER, nearest=(cite(PHARE, "La réunion est finie.", 0),))
    found = shown(what, PHARE)

    assert found.startswith("Nothing here answers that.")
    before, after = found.split("Nearest passages – they do not answer the question:")
    assert "│" not in before
    assert "│ La réunion est finie.\n" in after  # and no number: nothing cites it


def test_an_empty_index_is_told_from_a_question_without_an_answer() -> None:
    found = shown(answer(Status.NO_ANSWER, in_scope=0))

    assert "There is no article to ask." in found
    assert "pullquote add" in found


def test_a_text_cannot_command_the_terminal_or_pass_for_markup() -> None:
    what = answer(Status.ANSWERED, citations=(cite(HOSTILE, HOSTILE.text, 1),))
    found = shown(what, HOSTILE)

    assert "│ Rouge �[31m, [bold]gras[/bold], �à l'envers, �2J." in found
    assert "Un [red]titre[/red] �" in found
    assert not set(found) & set("\x1b\x9b\x07\u202e")


def test_a_link_cannot_break_out_of_its_escape_sequence() -> None:
    what = answer(Status.ANSWERED, citations=(cite(HOSTILE, HOSTILE.text, 1),))
    links = [
        line.style.link
        for line in answer_lines(what, {}.get, 80)
        if not isinstance(line.style, str) and line.style.link
    ]
    assert len(links) == 1
    assert "\x1b" not in links[0]


def test_no_paragraph_is_named_when_the_article_has_changed_since() -> None:
    what = answer(Status.ANSWERED, citations=(cite(PHARE, REFUSAL, 1),))
    changed = Article(id="phare-1", text="Corrigé.")

    for found in (shown(what), shown(what, changed)):
        assert "   characters 55–199 · phare-1\n" in found
