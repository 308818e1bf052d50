"""The three tools: what a language model is told of each, and what each does."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from api.mcp.arguments import ArticleArguments, AskArguments, SearchArguments
from api.mcp.results import (
    Excerpt,
    Hit,
    Hits,
    answer_in_words,
    excerpt_in_words,
    hits_in_words,
)
from index.errors import UnknownArticleError
from index.protocols import Summary
from qa.answer import Answer, FoundPassage
from qa.engine import Engine

INSTRUCTIONS = """\
Pullquote answers questions over a collection of news articles with the articles' own sentences.

- Use `ask` first for any question of fact that the articles may answer: who, what, when, where, \
how many, which, why.
- Quotes are verbatim. Give them as they are, in quotation marks and in their own language (add a \
translation if that helps), each with its outlet, date, title and link. Never present a paraphrase \
as a quote.
- `no_answer` means that nothing in these articles answers the question. Say so; do not fill the \
gap from memory, or mark clearly what does not come from the articles.
- `weak` means that something here may answer: say that it is uncertain.
- The articles report; they may be wrong or disagree. Say who says what."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tool:
    """A tool: its arguments become a result, which is also put in words."""

    name: str
    title: str
    description: str
    arguments: type
    result: type
    call: Callable[[Engine, Any], Any]
    in_words: Callable[[Any], str]
    asks: bool = True  # a question that takes computing, not only reading


class NotGivenError(UnknownArticleError):
    """An id that no tool has given; what to do is said for a model, which has only the tools."""

    def __init__(self, article_id: str) -> None:
        super().__init__(article_id)
        self.remedy = "Take the `article_id` of a citation of `ask` or of a passage of `search`."


def ask(engine: Engine, given: AskArguments) -> Answer:
    """Answer a question."""
    return engine.ask(given.question, limit=given.limit, filters=given.filters())


def search(engine: Engine, given: SearchArguments) -> Hits:
    """Find passages."""
    found = engine.search(given.query, limit=given.limit, filters=given.filters())
    with engine.store.snapshot() as snapshot:
        about = [(each, snapshot.summary(each.article_id)) for each in found.passages]
    hits = (hit(passage, summary) for passage, summary in about if summary)  # not removed since
    return Hits(passages=tuple(hits), generation=found.generation)


def hit(passage: FoundPassage, summary: Summary) -> Hit:
    """Return a passage with what is known of its article."""
    return Hit(
        article_id=passage.article_id,
        title=summary.title,
        source=summary.source,
        url=summary.url,
        published=summary.published,
        start=passage.start,
        end=passage.end,
        text=passage.text,
        score=passage.score,
    )


def get_article(engine: Engine, given: ArticleArguments) -> Excerpt:
    """Read an article. Raises NotGivenError."""
    with engine.store.snapshot() as snapshot:
        article = snapshot.article(given.article_id)
    if article is None:
        raise NotGivenError(given.article_id)
    start = min(given.start, len(article.text))
    end = min(start + given.characters, len(article.text))
    return Excerpt(
        article_id=article.id,
        title=article.title,
        source=article.source,
        url=article.url,
        published=article.published,
        language=article.language,
        sha256=article.sha256,
        characters=len(article.text),
        start=start,
        end=end,
        text=article.text[start:end],
    )


TOOLS = (
    Tool(
        name="ask",
        title="Ask the articles",
        description="""\
Answer a question from the news articles of this collection, with their own sentences.

Use it first, for every question of fact that the articles may answer; ask one thing at a time. \
The articles may be in several languages and the question in any other one: neither translate it \
nor set `language` for that. It knows nothing of your conversation: say in the question who and \
what is meant. Leave the filters out unless the user wants only some outlets, languages or dates.

`status` is `answered`, `weak` (something here may answer; say that it is uncertain) or \
`no_answer` (nothing in these articles answers it; say so and do not make up an answer). Each of \
`points` is a distinct answer with its quotes; `short`, where there is one, is the answering \
phrase; `independent_sources` counts copies of one dispatch once; `citation` of a quote is the \
`number` of one of the `citations`. A quote is verbatim: repeat it unchanged, in quotation marks, \
and cite outlet, date, title and `link` of its citation, those that are not null. \
`confidence` is the probability that the first quote answers. `nearest`, with `weak` and \
`no_answer`, holds passages that come close but do not answer: never present them as an answer.""",
        arguments=AskArguments,
        result=Answer,
        call=ask,
        in_words=answer_in_words,
    ),
    Tool(
        name="search",
        title="Search the articles",
        description="""\
Find the passages of the articles that are closest to some words or a question, best first.

Use it to explore what the collection says about a subject, to gather background or several \
views, or after `ask` gave `no_answer` or `weak`. The passages are verbatim but were not judged: \
some are always nearest, and that one is found does not mean that it answers anything. Read it \
before you rely on it. `score` only orders the passages of this one search. Leave the filters out \
unless the user wants only some outlets, languages or dates. Any sentence that you take over must \
be quoted unchanged and cited by outlet, date, title and URL.""",
        arguments=SearchArguments,
        result=Hits,
        call=search,
        in_words=hits_in_words,
    ),
    Tool(
        name="get_article",
        title="Read an article",
        description="""\
Read an article of the collection, by the `article_id` that `ask` or `search` gave: an id cannot \
be guessed.

Use it to check a quote in its context, to see what comes before and after it, or to summarise \
one article. The text is verbatim. A long article comes in parts: `characters` says how long it \
is, and `start` where to go on. To see the surroundings of a citation, begin some hundred \
characters before its `start`.""",
        arguments=ArticleArguments,
        result=Excerpt,
        call=get_article,
        in_words=excerpt_in_words,
        asks=False,
    ),
)
