"""From a question to an answer, with nothing in between left out but a real model."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from index.article import Article
from index.errors import QuestionError
from index.ingest import Progress
from index.protocols import Embedder, Filters, Vectors
from index.store import LocalStore
from qa.answer import LONGEST_QUESTION, Answer, Status
from qa.engine import Engine
from qa.settings import Settings

ASKED = "Who refused to send soldiers?"


@pytest.fixture
def informed(
    engine: Engine, add: Callable[..., None], frigates: Article, harvest: Article
) -> Engine:
    add(frigates, harvest)
    return engine


def assert_verbatim(answer: Answer, *articles: Article) -> None:
    by_id = {article.id: article for article in articles}
    numbered = {citation.number: citation for citation in answer.citations}
    for citation in [*answer.citations, *answer.nearest]:
        article = by_id[citation.article_id]
        assert article.text[citation.start : citation.end] == citation.text
        assert citation.sha256 == article.sha256
    for point in answer.points:
        for quote in point.quotes:
            assert numbered[quote.citation].text == quote.text


def test_the_sentence_that_answers_is_quoted_first(informed: Engine, frigates: Article) -> None:
    answer = informed.ask(ASKED)
    assert answer.status is Status.ANSWERED
    assert answer.points[0].quotes[0].text == "Sweden refused to send soldiers."
    assert answer.answer.startswith("« Sweden refused to send soldiers. » [1]")
    assert answer.nearest == ()


@pytest.mark.parametrize("question", [ASKED, "How was the wheat harvest?", "Who sold the moon?"])
def test_every_quote_is_a_slice_of_its_article(
    informed: Engine, frigates: Article, harvest: Article, question: str
) -> None:
    answer = informed.ask(question)
    assert answer.citations or answer.nearest
    assert_verbatim(answer, frigates, harvest)


def test_offsets_count_characters_and_not_bytes(engine: Engine, add: Callable[..., None]) -> None:
    article = Article(
        id="emoji", text="🚢🚢 Début. Le café a coûté 3 € à Malmö. Fin.", language="fr"
    )
    add(article)
    answer = engine.ask("Combien a coûté le café ?")
    assert answer.citations
    assert_verbatim(answer, article)


def test_what_no_article_says_is_not_answered(informed: Engine) -> None:
    answer = informed.ask("Zanzibar volleyball championship?")
    assert answer.status is Status.NO_ANSWER
    assert (answer.answer, answer.points, answer.citations) == ("", (), ())
    assert answer.nearest


def test_an_empty_index_answers_nothing(engine: Engine) -> None:
    answer = engine.ask(ASKED)
    assert (answer.status, answer.confidence, answer.nearest) == (Status.NO_ANSWER, 0.0, ())


def test_the_same_question_gets_the_same_answer(informed: Engine) -> None:
    first, again = informed.ask(ASKED), informed.ask(ASKED)
    assert replace(first, timing_ms=again.timing_ms) == again


@pytest.mark.parametrize(
    "filters",
    [
        Filters(source=("The Furrow",)),
        Filters(article_ids=("harvest",)),
        Filters(published_to=date(2025, 12, 31)),
    ],
)
def test_only_articles_that_pass_the_filters_are_read(informed: Engine, filters: Filters) -> None:
    answer = informed.ask(ASKED, filters=filters)
    assert (answer.coverage.articles_in_scope, answer.coverage.articles_matched) == (1, 1)
    assert {c.article_id for c in [*answer.citations, *answer.nearest]} <= {"harvest"}
    assert {p.article_id for p in informed.search(ASKED, filters=filters).passages} == {"harvest"}


def test_an_answer_has_no_more_points_than_asked(informed: Engine) -> None:
    assert len(informed.ask(ASKED, limit=1).points) == 1


@pytest.mark.parametrize("question", ["", "  \n", "?!", "«»"])
def test_a_question_without_a_word_is_refused(engine: Engine, question: str) -> None:
    with pytest.raises(QuestionError, match="empty"):
        engine.ask(question)


def test_a_question_of_more_characters_than_are_read_is_refused(engine: Engine) -> None:
    engine.ask("a" * LONGEST_QUESTION)
    with pytest.raises(QuestionError, match="2,001"):
        engine.ask("a" * (LONGEST_QUESTION + 1))


def test_a_question_with_half_a_character_is_refused(engine: Engine) -> None:
    with pytest.raises(QuestionError, match="surrogate"):
        engine.search("Who? \ud83d")


class CountingEmbedder:
    """The small embedder, which remembers what it was given."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self.embedded: list[str] = []

    def __getattr__(self, name: str) -> Any:
        return getattr(self._embedder, name)

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        self.embedded += texts
        return self._embedder.embed_passages(texts)


def test_a_rebuild_by_the_same_model_embeds_nothing_again(
    engine: Engine, add: Callable[..., None], frigates: Article, harvest: Article
) -> None:
    add(frigates, harvest)
    counting = CountingEmbedder(engine.embedder)
    again = Engine(engine.settings, engine.store, counting)  # type: ignore[arg-type]
    reports: list[Progress] = []
    again.rebuild(on_progress=reports.append)
    assert counting.embedded == []
    assert reports[-1] == Progress(articles=2, passages=2, reused=2)
    assert {p.article_id for p in again.search("frigates wheat").passages} == {
        "frigates",
        "harvest",
    }


def test_questions_that_come_at_once_open_one_reader(
    tmp_path: Path, store: LocalStore, hashing_embedder: Embedder
) -> None:
    settings = Settings(data=tmp_path / "index", model="hashing")
    with Engine(settings, store, hashing_embedder) as engine, ThreadPoolExecutor(4) as pool:
        asked = [pool.submit(lambda: engine.rereading) for _ in range(4)]
        opened = {id(each.result()) for each in asked}
    assert len(opened) == 1
    assert engine.rereading is not None
