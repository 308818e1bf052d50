"""Sets made of other sets: across languages, and without what answers."""

from collections.abc import Iterator
from dataclasses import replace

from eval.datasets.errors import CollectionError
from eval.question import Collection, Question

WITHOUT_ANSWER = ":unanswerable"  # ends the id of a question that lost its answer


def cross(asked: Collection, over: Collection) -> Collection:
    """Return the questions of ``asked`` over the articles of ``over``.

    Both are one set in two languages: the n-th question of one is the n-th of the other. A question
    keeps its words and its language, and is answered where its translation is. Raises
    CollectionError if the questions do not correspond.
    """
    if [q.id for q in asked.questions] != [q.id for q in over.questions]:
        raise CollectionError(
            f"The questions of {asked.name} and {over.name} do not correspond.",
            remedy="Both files must hold the same questions in the same order, with the same ids.",
        )
    pairs = zip(asked.questions, over.questions, strict=True)
    return replace(
        over,
        name=f"{asked.name}-{over.name}",
        questions=tuple(
            replace(question, facets=there.facets, relevant=there.relevant, scope=there.scope)
            for question, there in pairs
        ),
    )


def without_answers(collection: Collection) -> Collection:
    """Return each question that has an answer, asked of all articles but those that answer it.

    They are unanswerable then, and close: the articles around the answer are still there. A
    question that every article answers has nothing left to be asked of, and is left out.
    """
    return replace(collection, questions=tuple(_twins(collection)))


def with_twins(collection: Collection) -> Collection:
    """Return a collection with its questions and, after them, each again without its answer."""
    twins = without_answers(collection).questions
    return replace(collection, questions=(*collection.questions, *twins))


def _twins(collection: Collection) -> Iterator[Question]:
    everything = tuple(article.id for article in collection.articles)
    for question in collection.questions:
        scope = question.scope.article_ids or everything
        left = tuple(article_id for article_id in scope if article_id not in question.grades)
        # An empty tuple would not restrict, and the answer would be there again.
        if question.answerable and left:
            yield replace(
                question,
                id=question.id + WITHOUT_ANSWER,
                facets=(),
                relevant={},
                close=True,
                scope=replace(question.scope, article_ids=left),
            )
