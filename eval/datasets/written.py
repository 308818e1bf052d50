"""A line of a file of questions, as somebody writes it.

``samples/questions/README.md`` explains every field. Unknown ones are refused: a misspelt field
would otherwise be an answer that counts as wrong.
"""

from collections import Counter
from collections.abc import Iterator

from msgspec import Struct

from eval.datasets.fault import Fault

EXPECTED = (
    'an object like {"id": "q1", "question": "…", "language": "en", "kind": "fact", "facets": '
    '[{"name": "…", "sentences": [{"article": "talks.md", "text": "…", "short": "…"}]}]}'
)


class WrittenSentence(Struct, frozen=True, forbid_unknown_fields=True):
    """A sentence that gives an answer, copied from an article."""

    article: str  # a key of the shelf
    text: str
    short: str = ""  # the words of it that are the answer


class WrittenFacet(Struct, frozen=True, forbid_unknown_fields=True):
    """One answer, with every sentence that gives it."""

    name: str
    sentences: list[WrittenSentence]
    also: list[str] = []


class WrittenTurn(Struct, frozen=True, forbid_unknown_fields=True):
    """An earlier question, with its answer."""

    question: str
    answer: str = ""


class WrittenQuestion(Struct, frozen=True, forbid_unknown_fields=True):
    """One question; without facets, the articles do not answer it."""

    id: str
    question: str
    facets: list[WrittenFacet]
    language: str | None = None  # detected where it is not said
    kind: str = "fact"
    group: str | None = None  # the same for one question in several words or languages
    history: list[WrittenTurn] = []
    standalone: str | None = None
    close: bool = False


def contradictions(written: WrittenQuestion) -> Iterator[Fault]:
    """Yield what is wrong with a question whatever the articles say."""
    if not written.id.strip():
        yield Fault("The id is empty.", "Give every question an id of its own.")
    if not written.question.strip():
        yield Fault("The question is empty.", "Write it down, or remove the line.")
    if written.history and not (written.standalone or "").strip():
        yield Fault(
            "It has a history, but not the question in full.",
            "Add it as standalone, in words that need no history.",
        )
    if written.standalone is not None and not written.history:
        yield Fault(
            "It has a standalone form, but no history.",
            "Add the earlier turns as history, or remove standalone.",
        )
    if written.close and written.facets:
        yield Fault(
            "It is close, and has facets.",
            "close is for a question that the articles do not answer: remove one of the two.",
        )
    for name, count in Counter(facet.name for facet in written.facets).items():
        if count > 1:
            yield Fault(
                f"Two facets are called {name!r}.", "Join them: one facet is one of the answers."
            )
    for facet in written.facets:
        if not facet.sentences:
            yield Fault(
                f"The facet {facet.name!r} has no sentence.",
                "Add the sentences that give it; a question without an answer has no facets.",
            )
