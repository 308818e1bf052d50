"""Questions of one's own, over articles of one's own: files of JSON Lines next to a folder.

The articles are whatever ``pullquote add`` reads; a line of questions is a ``WrittenQuestion``.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from eval.datasets import spoken
from eval.datasets.errors import CollectionError
from eval.datasets.fault import Fault
from eval.datasets.files import content, decoded
from eval.datasets.quotation import place_of
from eval.datasets.shelf import Shelf, read_shelf
from eval.datasets.written import (
    EXPECTED,
    WrittenFacet,
    WrittenQuestion,
    WrittenSentence,
    contradictions,
)
from eval.question import Collection, Facet, Place, Question
from qa.answer import Turn

UNREAD = "files, or rows of one, that could not be read"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a file, from 1."""

    file: Path
    number: int

    def __str__(self) -> str:
        return f"{self.file}:{self.number}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question without a fault, and where it is written."""

    line: Line
    written: WrittenQuestion
    question: Question


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """What is wrong in a line."""

    line: Line
    fault: Fault


def read_own(articles: Path, questions: Path) -> Collection:
    """Read a folder of articles, and a file of questions or a folder of such files.

    Raises CollectionError for the first mistake in them; what of the articles cannot be read is
    counted in ``left_out``, unless a question names it.
    """
    shelf = read_shelf(articles)
    read = list(examine(questions, shelf))
    problems = [each for each in read if isinstance(each, Problem)]
    if problems:
        first, others = problems[0], len(problems) - 1
        more = f" ({others} more like it)" if others else ""
        raise CollectionError(
            f"{first.line}: {first.fault.message}",
            remedy=f"{first.fault.remedy}{more} To see all that is wrong: python -m "
            f"eval.datasets.check {articles} {questions}",
        )
    return Collection(
        name=questions.name.removesuffix(".gz").removesuffix(".jsonl"),
        articles=shelf.articles,
        questions=tuple(each.question for each in read if isinstance(each, Asked)),
        left_out={UNREAD: len(shelf.unread)} if shelf.unread else {},
    )


def examine(questions: Path, shelf: Shelf) -> Iterator[Asked | Problem]:
    """Yield every question, or everything that is wrong with it, in the order of the lines."""
    first_lines: dict[str, Line] = {}
    for line, text in _lines(questions):
        try:
            written = decoded(text, WrittenQuestion, file="It", expected=EXPECTED)
        except CollectionError as error:
            yield Problem(line=line, fault=Fault(error.message, error.remedy))
            continue
        first = first_lines.setdefault(written.id, line)
        faults = [*contradictions(written), *_misquotations(written, shelf)]
        if first != line:
            faults.append(
                Fault(
                    f"The id {written.id!r} is that of {first} already.",
                    "Give every question an id of its own.",
                )
            )
        if faults:
            yield from (Problem(line=line, fault=fault) for fault in faults)
        else:
            yield Asked(line=line, written=written, question=_question(written, shelf))


def _lines(questions: Path) -> Iterator[tuple[Line, bytes]]:
    files = sorted(questions.glob("*.jsonl")) if questions.is_dir() else [questions]
    if not files:
        raise CollectionError(
            f"There are no files of questions in {questions}.",
            remedy="Their names end in .jsonl.",
        )
    for file in files:
        for number, text in enumerate(content(file).split(b"\n"), start=1):
            if text.strip():
                yield Line(file, number), text


def _misquotations(written: WrittenQuestion, shelf: Shelf) -> Iterator[Fault]:
    for facet in written.facets:
        seen: set[Place] = set()
        for sentence in facet.sentences:
            place = _place(sentence, shelf)
            if isinstance(place, Fault):
                yield place
            elif sentence.short not in sentence.text:
                yield Fault(
                    f"The short answer {sentence.short!r} is not in {sentence.text!r}.",
                    "Copy it from the sentence; what else is right goes into also.",
                )
            elif place in seen:
                yield Fault(f"{sentence.text!r} is marked twice for {facet.name!r}.", "Remove one.")
            else:
                seen.add(place)


def _place(sentence: WrittenSentence, shelf: Shelf) -> Place | Fault:
    article = shelf.find(sentence.article)
    if isinstance(article, Fault):
        return article
    span = place_of(sentence.text, article)
    if isinstance(span, Fault):
        return Fault(f"{sentence.article}: {span.message}", span.remedy)
    return Place(article_id=article.id, start=span.start, end=span.end)


def _question(written: WrittenQuestion, shelf: Shelf) -> Question:
    languages = {article.language for article in shelf.articles}
    return Question(
        id=written.id,
        text=written.question,
        language=spoken.of_question(written.question, written.language, articles=languages),
        kind=written.kind,
        facets=tuple(_facet(facet, shelf) for facet in written.facets),
        history=tuple(Turn(question=t.question, answer=t.answer) for t in written.history),
        standalone=written.standalone,
        close=written.close,
    )


def _facet(written: WrittenFacet, shelf: Shelf) -> Facet:
    places = (_place(sentence, shelf) for sentence in written.sentences)
    shorts = [*(sentence.short for sentence in written.sentences), *written.also]
    return Facet(
        name=written.name,
        places=tuple(place for place in places if isinstance(place, Place)),
        shorts=tuple(dict.fromkeys(filter(None, shorts))),
    )
