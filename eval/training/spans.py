"""How well the reader finds the very words that answer, in the paragraph that has them.

    python -m eval.training spans --data-dir DIR   # some minutes

Apart from retrieval and from the choice of a sentence: the paragraph of the question is read, cut
as the engine cuts it, and the span that is believed most is compared with the answers: by what is
said of it and of its sentence, which the engine weighs both.
"""

import random
from collections.abc import Iterator
from pathlib import Path

from eval.datasets.named import open_collection
from eval.datasets.parts import refuse_test
from eval.measures.answers import token_f1
from eval.measures.interval import estimate, mean_of
from eval.measures.measured import Measured
from eval.measures.normalise import tokens
from eval.question import Collection, Question
from index.article import Article, Span
from index.clean import own_words
from index.sentences import split_sentences
from qa.joint import JointReader
from qa.windows import divided

PAIRS = ("en-en", "de-de", "es-es", "en-de", "en-es")
MEASURED = ("piaf.dev", *(f"xquad.{pair}.dev" for pair in PAIRS))
MOST = 160  # questions of a set
SEED = 7


def span_f1(reader: JointReader, name: str, data_dir: Path) -> Measured:
    """Return the mean token F1 of the likeliest span, over some questions of a set.

    Raises HeldOutError for a test part, CollectionError for a set that is not there.
    """
    refuse_test(name)
    collection = open_collection(name, data_dir)
    return estimate(mean_of(list(_each(reader, collection))))


def _each(reader: JointReader, collection: Collection) -> Iterator[float]:
    articles = {article.id: article for article in collection.articles}
    asked = [each for each in collection.questions if any(facet.shorts for facet in each.facets)]
    for question in random.Random(SEED).sample(asked, min(MOST, len(asked))):  # noqa: S311
        article = articles[question.places[0].article_id]
        yield _best(question, article, likeliest(reader, question.text, article))


def _best(question: Question, article: Article, given: str) -> float:
    language = article.language
    golds = [short for facet in question.facets for short in facet.shorts]
    return max(token_f1(tokens(given, language), tokens(gold, language)) for gold in golds)


def likeliest(reader: JointReader, question: str, article: Article) -> str:
    """Return the words of the span that the reader believes most, of a whole article."""
    asked = reader.question(question)
    title = reader.text(article.title) if article.title else None
    found: list[tuple[float, str]] = []
    sentences = split_sentences(article.text, own_words(article.text), article.language)
    for run in divided(sentences):
        text = article.text[run[0].start : run[-1].end]
        within = [Span(each.start - run[0].start, each.end - run[0].start) for each in run]
        for said in reader.read(asked, reader.text(text), within, title):
            found += [(said.answers + span.logit, span.span.of(text)) for span in said.spans]
    return max(found)[1] if found else ""
