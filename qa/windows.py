"""Which parts of the candidate passages the trained reader reads, the most promising first.

It was trained on texts of about 190 tokens and takes time by the token, so a long passage is cut
into parts of whole sentences, and a part is worth reading for its best sentence.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from index.article import Span
from index.protocols import PassageRecord
from qa.read import Scored

LONGEST = 900  # characters of a window, unless one sentence is longer


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """Neighbouring sentences of one passage."""

    record: PassageRecord
    sentences: tuple[Span, ...]  # in characters of the article

    @property
    def start(self) -> int:
        """The first character, in the article."""
        return self.sentences[0].start

    @property
    def text(self) -> str:
        """The characters from the first sentence to the last."""
        return self.record.article.text[self.start : self.sentences[-1].end]

    @property
    def within(self) -> tuple[Span, ...]:
        """The sentences, in characters of ``text``."""
        return tuple(Span(s.start - self.start, s.end - self.start) for s in self.sentences)


def windows(scored: Sequence[Scored]) -> list[Window]:
    """Cut the passages of the scored sentences, which are given the strongest first.

    The windows come in the order of their best sentences; one without a scored sentence (all of its
    sentences stand in another passage too) is left out.
    """
    found: dict[tuple[int, Span], Window] = {}
    cuts: dict[int, list[tuple[Span, ...]]] = {}
    for one in scored:
        passage_id = one.record.passage_id
        if passage_id not in cuts:
            cuts[passage_id] = divided(one.record.passage.sentences)
        for sentences in cuts[passage_id]:
            if one.sentence in sentences:
                key = (passage_id, sentences[0])
                found.setdefault(key, Window(record=one.record, sentences=sentences))
    return list(found.values())


def divided(sentences: Sequence[Span]) -> list[tuple[Span, ...]]:
    """Return the sentences in runs of like length, each within ``LONGEST`` if its sentences are."""
    length = sentences[-1].end - sentences[0].start
    aim = length / -(-length // LONGEST)
    runs: list[list[Span]] = [[]]
    for sentence in sentences:
        run = runs[-1]
        if run:
            longer = sentence.end - run[0].start
            past = longer - aim > aim - (run[-1].end - run[0].start)
            if longer > LONGEST or past:
                run = []
                runs.append(run)
        run.append(sentence)
    return [tuple(run) for run in runs]
