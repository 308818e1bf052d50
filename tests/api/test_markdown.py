"""An answer as Markdown: what a program shows is what the article says, word for word."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from api.examples import ANSWER
from api.markdown import SHOWN, escaped, folded, markdown, quotes_of
from index.article import Article
from qa.answer import Answer, Citation, Point, Quote, Status

PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"])


def shown(source: str) -> str:
    """Return the text that a program shows for Markdown, without its marks."""
    tokens = [each for token in PARSER.parse(source) for each in [token, *(token.children or ())]]
    assert {each.type for each in tokens} <= PLAIN, {each.type for each in tokens}
    return "".join(each.content for each in tokens if each.type in {"text", "text_special"})


PLAIN = {"paragraph_open", "paragraph_close", "inline", "text", "text_special"}
PLAIN |= {"blockquote_open", "blockquote_close"}


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1))
@example("# not a heading")
@example("1. not a list")
@example("2026) neither")
@example("- « Non »")
@example("=== === |a|b|")
@example("*a* _b_ `c` [d](e) ![f](g) <h> &amp; ~~i~~ \\j [^1] $5 and $6")
@example("+ plus")
@example("[^1]: no footnote")
@example("http://example.org/_a_*b*")
def test_a_text_is_shown_as_it_is(text: str) -> None:
    text = text.strip()  # as sentences are cut: no space around them, no-break spaces included
    if folded(text).strip():
        quote = f"> {escaped(text)} [^1]"
        assert shown(quote) == f"{folded(text)} [^1]"
        assert quotes_of(quote) == folded(text)


def cite(text: str, number: int, **about: object) -> Citation:
    article = Article(id=f"a{number}", text=text, language="en", **about)  # type: ignore[arg-type]
    return Citation.cut(article, article.sha256, 0, len(text), number=number)


ONE = cite("Stop!", 1, source="The Gull", title="A [new] light", url="https://g.example/a_(b)")
TWO = cite("The wind *rose*.", 2, source="Lantern", published=date(2026, 1, 7))
ANSWERED = replace(
    ANSWER,
    understood_as=None,
    points=(
        Point(
            short="Stop",
            quotes=(Quote(text=ONE.text, citation=1), Quote(text=TWO.text, citation=2)),
            independent_sources=2,
            score=1.0,
        ),
        Point(
            short=None,
            quotes=(Quote(text=TWO.text, citation=2),),
            independent_sources=1,
            score=0.5,
        ),
    ),
    citations=(ONE, TWO),
)
REFUSED = replace(
    ANSWERED, status=Status.NO_ANSWER, points=(), citations=(), nearest=(replace(ONE, number=0),)
)


def test_an_answer_is_quotes_and_numbered_footnotes() -> None:
    assert markdown(ANSWERED).split("\n\n") == [
        "**Stop** (2 independent sources)",
        "> Stop! [^1]",
        r"> The wind \*rose\*. [^2]",
        r"> The wind \*rose\*. [^2]",
        r"[^1]: The Gull, [A \[new\] light](https://g.example/a_%28b%29#:~:text=Stop%21)",
        "[^2]: Lantern, 2026-01-07",
    ]


def test_a_follow_up_says_how_it_was_understood() -> None:
    understood = replace(ANSWERED, understood_as="When did the *wind* rise?")
    first, *rest = markdown(understood).split("\n\n")
    assert first == r"*Understood as: When did the \*wind\* rise?*"
    assert rest == markdown(ANSWERED).split("\n\n")
    in_french = markdown(replace(understood, language="fr"))
    assert in_french.startswith("*Question comprise ainsi : When did")


def test_weak_evidence_says_so_first() -> None:
    weak = markdown(replace(ANSWERED, status=Status.WEAK))
    assert weak.startswith("Something here may answer that.")
    assert "> Stop! [^1]" in weak


def test_a_refusal_says_so_and_shows_the_nearest_passages() -> None:
    assert markdown(REFUSED).split("\n\n")[:3] == [
        "Nothing in the articles answers that.",
        "The nearest passages, which do not answer it:",
        "> Stop! [^1]",
    ]


def test_a_question_in_french_is_refused_in_french() -> None:
    assert markdown(replace(REFUSED, language="fr")).startswith("Rien dans les articles ne répond")


def test_an_empty_index_is_told() -> None:
    nothing = replace(ANSWER.coverage, articles_in_scope=0)
    empty = replace(REFUSED, nearest=(), coverage=nothing)
    assert markdown(empty) == "There is no article to ask, or none that passes the filters."


def test_a_long_passage_that_does_not_answer_is_shown_by_its_beginning() -> None:
    passage = cite("The tide came in again. " * 100, 0)
    quote = markdown(replace(REFUSED, nearest=(passage,))).split("\n\n")[2]
    beginning = quote.removeprefix("> ").removesuffix(" … [^1]")
    assert folded(passage.text).startswith(beginning)
    assert 0 < len(beginning) <= SHOWN


@pytest.mark.parametrize(
    "citation",
    [
        cite("x", 1),
        cite("x", 1, source="Lantern"),
        cite("x", 1, title="Light"),
        cite("x", 1, title='"x"', source="Lantern"),
        cite("x", 1, url="https://g.example"),
        cite("x", 1, published=date(2026, 1, 7)),
    ],
)
def test_a_footnote_is_shown_by_programs_without_footnotes(citation: Citation) -> None:
    source = markdown(replace(REFUSED, nearest=(citation,)))
    assert "[^1]: " in "".join(
        child.content for token in PARSER.parse(source) for child in token.children or ()
    )


@pytest.mark.parametrize("answer", [ANSWERED, ANSWER])
def test_the_quotes_are_found_again_in_the_text(answer: Answer) -> None:
    quotes = [quote.text for point in answer.points for quote in point.quotes]
    assert quotes_of(markdown(answer)) == "\n".join(quotes)


def test_a_text_of_another_kind_is_left_as_it_is() -> None:
    assert quotes_of("Sweden did.") == "Sweden did."
