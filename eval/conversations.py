"""Ways to take a follow-up, and conversations to take them in.

``understood`` is what Pullquote does. The others are what it is compared with: to ignore the
history, to put the last question before the new one, or its words behind it, whether it is a
follow-up or not; and to ask in full, as the people who wrote the questions did.
"""

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from eval.question import Collection, Question
from qa.answer import Turn
from qa.completion import names_in, with_topic
from qa.conversation import understood
from qa.wording import Wording

Way = Callable[[Question, Sequence[Turn]], str]  # the text that is asked


def bare(question: Question, _: Sequence[Turn]) -> str:
    """Return the question as it stands."""
    return question.text


def last_before(question: Question, history: Sequence[Turn]) -> str:
    """Return the last question and this one."""
    return f"{history[-1].question} {question.text}"


def words_behind(question: Question, history: Sequence[Turn]) -> str:
    """Return the question and the content words of the last that it does not have."""
    asked, prior = Wording.of(question.text), Wording.of(history[-1].question)
    known = {word.folded for word in asked.words}
    words = [prior.words[number] for number in prior.content]
    return " ".join([question.text, *(word.text for word in words if word.folded not in known)])


def topic_behind(question: Question, history: Sequence[Turn]) -> str:
    """Return the question and the last one from its first content word on."""
    prior = Wording.of(history[-1].question)
    return with_topic(Wording.of(question.text), prior, answer="")


def as_understood(question: Question, history: Sequence[Turn]) -> str:
    """Return what Pullquote makes of it."""
    return understood(question.text, history) or question.text


def with_names(question: Question, history: Sequence[Turn]) -> str:
    """Return what Pullquote makes of it and, if that is a follow-up, all names of the answer."""
    text = as_understood(question, history)
    names = names_in(history[-1].answer, besides=text) if text != question.text else ()
    return f"{text} ({', '.join(names)})" if names else text


def full(question: Question, _: Sequence[Turn]) -> str:
    """Return the question as its writer put it in full."""
    return question.in_full


WAYS: Mapping[str, Way] = {
    "bare": bare,
    "last question before": last_before,
    "its words behind": words_behind,
    "its topic behind": topic_behind,
    "understood": as_understood,
    "and the answer's names": with_names,
    "full": full,
}


def turn_of(question: Question, collection: Collection) -> Turn:
    """Return a question with its first right sentence for an answer, as an answer quotes it."""
    texts = {article.id: article.text for article in collection.articles}
    quotes = [texts[p.article_id][p.start : p.end] for p in question.places[:1]]
    return Turn(question=question.text, answer=" ".join(f"« {quote} » [1]" for quote in quotes))


def after_another(collection: Collection, *, near: bool, seed: int) -> list[Question]:
    """Return the questions that are no follow-ups, each with another one as its history.

    Any other, or with ``near`` one that the same article answers; questions without such another
    are left out.
    """
    chance = random.Random(seed)  # noqa: S311 - repeatable, not secret
    alone = [question for question in collection.questions if not question.history]
    drawn = []
    for question in alone:
        others = [other for other in alone if _may_precede(other, question, near=near)]
        if others:
            drawn.append((question, chance.choice(others)))
    return [_with_history(question, turn_of(other, collection)) for question, other in drawn]


def _may_precede(other: Question, question: Question, *, near: bool) -> bool:
    if other.id == question.id:
        return False
    return not near or bool(set(other.grades) & set(question.grades))


def _with_history(question: Question, turn: Turn) -> Question:
    return replace(question, history=(turn,))
