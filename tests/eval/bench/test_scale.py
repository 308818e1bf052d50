"""Invented articles, and an index of them as it grows."""

import json
import subprocess
import sys
from itertools import chain
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from eval.bench.scale.__main__ import main, readable, require_empty
from eval.bench.scale.invented import Inventor
from index.article import Article
from index.errors import InputError
from index.protocols import Embedder, Prepared
from qa.engine import Engine


@pytest.fixture
def known(articles: Path) -> list[Article]:
    return readable((articles,))


def batches(inventor: Inventor, passages: int) -> list[list[Prepared]]:
    return list(inventor.batches(passages, 4))


def test_there_are_as_many_passages_as_were_asked_for(
    known: list[Article], hashing_embedder: Embedder
) -> None:
    made = batches(Inventor(known, hashing_embedder), 25)
    assert [len(batch) for batch in made] == [4, 4, 1]
    assert sum(len(article.passages) for article in chain(*made)) == 25


def test_an_invented_article_is_stored_and_found_by_its_words(
    engine: Engine, known: list[Article]
) -> None:
    for batch in batches(Inventor(known, engine.embedder), 25):
        engine.store.put(batch)
    status = engine.store.status()
    assert (status.articles, status.passages, status.sentences) == (9, 25, 150)
    assert status.degraded == ()
    assert engine.search("old mill").passages[0].lexical > 0


def test_vectors_lie_around_real_ones_and_no_two_are_the_same(
    known: list[Article], hashing_embedder: Embedder
) -> None:
    made = [p for a in chain(*batches(Inventor(known, hashing_embedder), 60)) for p in a.passages]
    vectors = np.stack([passage.vector for passage in made])
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    real = hashing_embedder.embed_passages([f"{p}." for a in known for p in a.text.split(". ")])
    assert (vectors @ real.T).max(axis=1).mean() > 0.8
    assert len({passage.content_hash for passage in made}) == len(made)


def test_the_same_seed_invents_the_same(known: list[Article], hashing_embedder: Embedder) -> None:
    first, again, other = (
        [a.article for a in chain(*batches(Inventor(known, hashing_embedder, seed=seed), 12))]
        for seed in (1, 1, 2)
    )
    assert first == again != other


def test_articles_without_sentences_cannot_be_used(hashing_embedder: Embedder) -> None:
    with pytest.raises(InputError, match="no sentence"):
        Inventor([Article(id="a", text="Too short. Far.")], hashing_embedder)


def test_an_index_that_holds_something_is_left_alone(engine: Engine, known: list[Article]) -> None:
    require_empty(engine)
    list(engine.add(known))
    with pytest.raises(InputError, match="holds an index already"):
        require_empty(engine)


def test_files_without_an_article_are_refused(tmp_path: Path) -> None:
    (tmp_path / "rows.jsonl").write_text("{}\n")
    result = CliRunner().invoke(main, [str(tmp_path / "rows.jsonl")])
    assert result.exit_code == 2
    assert "No article could be read" in result.stderr


def test_the_whole_run_measures_each_size(articles: Path, tmp_path: Path) -> None:
    # With the real model, in a new process at each size.
    figures = tmp_path / "figures.json"
    command = [sys.executable, "-m", "eval.bench.scale", str(articles), "--sizes", "30,90"]
    command += ["--json", str(figures), "--plot", str(tmp_path / "scale.svg")]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    steps = json.loads(figures.read_text())["steps"]
    assert [step["passages"] for step in steps] == [30, 90]
    assert all(step["asked"]["questions"]["total"]["count"] == 100 for step in steps)
    sizes = [sum(step["bytes_on_disk"].values()) for step in steps]
    assert 0 < sizes[0] < sizes[1]
    assert (tmp_path / "scale.svg").exists()
