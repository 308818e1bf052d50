"""Question sets in the SQuAD layout, read as a collection to search and questions to ask of it.

Layout of Rajpurkar et al. 2016 (arXiv 1606.05250) and, for questions without an answer, Rajpurkar,
Jia & Liang 2018 (arXiv 1806.03822). Each paragraph becomes an article, so that a question is asked
of all paragraphs of a set and not of the one that was given with it.

The answers of a question are alternatives: one facet. A question may say otherwise in its field
``answer_mode``: with ``all``, every span is an answer of its own; with ``sentence``, the answers
are sentences, and a sentence is no short text. An answer of ``answer_start`` -1 was written by hand
and stands nowhere: it is left out, as is a question that has no other, and both are counted.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from eval.datasets import spoken
from eval.datasets.files import content, decoded
from eval.question import Collection, Facet, Place, Question
from index.article import Article

EXPECTED = (
    "the SQuAD layout, {'data': [{'title', 'paragraphs': [{'context', 'qas': [{'id', 'question', "
    "'answers': [{'text', 'answer_start'}]}]}]}]} in UTF-8, plain or gzipped"
)


class _Answer(msgspec.Struct, frozen=True):
    text: str
    answer_start: int
    sentence: int | None = None  # its number in the paragraph, where the answer is a sentence

    @property
    def end(self) -> int:
        return self.answer_start + len(self.text)


class _Question(msgspec.Struct):
    id: str | int
    question: str
    answers: list[_Answer] = []
    is_impossible: bool = False
    answer_mode: str = "any"


class _Paragraph(msgspec.Struct):
    context: str
    qas: list[_Question]


class _Document(msgspec.Struct):
    paragraphs: list[_Paragraph]
    title: str = ""


class _File(msgspec.Struct):
    data: list[_Document]


def read_squad(path: Path, *, language: str | None = None) -> Collection:
    """Read one file, gzipped or not; ``left_out`` counts what could not be used.

    Without a ``language``, that of each paragraph and question is detected. Raises CollectionError.
    """
    file = decoded(content(path), _File, file=str(path), expected=EXPECTED)
    name = path.name.removesuffix(".gz").removesuffix(".json")
    articles: list[Article] = []
    questions: list[Question] = []
    left_out: Counter[str] = Counter()
    for number, (document, paragraph) in enumerate(_paragraphs(file)):
        if not paragraph.context.strip():
            left_out["paragraphs without text"] += 1
            left_out["questions without an answer that can be used"] += len(paragraph.qas)
            continue
        article = Article(
            id=f"{name}:{number}",
            text=paragraph.context,
            title=document.title or None,
            language=spoken.of_article(paragraph.context, language),
        )
        articles.append(article)
        questions.extend(_questions(article, paragraph.qas, language, left_out))
    return Collection(
        name=name, articles=tuple(articles), questions=tuple(questions), left_out=dict(left_out)
    )


def _paragraphs(file: _File) -> Iterator[tuple[_Document, _Paragraph]]:
    for document in file.data:
        for paragraph in document.paragraphs:
            yield document, paragraph


def _questions(
    article: Article, asked: Sequence[_Question], language: str | None, left_out: Counter[str]
) -> Iterator[Question]:
    for question in asked:
        answers = [] if question.is_impossible else question.answers
        usable = list(_usable(article, answers, left_out))
        if answers and not usable:
            left_out["questions without an answer that can be used"] += 1
            continue
        yield Question(
            id=str(question.id),
            text=question.question,
            language=spoken.of_question(question.question, language, articles=[article.language]),
            kind="list" if question.answer_mode == "all" else "fact",
            facets=_facets(article, usable, question.answer_mode),
            written_for=article.id,
        )


def _usable(
    article: Article, answers: Sequence[_Answer], left_out: Counter[str]
) -> Iterator[_Answer]:
    """Yield the answers that stand in the article, each once."""
    for answer in dict.fromkeys(answers):
        if answer.answer_start < 0:
            left_out["answers in free text"] += 1
        elif answer.text and article.text[answer.answer_start : answer.end] == answer.text:
            yield answer
        else:
            left_out["answers that do not stand where they say"] += 1


def _facets(article: Article, answers: Sequence[_Answer], mode: str) -> tuple[Facet, ...]:
    if mode == "all":
        return tuple(_facet(article, [answer], mode) for answer in answers)
    return (_facet(article, answers, mode),) if answers else ()


def _facet(article: Article, answers: Sequence[_Answer], mode: str) -> Facet:
    shorts = [] if mode == "sentence" else [a.text for a in answers if a.sentence is None]
    return Facet(
        name=answers[0].text,
        places=tuple(
            Place(article_id=article.id, start=answer.answer_start, end=answer.end)
            for answer in answers
        ),
        shorts=tuple(dict.fromkeys(shorts)),
    )
