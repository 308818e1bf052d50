"""What a run writes down: one header, then one record a question, each a line of JSON.

A record holds the answer as the contract has it, so that a run over HTTP and one in the same
process leave the same records.
"""

from dataclasses import dataclass

from eval.question import Question
from qa.answer import Answer, FoundPassage, Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """What a run was made with: two runs with equal headers should agree."""

    format: int
    collection: str  # the name it was asked for by: "piaf.dev", "xquad.en-de.dev", a path
    fingerprint: str  # sha256 of the articles and questions
    questions: int
    articles: int
    engine: str  # "local", or the address of a service
    settings: dict[str, object]  # empty over HTTP, where only the service knows them
    model: str  # fingerprint of the embedder; "" over HTTP
    generation: int
    versions: dict[str, str]  # of Python, of the packages that decide an answer, of the weights
    machine: dict[str, str]  # processor, cores, memory, system
    started: str  # ISO 8601, UTC


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One question, what was answered, and what had been found for it."""

    question: Question
    answer: Answer
    candidates: tuple[FoundPassage, ...]  # the ranked passages, best first, 20 at most
    verdicts: tuple[Verdict, ...]  # what verifying said of each citation, in their order
    languages: tuple[str, ...]  # of the articles that answer, without doubles
    wall_ms: float  # of the call, as the caller saw it
