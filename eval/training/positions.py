"""Our own short texts in which several actors take different positions on one matter.

Public question sets seldom ask who refuses while others agree, and a reader that has learnt from
them takes whoever stands next to the words of the question. ``positions.jsonl`` was written for
this project, like the samples: invented news, each position asked for in five languages, and some
that nobody takes.
"""

from collections.abc import Iterator
from pathlib import Path

import msgspec

from eval.datasets.errors import CollectionError
from eval.datasets.files import rows
from eval.question import Collection, Facet, Place, Question
from index.article import Article

FILE = Path(__file__).with_name("positions.jsonl")
LANGUAGES = ("fr", "en", "de", "es", "it")
EXPECTED = (
    '{"language": "fr", "title": "…", "text": "…", "asked": [{"questions": {"fr": "…", …}, '
    '"answers": [{"sentence": "…", "short": "…"}]}]}'
)


class Answer(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An actor, and the sentence that says so."""

    sentence: str
    short: str


class Position(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One position, asked for in each language; nobody may take it."""

    questions: dict[str, str]
    answers: tuple[Answer, ...]


class Text(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A text and the positions in it."""

    language: str
    title: str
    text: str
    asked: tuple[Position, ...]


def positions(file: Path = FILE) -> list[Collection]:
    """Return the texts with their questions, a collection for each language of the questions.

    Raises CollectionError where a text does not hold an answer.
    """
    texts = list(rows(file, Text, expected=EXPECTED))
    articles = tuple(
        Article(id=f"p{number}", text=each.text, title=each.title, language=each.language)
        for number, each in enumerate(texts)
    )
    return [
        Collection(
            name=f"positions:{language}",
            articles=articles,
            questions=tuple(_questions(language, articles, texts)),
        )
        for language in LANGUAGES
    ]


def _questions(
    language: str, articles: tuple[Article, ...], texts: list[Text]
) -> Iterator[Question]:
    for article, text in zip(articles, texts, strict=True):
        for number, position in enumerate(text.asked):
            yield Question(
                id=f"{article.id}.{number}",
                text=position.questions[language],
                language=language,
                kind="list",
                facets=tuple(_facet(article, answer) for answer in position.answers),
                close=not position.answers,
                written_for=article.id,
            )


def _facet(article: Article, answer: Answer) -> Facet:
    start = article.text.find(answer.sentence)
    if start < 0 or answer.short not in answer.sentence:
        raise CollectionError(
            f"{answer.short!r} does not stand in {answer.sentence!r}, or that not in the text.",
            remedy=f"Mend {FILE.name}.",
        )
    place = Place(article_id=article.id, start=start, end=start + len(answer.sentence))
    return Facet(name=answer.short, places=(place,), shorts=(answer.short,))
