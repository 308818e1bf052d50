"""Sentences that look as if they gave a marked answer too, and are not marked.

A sentence is suspected if it holds one of the facet's short answers and, besides that, several
words of a sentence that is marked. That finds copies and retellings in the same language. It cannot
find an answer in other words or in another language: that takes a reader.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from eval.datasets.own import Asked, Line
from eval.datasets.shelf import Shelf
from eval.question import Facet, Question
from index.article import Article, Span
from index.clean import own_words
from index.sentences import split_sentences
from index.words import words

SHARED_WORDS = 3  # of a marked sentence, besides the short answer; fewer is chance
_LONG_WORD = 4  # letters; shorter words are mostly articles and prepositions
_LONG_SHORT = 2  # characters of a short answer; "6" stands in too many sentences


@dataclass(frozen=True, slots=True, kw_only=True)
class Omission:
    """A sentence to look at again."""

    line: Line  # of the question
    question: Question
    facet: Facet
    short: str
    article: str  # its key
    text: str


@dataclass(frozen=True, slots=True)
class _Sentence:
    article: Article
    span: Span
    words: tuple[str, ...]

    @property
    def text(self) -> str:
        return self.span.of(self.article.text)


def omissions(asked: Iterable[Asked], shelf: Shelf) -> Iterator[Omission]:
    """Yield the suspected sentences, each once for the same facet in several questions."""
    sentences = [each for article in shelf.articles for each in _sentences(article)]
    seen: set[tuple[Facet, str, Span]] = set()
    for each in asked:
        for facet in each.question.facets:
            for sentence, short in _suspects(facet, sentences):
                key = (facet, sentence.article.id, sentence.span)
                if key not in seen:
                    seen.add(key)
                    yield Omission(
                        line=each.line,
                        question=each.question,
                        facet=facet,
                        short=short,
                        article=shelf.key_of(sentence.article.id),
                        text=sentence.text,
                    )


def _sentences(article: Article) -> Iterator[_Sentence]:
    for span in split_sentences(article.text, own_words(article.text), article.language):
        text = span.of(article.text)
        yield _Sentence(article, span, tuple(words(text, article.language)))


def _suspects(facet: Facet, sentences: Iterable[_Sentence]) -> Iterator[tuple[_Sentence, str]]:
    marked = [each for each in sentences if _is_marked(each, facet)]
    for sentence in sentences:
        if _is_marked(sentence, facet):
            continue
        for short in facet.shorts:
            wanted = tuple(words(short, sentence.article.language))
            if len(short) < _LONG_SHORT or not _holds(sentence.words, wanted):
                continue
            besides = _long({*sentence.words} - {*wanted})
            if any(len(besides & _long({*m.words})) >= SHARED_WORDS for m in marked):
                yield sentence, short
                break


def _is_marked(sentence: _Sentence, facet: Facet) -> bool:
    span, article_id = sentence.span, sentence.article.id
    return any(place.overlaps(article_id, span.start, span.end) for place in facet.places)


def _holds(within: tuple[str, ...], wanted: tuple[str, ...]) -> bool:
    size = len(wanted)
    return any(within[i : i + size] == wanted for i in range(len(within) - size + 1)) and size > 0


def _long(found: set[str]) -> set[str]:
    return {word for word in found if len(word) >= _LONG_WORD}
