"""Our own short texts to learn from: invented, each with questions in five of eight languages.

Public question sets seldom ask who refuses while others agree, and a reader that has learnt from
them takes whoever stands next to the words of the question: the texts of ``positions.jsonl`` have
several actors who take different positions on one matter. Nor do they tell a story as news do, that
name the event in the first sentence and give the details further on without naming it again: those
of ``news.jsonl`` do, and are asked for details, some of which they do not give. Those of
``reference.jsonl`` are sections of an encyclopedia, most in French, since no public set asks of
French texts in other languages; their answers are phrases and clauses more often than names.

All were written for this project, like the samples.
"""

from collections.abc import Iterator
from pathlib import Path

import msgspec

from eval.datasets.errors import CollectionError
from eval.datasets.files import rows
from eval.question import Collection, Facet, Place, Question
from index.article import Article

EXPECTED = (
    '{"language": "fr", "title": "…", "text": "…", "asked": [{"questions": {"fr": "…", …}, '
    '"answers": [{"sentence": "…", "short": "…"}]}]}'
)


class Answer(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The answering words, and the sentence that they stand in."""

    sentence: str
    short: str


class Asked(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One question, in several languages; there may be no answer."""

    questions: dict[str, str]
    answers: tuple[Answer, ...]


class Text(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A text and what is asked of it."""

    language: str
    title: str
    text: str
    asked: tuple[Asked, ...]


def own_texts(name: str, folder: Path = Path(__file__).parent) -> list[Collection]:
    """Return the texts of ``NAME.jsonl``, a collection for each language of the questions.

    Each has all the texts, so that they have the same numbers in all. Raises CollectionError where
    a text does not hold an answer.
    """
    file = folder / f"{name}.jsonl"
    texts = list(rows(file, Text, expected=EXPECTED))
    articles = tuple(
        Article(id=f"{name}{number}", text=each.text, title=each.title, language=each.language)
        for number, each in enumerate(texts)
    )
    languages = dict.fromkeys(
        language for text in texts for asked in text.asked for language in asked.questions
    )
    return [
        Collection(
            name=f"{name}:{language}",
            articles=articles,
            questions=tuple(_questions(language, articles, texts, file)),
        )
        for language in languages
    ]


def _questions(
    language: str, articles: tuple[Article, ...], texts: list[Text], file: Path
) -> Iterator[Question]:
    for article, text in zip(articles, texts, strict=True):
        for number, asked in enumerate(text.asked):
            if language in asked.questions:
                yield Question(
                    id=f"{article.id}.{number}",
                    text=asked.questions[language],
                    language=language,
                    kind="list" if len(asked.answers) > 1 else "fact",
                    facets=tuple(_facet(article, answer, file) for answer in asked.answers),
                    close=not asked.answers,
                    written_for=article.id,
                )


def _facet(article: Article, answer: Answer, file: Path) -> Facet:
    start = article.text.find(answer.sentence)
    if start < 0 or answer.short not in answer.sentence:
        raise CollectionError(
            f"{answer.short!r} does not stand in {answer.sentence!r}, or that not in the text.",
            remedy=f"Mend {file.name}.",
        )
    place = Place(article_id=article.id, start=start, end=start + len(answer.sentence))
    return Facet(name=answer.short, places=(place,), shorts=(answer.short,))
