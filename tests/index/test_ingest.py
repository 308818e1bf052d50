"""Articles into a real store: what becomes of each, in batches, nothing embedded twice."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

import pytest

from index.article import Article, Span
from index.ingest import BATCH_ARTICLES, BATCH_CHARACTERS, Progress, batches, ingest
from index.protocols import Embedder, Stored, Vector, Vectors
from index.store import LocalStore


class Recording:
    """An embedder that writes down which passages and sentences it was given."""

    def __init__(self, inner: Embedder) -> None:
        self._inner = inner
        self.texts: list[str] = []
        self.fingerprint = inner.fingerprint
        self.dimension = inner.dimension
        self.token_budget = inner.token_budget

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        return self._inner.count_tokens(texts)

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        self.texts += texts
        return self._inner.embed_passages(texts)

    def embed_in_context(
        self, texts: Sequence[str], sentences: Sequence[Sequence[Span]]
    ) -> list[tuple[Vector, Vectors]]:
        self.texts += texts
        return self._inner.embed_in_context(texts, sentences)

    def embed_question(self, question: str) -> Vector:
        return self._inner.embed_question(question)


@pytest.fixture
def embedder(hashing_embedder: Embedder) -> Recording:
    return Recording(hashing_embedder)


@pytest.fixture
def articles() -> list[Article]:
    return [article(number) for number in range(3)]


def test_new_articles_are_added_in_order(
    store: LocalStore, embedder: Recording, articles: list[Article]
) -> None:
    results = run(store, embedder, articles)
    assert [result.id for result in results] == ["a0", "a1", "a2"]
    assert {result.status for result in results} == {"added"}
    assert all(result.passages >= 1 for result in results)


def test_the_same_article_again_is_unchanged_and_costs_no_model_call(
    store: LocalStore, embedder: Recording, articles: list[Article]
) -> None:
    first = run(store, embedder, articles)
    embedder.texts.clear()
    again = run(store, embedder, articles)
    assert {result.status for result in again} == {"unchanged"}
    assert [result.passages for result in again] == [result.passages for result in first]
    assert embedder.texts == []


def test_another_text_under_the_same_id_updates(
    store: LocalStore, embedder: Recording, articles: list[Article]
) -> None:
    run(store, embedder, articles)
    changed = replace(articles[1], text="Le viaduc de Sarnelle a été vendu hier à une banque.")
    (result,) = run(store, embedder, [changed])
    assert (result.id, result.status) == ("a1", "updated")
    assert store.versions(["a1"])["a1"].text == changed.text


def test_a_new_title_alone_embeds_nothing(
    store: LocalStore, embedder: Recording, articles: list[Article]
) -> None:
    run(store, embedder, articles)
    embedder.texts.clear()
    (result,) = run(store, embedder, [replace(articles[0], title="Un autre titre")])
    assert result.status == "updated"
    assert embedder.texts == []


def test_no_text_is_embedded_twice(
    store: LocalStore, embedder: Recording, articles: list[Article]
) -> None:
    copy = replace(articles[0], id="copy", source="Le Quai")
    run(store, embedder, [*articles, copy])
    assert embedder.texts
    assert len(embedder.texts) == len(set(embedder.texts))


def test_an_id_that_comes_again_in_one_ingest_updates_what_came_before(
    store: LocalStore, embedder: Recording, articles: list[Article]
) -> None:
    later = replace(articles[0], text="Le phare a rouvert ses portes au public ce samedi matin.")
    results = run(store, embedder, [articles[0], later])
    assert [result.status for result in results] == ["added", "updated"]


def test_nothing_happens_before_the_first_result_is_asked_for(
    store: LocalStore, embedder: Recording, articles: list[Article]
) -> None:
    ingest(store, embedder, articles, passage_tokens=100)
    assert embedder.texts == []
    assert store.versions(["a0"]) == {}


def test_progress_only_grows_and_ends_with_everything(
    store: LocalStore, embedder: Recording, articles: list[Article]
) -> None:
    seen: list[Progress] = []
    results = list(ingest(store, embedder, articles, passage_tokens=100, on_progress=seen.append))
    passages = sum(result.passages for result in results)
    assert seen[-1] == Progress(articles=3, passages=passages, embedded=passages, reused=0)
    assert [p.articles for p in seen] == sorted(p.articles for p in seen)
    assert [p.passages for p in seen] == sorted(p.passages for p in seen)


def test_progress_tells_what_was_reused(
    store: LocalStore, embedder: Recording, articles: list[Article]
) -> None:
    run(store, embedder, articles)
    seen: list[Progress] = []
    copy = replace(articles[0], title="Un autre titre")
    list(ingest(store, embedder, [copy], passage_tokens=100, on_progress=seen.append))
    assert seen[-1].embedded == 0
    assert seen[-1].reused == seen[-1].passages > 0


def test_a_batch_is_bounded_in_articles() -> None:
    many = [article(number) for number in range(BATCH_ARTICLES + 1)]
    assert [len(batch) for batch in batches(many)] == [BATCH_ARTICLES, 1]


def test_a_batch_is_bounded_in_characters_but_takes_any_single_article() -> None:
    long = "x" * (BATCH_CHARACTERS + 1)
    given = [article(0), Article(id="long", text=long), article(2)]
    assert [[a.id for a in batch] for batch in batches(given)] == [["a0"], ["long"], ["a2"]]


def test_no_articles_make_no_batch() -> None:
    assert list(batches([])) == []


def article(number: int) -> Article:
    return Article(
        id=f"a{number}",
        text=(
            f"Le pont numéro {number} de Sarnelle ferme lundi pour des travaux de peinture. "
            f"La mairie annonce {number + 3} semaines de chantier et une déviation par le quai."
        ),
        language="fr",
    )


def run(store: LocalStore, embedder: Embedder, articles: Iterable[Article]) -> list[Stored]:
    return list(ingest(store, embedder, articles, passage_tokens=100))
