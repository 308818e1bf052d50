"""What becomes of a citation when its article changes."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from index.article import Article
from qa.answer import Claim, Verdict, Verified
from qa.engine import Engine

WORDS = "Sweden refused to send soldiers."


@pytest.fixture
def claim(frigates: Article) -> Claim:
    start = frigates.text.index(WORDS)
    return Claim(
        article_id=frigates.id,
        sha256=frigates.sha256,
        start=start,
        end=start + len(WORDS),
        text=WORDS,
    )


@pytest.fixture
def verdict_on(
    engine: Engine, add: Callable[..., None], frigates: Article, claim: Claim
) -> Callable[[str], Verified]:
    """The verdict on the claim once the article reads as given."""

    def check(text: str) -> Verified:
        add(replace(frigates, text=text))
        return engine.verify([claim])[0]

    return check


def test_words_that_stand_where_they_stood_are_exact(
    verdict_on: Callable[[str], Verified], frigates: Article, claim: Claim
) -> None:
    found = verdict_on(frigates.text)
    assert (found.verdict, found.sha256) == (Verdict.EXACT, frigates.sha256)
    assert (found.start, found.end) == (claim.start, claim.end)


def test_a_correction_elsewhere_leaves_a_citation_exact(
    verdict_on: Callable[[str], Verified], frigates: Article
) -> None:
    found = verdict_on(frigates.text.replace("Tuesday", "Monday"))
    assert found.verdict is Verdict.EXACT
    assert found.sha256 != frigates.sha256


def test_words_that_stand_elsewhere_have_moved_to_the_nearest_place(
    verdict_on: Callable[[str], Verified], frigates: Article, claim: Claim
) -> None:
    text = f"News. {frigates.text} Ministers gave no reason for it at all. {WORDS}"
    found = verdict_on(text)
    assert (found.verdict, found.start) == (Verdict.MOVED, claim.start + len("News. "))
    assert text[found.start : found.end] == WORDS


def test_words_that_were_rewritten_have_changed(
    verdict_on: Callable[[str], Verified], frigates: Article
) -> None:
    found = verdict_on(frigates.text.replace("refused", "agreed"))
    assert (found.verdict, found.start, found.end) == (Verdict.CHANGED, None, None)


def test_the_words_of_a_removed_article_are_gone(
    engine: Engine, verdict_on: Callable[[str], Verified], frigates: Article, claim: Claim
) -> None:
    verdict_on(frigates.text)
    engine.remove([frigates.id])
    found = engine.verify([claim])[0]
    assert (found.verdict, found.start, found.sha256) == (Verdict.GONE, None, None)


@pytest.mark.parametrize(("start", "end"), [(-5, 3), (10_000, 10_040)])
def test_a_place_outside_the_article_is_looked_for_inside(
    verdict_on: Callable[[str], Verified],
    engine: Engine,
    frigates: Article,
    claim: Claim,
    start: int,
    end: int,
) -> None:
    verdict_on(frigates.text)
    found = engine.verify([replace(claim, start=start, end=end)])[0]
    assert (found.verdict, found.start) == (Verdict.MOVED, claim.start)


def test_no_words_at_all_have_changed(
    verdict_on: Callable[[str], Verified], engine: Engine, frigates: Article, claim: Claim
) -> None:
    verdict_on(frigates.text)
    assert engine.verify([replace(claim, text="")])[0].verdict is Verdict.CHANGED
