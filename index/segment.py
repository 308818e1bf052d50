"""The words of an article to passages: the one call that the rest of the index makes."""

from collections.abc import Sequence

from index.article import UNDETERMINED, Passage, Span
from index.divide import CountTokens, split_long
from index.passages import group_counted, group_passages
from index.sentences import split_sentences

__all__ = ["CountTokens", "group_passages", "segment", "split_long", "split_sentences"]


def segment(
    text: str,
    spans: Sequence[Span],
    count_tokens: CountTokens,
    *,
    budget: int,
    language: str = UNDETERMINED,
    overlap: int = 1,
) -> tuple[Passage, ...]:
    """Return the passages of the spans, in order; every sentence is in one of them at least.

    ``spans`` are the article's own words, ``budget`` the tokens of a passage at most. A sentence
    that alone takes more is divided. Empty when the spans hold nothing but white space. Raises
    ValueError for a budget below 1 or a negative overlap.
    """
    if budget < 1 or overlap < 0:
        raise ValueError(f"budget {budget} must be at least 1, overlap {overlap} at least 0")
    sentences = split_sentences(text, spans, language)
    pieces, costs = split_long(text, sentences, count_tokens, budget)
    return group_counted(text, pieces, costs, count_tokens, budget=budget, overlap=overlap)
