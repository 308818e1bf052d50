"""From a question to its record, whatever the question is put to."""

import time
from collections.abc import Mapping
from dataclasses import replace

from eval.question import Collection, Question
from eval.record import Record
from eval.run.errors import AskedError
from eval.run.target import Target
from index.errors import InputError
from qa.answer import Answer, Claim, Verdict

CANDIDATES = 20  # ranked passages kept a question


def asked(target: Target, question: Question, languages: Mapping[str, str]) -> Record:
    """Ask one question and look up the rest of its record.

    ``languages`` has the language of every article of the collection. Raises AskedError for a
    question that nobody can be asked.
    """
    try:
        began = time.perf_counter()
        answer = target.ask(question.text, filters=question.scope, history=question.history)
        wall_ms = (time.perf_counter() - began) * 1000
        searched = answer.understood_as or question.text  # a search knows no history
        found = target.search(searched, limit=CANDIDATES, filters=question.scope)
    except InputError as error:
        raise AskedError(
            f"The question {question.id!r} of the set cannot be asked: {error.message}",
            remedy=f"{error.remedy} Mend it in the set, or take it out.",
        ) from error
    return Record(
        question=question,
        answer=answer,
        candidates=found.passages,
        verdicts=verdicts(target, answer),
        languages=answering_languages(question, languages),
        wall_ms=round(wall_ms, 3),
    )


def verdicts(target: Target, answer: Answer) -> tuple[Verdict, ...]:
    """Return what verifying says of each citation, in their order."""
    claims = [
        Claim(
            article_id=each.article_id,
            sha256=each.sha256,
            start=each.start,
            end=each.end,
            text=each.text,
        )
        for each in answer.citations
    ]
    return tuple(each.verdict for each in target.verify(claims)) if claims else ()


def answering_languages(question: Question, languages: Mapping[str, str]) -> tuple[str, ...]:
    """Return the languages of the articles that answer, in the order of the gold."""
    answering = [languages[each] for each in question.grades if each in languages]
    return tuple(dict.fromkeys(answering))


def spread(collection: Collection, limit: int | None) -> Collection:
    """Return the collection with ``limit`` of its questions at most, evenly spread over it."""
    count = len(collection.questions)
    if limit is None or limit >= count:
        return collection
    kept = tuple(collection.questions[place * count // limit] for place in range(limit))
    return replace(collection, questions=kept)
