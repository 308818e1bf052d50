"""Follow-up questions: what they leave out is taken over from the questions before them.

No language model writes anything here either. A follow-up is told by its words (``qa.follow_up``)
and completed with those of the conversation (``qa.completion``): "when?" after "Where did they
meet?" is understood as "When did they meet?".
"""

from collections.abc import Sequence
from itertools import islice

from qa.answer import LONGEST_QUESTION, Turn
from qa.completion import completed
from qa.follow_up import Lack, lack_of
from qa.wording import Wording

MOST_TURNS = 6  # the latest ones; what was said before them is no longer meant


def understood(question: str, history: Sequence[Turn]) -> str | None:
    """Return a follow-up in full, None for a question that stands on its own.

    ``history`` is oldest first; its questions may be follow-ups themselves. The result is at most
    ``LONGEST_QUESTION`` characters long.
    """
    return in_full(question, latest(history))


def latest(history: Sequence[Turn]) -> list[Turn]:
    """Return the turns that can be looked back at: the last few whose question says something."""
    turns = (
        Turn(question=characters(turn.question), answer=characters(turn.answer))
        for turn in reversed(history)
        if len(turn.question) <= LONGEST_QUESTION
    )
    telling = (turn for turn in turns if any(map(str.isalnum, turn.question)))
    return list(islice(telling, MOST_TURNS))[::-1]


def in_full(question: str, before: Sequence[Turn]) -> str | None:
    """Return a question with what it lacks of the turns before, None where it lacks nothing."""
    if not before:
        return None
    *earlier, last = before
    asked = Wording.of(question, otherwise=Wording.of(last.question).language)
    if lack_of(asked) is Lack.NOTHING:
        return None
    prior = Wording.of(in_full(last.question, earlier) or last.question)
    text = completed(asked, prior, last.answer)
    return text if text != question and len(text) <= LONGEST_QUESTION else None


def characters(text: str) -> str:
    """Return the text without unpaired surrogates, which are none and which no model takes."""
    return text.encode("utf-8", "ignore").decode("utf-8")
