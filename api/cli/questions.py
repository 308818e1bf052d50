"""``pullquote ask`` and ``pullquote search``."""

import sys
from functools import partial

import click

from api.cli.filters import filter_options
from api.cli.options import Command, json_option, limit_option
from api.cli.session import Session, pass_session
from api.terminal.answer import show_answer
from api.terminal.found import show_found
from index.protocols import Filters, Snapshot
from qa.answer import Turn

_ASK_EXAMPLES = """\b
Examples:
  pullquote ask "which countries refuse to send troops?"
  pullquote ask "qui a signé ?" --source "Le Phare" --from 2026-01-01
  pullquote ask "and Poland?" --after "will Italy send troops?"
  pullquote ask "who won?" --json | jq .status
  echo "who won?" | pullquote ask

The exit code is 0 whatever the answer is: `status` in the JSON says answered,
weak or no_answer. The JSON is that of POST /v1/ask.
"""

_SEARCH_EXAMPLES = """\b
Examples:
  pullquote search "refus d'envoyer des soldats"
  pullquote search frigates --language fr --limit 3 --json

The JSON is that of GET /v1/search.
"""

_question = click.argument(
    "words", metavar="[QUESTION]...", nargs=-1, help="In any language; from standard input if none."
)

_after = click.option(
    "--after",
    multiple=True,
    metavar="QUESTION",
    help="An earlier question that this one follows up; several, oldest first.",
)


@click.command(cls=Command, epilog=_ASK_EXAMPLES)
@_question
@limit_option(help="Points of the answer at most.")
@_after
@filter_options
@json_option
@pass_session
def ask(
    session: Session,
    words: tuple[str, ...],
    limit: int | None,
    after: tuple[str, ...],
    filters: Filters,
    as_json: bool,
) -> None:
    """Answer a question with the articles' own sentences.

    Each quote comes with its article and its place in it, so that it can be checked.
    """
    question = _asked(words)
    with session.loaded_engine(reading=True) as engine:
        history = [Turn(question=each) for each in after]
        answer = engine.ask(question, limit=limit, filters=filters, history=history)
        if as_json:
            session.screen.json(answer)
            return
        with engine.store.snapshot() as snapshot:
            show_answer(session.screen, answer, partial(text_in, snapshot))


def text_in(snapshot: Snapshot, article_id: str) -> str | None:
    """Return the text of an article, None if there is none of this id."""
    article = snapshot.article(article_id)
    return article.text if article else None


@click.command(cls=Command, epilog=_SEARCH_EXAMPLES)
@_question
@limit_option(default=10, show_default=True, help="Passages at most.")
@filter_options
@json_option
@pass_session
def search(
    session: Session, words: tuple[str, ...], limit: int, filters: Filters, as_json: bool
) -> None:
    """Rank passages and show why: the scores behind an answer.

    `dense` is the cosine with the question, `lexical` the BM25 score of its words, and `score`
    joins both: it decides the order.
    """
    question = _asked(words)
    with session.loaded_engine() as engine:
        found = engine.search(question, limit=limit, filters=filters)
        if as_json:
            session.screen.json(found)
            return
        with engine.store.snapshot() as snapshot:
            show_found(session.screen, found, snapshot.summary)


def _asked(words: tuple[str, ...]) -> str:
    """Return the question: the words of the call or, if there are none, standard input.

    Raises click.UsageError if there is none there either.
    """
    question = " ".join(words)
    if not words and not sys.stdin.isatty():
        question = sys.stdin.read()
    if not question.strip():
        raise click.UsageError('There is no question. Write one: pullquote ask "who refuses?"')
    return question.strip()
