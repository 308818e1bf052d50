"""The gate is green while all is well, and red as soon as something is planted that is not."""

import json
import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import Result

from api.cli.failures import BAD_INPUT, PARTIAL
from index.article import Article
from index.ingest import OnProgress, ignore
from index.protocols import Embedder, Filters, Snapshot, Store, Stored
from index.store import LocalStore
from qa.answer import Answer, Citation, Turn
from qa.engine import Engine
from qa.retrieve import Candidate, Question
from qa.settings import Settings

Gate = Callable[..., Result]

FLOORS = """
[[floor]]
set = "{set}"
measure = "verbatim"
at_least = 1.0

[[floor]]
set = "{set}"
measure = "mrr@10"
at_least = 0.9

[[floor]]
set = "{set}"
measure = "recall@5"
pair = "fr-fr"
at_least = 1.0
"""


class WrongOffset(Engine):
    """Cites one character too far to the right."""

    def ask(
        self,
        question: str,
        *,
        limit: int | None = None,
        filters: Filters = Filters(),  # noqa: B008
        history: Iterable[Turn] = (),
    ) -> Answer:
        answer = super().ask(question, limit=limit, filters=filters, history=tuple(history))
        return replace(answer, citations=tuple(map(self._shift, answer.citations)))

    @staticmethod
    def _shift(citation: Citation) -> Citation:
        return replace(citation, start=citation.start + 1, end=citation.end + 1)


class WithoutFrench(Engine):
    """Forgets to index one language."""

    def add(
        self,
        articles: Iterable[Article],
        *,
        on_progress: OnProgress = ignore,
        known: Sequence[Store] = (),
    ) -> Iterator[Stored]:
        others = [article for article in articles if article.language != "fr"]
        return super().add(others, on_progress=on_progress, known=known)


class AtRandom(Engine):
    """Finds passages with its eyes shut."""

    def candidates(
        self, question: Question, snapshot: Snapshot, filters: Filters, limit: int
    ) -> list[Candidate]:
        found = super().candidates(question, snapshot, filters, limit)
        random.Random(7).shuffle(found)
        return found


@pytest.fixture
def gate(
    pullquote: Callable[..., Result], own_set: Path, tmp_path: Path, hashing_embedder: Embedder
) -> Gate:
    """Runs the gate over the user's set, with an engine of a kind."""
    floors = tmp_path / "floors.toml"
    floors.write_text(FLOORS.format(set=own_set), encoding="utf-8")

    def call(*arguments: str | Path, kind: type[Engine] = Engine) -> Result:
        def opens(settings: Settings, *, rebuilding: bool = False) -> Engine:
            store = LocalStore.open(
                settings.data,
                fingerprint=hashing_embedder.fingerprint,
                dimension=hashing_embedder.dimension,
                model=settings.model,
            )
            return kind(settings, store, hashing_embedder)

        return pullquote("eval", "gate", floors, *arguments, opens=opens)

    return call


def verdicts(result: Result) -> dict[str, bool]:
    return {each["measure"]: each["holds"] for each in json.loads(result.stdout)}


def test_the_gate_is_green_while_all_is_well(gate: Gate) -> None:
    passed = gate()
    assert passed.exit_code == 0, passed.output
    assert "All 3 floors hold." in passed.stdout
    assert verdicts(gate("--json")) == {"verbatim": True, "mrr@10": True, "recall@5": True}


@pytest.mark.parametrize(
    ("fault", "falls"),
    [(WrongOffset, "verbatim"), (WithoutFrench, "recall@5"), (AtRandom, "mrr@10")],
)
def test_a_planted_fault_turns_the_gate_red(gate: Gate, fault: type[Engine], falls: str) -> None:
    stopped = gate("--json", kind=fault)
    assert stopped.exit_code == PARTIAL, stopped.output
    assert verdicts(stopped)[falls] is False
    shown = gate(kind=fault)
    assert shown.exit_code == PARTIAL
    assert "FELL" in shown.stdout
    assert "floors do not hold" in shown.stderr


def test_a_run_that_was_made_under_the_same_conditions_is_not_made_twice(
    gate: Gate, tmp_path: Path
) -> None:
    assert gate().exit_code == 0
    (kept,) = (tmp_path / "cache" / "eval" / "runs").glob("*.jsonl")
    before = kept.read_bytes()
    assert gate().exit_code == 0
    assert kept.read_bytes() == before
    assert len(list(kept.parent.iterdir())) == 1


def test_a_given_run_is_judged(
    gate: Gate, pullquote: Callable[..., Result], own_set: Path, tmp_path: Path
) -> None:
    made = pullquote("eval", "run", own_set, "--out", "run.jsonl")
    assert made.exit_code == 0, made.output
    assert gate("run.jsonl").exit_code == 0
    assert not (tmp_path / "cache" / "eval" / "runs").exists()


def test_a_run_that_was_stopped_proves_nothing(
    gate: Gate, pullquote: Callable[..., Result], own_set: Path
) -> None:
    pullquote("eval", "run", own_set, "--out", "run.jsonl")
    lines = Path("run.jsonl").read_bytes().splitlines(keepends=True)
    Path("run.jsonl").write_bytes(b"".join(lines[:3]))
    refused = gate("run.jsonl")
    assert refused.exit_code == BAD_INPUT
    assert "is not finished: 2 of 5" in refused.stderr


def test_a_floor_that_rests_on_no_question_does_not_hold(
    gate: Gate, tmp_path: Path, own_set: Path
) -> None:
    floors = tmp_path / "floors.toml"
    lost = FLOORS.format(set=own_set).replace("fr-fr", "fr-de")
    floors.write_text(lost, encoding="utf-8")
    stopped = gate()
    assert stopped.exit_code == PARTIAL
    assert "NO QUESTION" in stopped.stdout


def test_a_set_that_is_not_there_is_told(gate: Gate, tmp_path: Path) -> None:
    (tmp_path / "floors.toml").write_text(FLOORS.format(set="nowhere.dev"), encoding="utf-8")
    refused = gate()
    assert refused.exit_code == BAD_INPUT
    assert "nowhere.dev" in refused.stderr
    assert "Traceback" not in refused.output
