"""Question-answering sets in the SQuAD layout, read as a collection to search and questions to ask.

Layout of Rajpurkar et al. 2016 (arXiv 1606.05250) and, for questions without an answer, Rajpurkar,
Jia & Liang 2018 (arXiv 1806.03822). Each paragraph becomes an article, so that a question is asked
of all paragraphs of a set and not of the one that was given with it.
"""

import gzip
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import msgspec

from index.article import UNDETERMINED, Article, Span


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldQuestion:
    """A question with the places that answer it, all in one paragraph; none if unanswerable."""

    id: str
    text: str
    article_id: str
    answers: tuple[Span, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Collection:
    """Paragraphs as articles, and the questions over them."""

    name: str
    language: str
    articles: tuple[Article, ...]
    questions: tuple[GoldQuestion, ...]


class _Answer(msgspec.Struct):
    text: str
    answer_start: int


class _Question(msgspec.Struct):
    id: str
    question: str
    answers: list[_Answer] = []
    is_impossible: bool = False


class _Paragraph(msgspec.Struct):
    context: str
    qas: list[_Question]


class _Document(msgspec.Struct):
    paragraphs: list[_Paragraph]
    title: str = ""


class _File(msgspec.Struct):
    data: list[_Document]


def read_squad(path: Path, *, language: str = UNDETERMINED) -> Collection:
    """Read one file, gzipped or not. Raises msgspec.DecodeError if it is of another layout."""
    name = path.name.removesuffix(".gz").removesuffix(".json")
    data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    articles: dict[str, Article] = {}
    questions: list[GoldQuestion] = []
    for number, (document, paragraph) in enumerate(
        _paragraphs(msgspec.json.decode(data, type=_File))
    ):
        article = Article(
            id=f"{name}:{number}",
            text=paragraph.context,
            title=document.title or None,
            language=language,
        )
        articles[article.id] = article
        questions.extend(_gold(article, question) for question in paragraph.qas)
    return Collection(
        name=name,
        language=language,
        articles=tuple(articles.values()),
        questions=tuple(questions),
    )


def _paragraphs(file: _File) -> Iterator[tuple[_Document, _Paragraph]]:
    for document in file.data:
        for paragraph in document.paragraphs:
            yield document, paragraph


def _gold(article: Article, question: _Question) -> GoldQuestion:
    spans = {
        Span(answer.answer_start, answer.answer_start + len(answer.text))
        for answer in question.answers
        if answer.answer_start >= 0 and answer.text
    }
    return GoldQuestion(
        id=question.id,
        text=question.question,
        article_id=article.id,
        answers=() if question.is_impossible else tuple(sorted(spans)),
    )
