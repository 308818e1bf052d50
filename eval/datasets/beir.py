"""Retrieval collections in the layout of BEIR (Thakur et al. 2021, arXiv 2104.08663).

A folder holds ``corpus.jsonl``, ``queries.jsonl`` and judgements: one file ``qrels.tsv``, or a file
a part in the folder ``qrels``, of which BEIR measures on ``qrels/test.tsv``. The first line of
judgements is a header. They say which documents are relevant, not where in them the answer stands:
the questions have grades and no facets.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec

from eval.datasets import spoken
from eval.datasets.errors import CollectionError
from eval.datasets.files import content, rows
from eval.question import Collection, Question
from index.article import Article

DOCUMENTS = "a row {'_id', 'title', 'text'} for each document"
QUERIES = "a row {'_id', 'text'} for each query"
JUDGEMENTS = "a header, then query, document and grade in each row, with tabs between"
DEFAULT_PART = "test"

Grades = Mapping[str, Mapping[str, int]]  # by query, by document


class _Document(msgspec.Struct):
    id: str | int = msgspec.field(name="_id")
    text: str
    title: str | None = None


class _Query(msgspec.Struct):
    id: str | int = msgspec.field(name="_id")
    text: str


def read_beir(folder: Path, *, language: str | None = None, part: str = DEFAULT_PART) -> Collection:
    """Read a folder; ``part`` chooses among the judgements, where they are in parts.

    Queries that nobody judged are left out, as BEIR does, and counted. Without a ``language``, that
    of each document and query is detected. Raises CollectionError.
    """
    left_out: Counter[str] = Counter()
    articles = tuple(_articles(folder / "corpus.jsonl", language, left_out))
    spoken_in = {article.language for article in articles}
    grades = _grades(judgements(folder, part), {article.id for article in articles}, left_out)
    questions = []
    for query in rows(folder / "queries.jsonl", _Query, expected=QUERIES):
        if not grades.get(str(query.id)):
            left_out["queries without a relevant document"] += 1
            continue
        questions.append(
            Question(
                id=str(query.id),
                text=query.text,
                language=spoken.of_question(query.text, language, articles=spoken_in),
                relevant=grades[str(query.id)],
            )
        )
    return Collection(
        name=folder.name, articles=articles, questions=tuple(questions), left_out=dict(left_out)
    )


def judgements(folder: Path, part: str) -> Path:
    """Return the file of judgements of a folder, of one part where they are in parts."""
    whole = folder / "qrels.tsv"
    return whole if whole.exists() else folder / "qrels" / f"{part}.tsv"


def _articles(path: Path, language: str | None, left_out: Counter[str]) -> Iterator[Article]:
    for document in rows(path, _Document, expected=DOCUMENTS):
        text = document.text if document.text.strip() else (document.title or "")
        if not text.strip():
            left_out["documents without text"] += 1
            continue
        yield Article(
            id=str(document.id),
            text=text,
            title=document.title or None,
            language=spoken.of_article(text, language),
        )


def _grades(path: Path, documents: set[str], left_out: Counter[str]) -> Grades:
    """Return the grades above 0; 0 says that a document is not relevant, as silence does."""
    grades: dict[str, dict[str, int]] = defaultdict(dict)
    for number, line in enumerate(content(path).decode(errors="replace").splitlines(), start=1):
        cells = line.split("\t")
        if number == 1 or not line.strip():
            continue
        if len(cells) != 3 or not cells[2].strip().lstrip("-").isdecimal():
            raise CollectionError(
                f"Line {number} of {path} is no judgement.", remedy=f"Expected is {JUDGEMENTS}."
            )
        query, document, grade = cells[0], cells[1], int(cells[2])
        if document not in documents:
            left_out["judgements of documents that are not there"] += 1
        elif grade > 0:
            grades[query][document] = grade
    return grades
