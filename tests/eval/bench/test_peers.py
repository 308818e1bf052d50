"""Others beside us: all get the same task, and their figures are counted alike."""

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest
from click.testing import CliRunner
from rich.console import Console

from eval.bench.machine import Machine
from eval.bench.peers.__main__ import interpreters, main
from eval.bench.peers.replies import Found, Indexed
from eval.bench.peers.report import Report, rendered, standing
from eval.bench.peers.running import PEERS, PROGRAM, Peer, PeerError
from eval.bench.peers.turns import Outcome, compare
from eval.question import Collection, Facet, Place, Question
from index.article import Article
from index.e5_folder import model_folder
from index.errors import InputError

HERE = Path(sys.executable)
TEXTS = {
    "ferry": "Le bac de Brévane reprend lundi. Il sera gratuit pour les piétons.",
    "mill": "Le vieux moulin a été vendu. Personne ne sait à qui.",
    "school": "L'école du bourg ouvrira en septembre avec deux classes.",
}


def question(text: str, article_id: str) -> Question:
    place = Place(article_id=article_id, start=0, end=5)
    facet = Facet(name=text, places=(place,))
    return Question(id=text, text=text, language="fr", facets=(facet,))


@pytest.fixture
def collection() -> Collection:
    articles = tuple(Article(id=i, text=text, language="fr") for i, text in TEXTS.items())
    asked = (question("Quand reprend le bac ?", "ferry"), question("Qu'a-t-on vendu ?", "mill"))
    return Collection(name="tiny", articles=articles, questions=asked)


def outcome(found: list[list[str]]) -> Outcome:
    indexed = Indexed(
        versions={"other": "9.1"}, python="3.11.1", settings="its defaults",
        load_s=4, index_s=2.5, index_processor_s=4.5,
    )  # fmt: skip
    return Outcome(
        indexed=indexed,
        found=[
            Found(found=ids, milliseconds=10.0 + n, processor_ms=20.0 + 2 * n, peak_mb=900.0 + n)
            for n, ids in enumerate(found)
        ],
    )


def test_recall_counts_the_right_article_among_the_first(collection: Collection) -> None:
    questions = list(collection.questions)
    counted = standing("other", outcome([["ferry", "mill"], ["school", "mill"]]), questions)
    values = {name: measured.value for name, measured in counted.recall.items()}
    assert values == {"recall@1": 0.5, "recall@5": 1.0, "recall@20": 1.0}
    assert all(measured.count == 2 for measured in counted.recall.values())
    assert (counted.latency.p50, counted.processor_ms, counted.peak_mb) == (10.0, 21.0, 901.0)


def test_a_question_that_finds_nothing_counts_as_not_found(collection: Collection) -> None:
    counted = standing("other", outcome([[], ["mill"]]), list(collection.questions))
    assert counted.recall["recall@20"].value == 0.5


def test_the_table_has_intervals_versions_and_settings(collection: Collection) -> None:
    counted = standing("other", outcome([["ferry"], ["school"]]), list(collection.questions))
    report = Report(
        collection="tiny",
        articles=3,
        questions=2,
        threads=1,
        machine=Machine.now(),
        standings=(counted,),
    )
    console = Console(width=140, record=True)
    console.print(rendered(report))
    shown = console.export_text()
    assert "tiny: 2 questions over 3 articles" in shown
    heading = next(line for line in shown.splitlines() if "p50 ms" in line)
    assert [cell.strip() for cell in heading.split("┃")[5:-1]] == [
        *("p50 ms", "p95 ms", "cpu ms", "index s", "cpu s", "peak MB")
    ]
    assert "Threads of each: 1." in shown
    assert "0.500" in shown and "(0.00–1.00)" in shown
    assert "other: other 9.1; its defaults" in shown


def test_systems_index_and_answer_in_processes_of_their_own(collection: Collection) -> None:
    model = model_folder(Path("~/.cache/pullquote").expanduser())
    steps: list[str] = []
    outcomes = compare(
        {"plain": HERE, "pullquote": HERE}, collection.articles, collection.questions,
        model=model, threads=1, on_step=steps.append,
    )  # fmt: skip
    assert list(outcomes) == ["plain", "pullquote"]
    for each in outcomes.values():
        assert [found.found[0] for found in each.found] == ["ferry", "mill"]
        assert all(set(found.found) == set(TEXTS) for found in each.found)
        assert all(found.milliseconds > 0 and found.peak_mb > 100 for found in each.found)
        assert each.indexed.index_s > 0 and each.indexed.index_processor_s > 0
        assert each.indexed.versions["sentence-transformers"]
    assert steps[0] == "plain takes in 3 articles …"
    assert steps[-1] == "question 2 of 2 …"


@pytest.mark.skipif(find_spec("txtai") is not None, reason="txtai is installed here")
def test_a_system_that_is_not_installed_is_named_with_how_to_get_it() -> None:
    with Peer("txtai", HERE) as peer, pytest.raises(PeerError) as raised:
        peer.index([], Path("model"))
    assert "No module named 'txtai'" in raised.value.message
    assert "pip install txtai" in raised.value.remedy
    assert "--python txtai=PATH" in raised.value.remedy


def test_a_python_that_cannot_be_run_is_named(tmp_path: Path) -> None:
    (tmp_path / "python").write_text("not a program")
    with pytest.raises(PeerError, match="Permission denied"):
        Peer("plain", tmp_path / "python")


def test_the_program_of_the_others_needs_nothing_of_ours() -> None:
    # Nothing but its own folder's file, in a Python without our packages on its path.
    script = f"import runpy; print(sorted(runpy.run_path({str(PROGRAM)!r})['SYSTEMS']))"
    ran = subprocess.run(
        [sys.executable, "-I", "-S", "-c", script], capture_output=True, text=True, check=True
    )
    assert ran.stdout.strip() == str(sorted(PEERS))


def test_a_python_is_chosen_for_each_system_and_ours_stays_ours(tmp_path: Path) -> None:
    other, special = tmp_path / "python", tmp_path / "special"
    other.touch()
    special.touch()
    chosen = interpreters((f"txtai={special}", str(other)))
    assert chosen == {"txtai": special, "haystack": other, "plain": other, "pullquote": HERE}
    for wrong in ("nowhere/python", "lucene=" + str(other), "txtai=nowhere"):
        with pytest.raises(InputError, match="is no file"):
            interpreters((wrong,))


def test_a_set_that_there_is_not_is_refused() -> None:
    result = CliRunner().invoke(main, ["no-such-set"])
    assert result.exit_code == 2
    assert "no-such-set" in result.stderr
