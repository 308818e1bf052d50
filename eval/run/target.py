"""What questions are put to: an engine of this process, or a service over HTTP."""

from collections.abc import Sequence
from typing import Protocol

from index.protocols import Filters
from qa.answer import Answer, Claim, Found, Turn, Verified


class Target(Protocol):
    """``qa.engine.Engine`` and ``eval.run.service.Service``: the same answers from both."""

    def ask(self, question: str, *, filters: Filters, history: Sequence[Turn]) -> Answer:
        """Answer one question."""

    def search(self, question: str, *, limit: int, filters: Filters) -> Found:
        """Return the ranked passages for a question, best first."""

    def verify(self, claims: Sequence[Claim]) -> list[Verified]:
        """Say of each citation what has become of it, in their order."""
