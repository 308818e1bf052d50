"""All systems index one after the other; then each question goes to all of them in turn.

So a busy machine slows all of them alike.
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from eval.bench.peers.replies import Found, Indexed
from eval.bench.peers.running import Peer
from eval.question import Question
from index.article import Article

WARMING = 5  # questions that do not count: caches, and what is loaded late


@dataclass(slots=True, kw_only=True)
class Outcome:
    """What one system did."""

    indexed: Indexed
    found: list[Found] = field(default_factory=list)  # by question


def compare(
    pythons: Mapping[str, Path],
    articles: Sequence[Article],
    questions: Sequence[Question],
    *,
    model: Path,
    threads: int,
    on_step: Callable[[str], None],
) -> dict[str, Outcome]:
    """Return what each system did, by its name. Raises PeerError."""
    with ExitStack() as running:
        peers: list[Peer] = []
        outcomes: dict[str, Outcome] = {}
        for name, python in pythons.items():
            on_step(f"{name} takes in {len(articles):,} articles …")
            peers.append(running.enter_context(Peer(name, python, threads=threads)))
            outcomes[name] = Outcome(indexed=peers[-1].index(articles, model))
        for question in questions[:WARMING]:
            for peer in peers:
                peer.search(question.text)
        for number, question in enumerate(questions):
            on_step(f"question {number + 1:,} of {len(questions):,} …")
            first = number % len(peers)  # each comes first as often as the others
            for peer in (*peers[first:], *peers[:first]):
                outcomes[peer.name].found.append(peer.search(question.text))
        return outcomes
